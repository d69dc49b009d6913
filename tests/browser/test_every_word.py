"""Every word a reader sees goes through translation: on a desk in a made-up language no English is left but what is data.

The pages are read as a browser shows them, so the texts that scripts write are among them.
"""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import translation
from playwright.sync_api import Page

from tests.browser.everything import everything, walked, with_errors
from tests.browser.untranslated import english
from tests.browser.waits import resized
from tests.web.catalogue import LANGUAGE

PHONE = 390
HEBREW = {ord("a") + number: chr(ord("א") + number) for number in range(26)}


def said(words: str) -> str:
    """Write data in Hebrew letters, one for each: what is left in English is the page's."""
    return words.lower().translate(HEBREW)


def content(page: Page) -> str:
    """The page as it stands, without the names that the map takes from the gazetteer."""
    page.evaluate("document.querySelectorAll('.ctx').forEach(label => label.remove())")
    return page.content()


@pytest.fixture
def pages(transactional_db: None, editor: User) -> list[str]:
    """The addresses, with something on each that is data and shows it."""
    for name in ("username", "first_name", "last_name"):
        setattr(editor, name, said(getattr(editor, name)))
    editor.save()
    return everything(editor, said=said)


def test_no_english_is_left_on_any_page_and_none_scrolls_sideways(
    seen: Callable[..., Page], live_desk: str, pages: list[str]
) -> None:
    page = seen(locale=LANGUAGE, viewport={"width": 1440, "height": 900})
    with translation.override(LANGUAGE):
        errors = with_errors(page, live_desk)
    wrong = []
    for address in walked(page, live_desk, [*pages, *errors]):
        assert page.locator(f"html[lang={LANGUAGE}][dir=rtl]").count(), address
        wrong += [f"{address}: {line}" for line in english(content(page))]
        if (needed := resized(page, PHONE).evaluate("document.documentElement.scrollWidth")) > PHONE:
            wrong.append(f"{address} at {PHONE}: {needed}")
        resized(page, 1440)
    assert not wrong, "\n".join(wrong)
