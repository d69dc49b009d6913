"""Every page, by day, by night, in high contrast and on a phone: nothing that axe finds, hostile words and all.

The page that draws the API's schema is Swagger UI's own: what axe may find there is named below.
"""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.everything import WORDY, everything, walked, with_errors
from tests.browser.waits import drawn, resized
from tests.factories import make_article, make_count, make_event, make_incident

MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "contrast": "no-preference", "forced_colors": "none"},
    "contrast": {"color_scheme": "light", "contrast": "more", "forced_colors": "none"},
    "dark contrast": {"color_scheme": "dark", "contrast": "more", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "contrast": "more", "forced_colors": "active"},
}
ALL: dict[str, Any] = {}
# Those about colours among the rules that axe runs by itself; the stricter one for contrast is not among them.
OF_COLOURS = {"runOnly": {"type": "tag", "values": ["cat.color"]}, "rules": {"color-contrast-enhanced": {"enabled": False}}}
# Swagger UI's bundle: its summaries hold buttons, its groups begin with a third heading, its description is no landmark.
SWAGGERS_OWN = {"nested-interactive", "heading-order", "region"}
DOCUMENTED = ("/api/problems/",)  # in English, as the API is
WIDTHS = (320, 768, 2560)
PHONE = 390


@pytest.fixture
def pages(transactional_db: None, editor: User) -> list[str]:
    """The addresses, with something on each, words without end among it."""
    return everything(editor)


def wrong_in(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe, which the page holds already, finds by some of its rules."""
    run = "options => axe.run(document, options).then(results => results.violations)"
    found = page.evaluate(run, {"resultTypes": ["violations"], "preload": False} | rules)
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"][:3]]


def test_axe_finds_nothing(seen: Callable[..., Page], live_desk: str, pages: list[str]) -> None:
    """By day and by night all rules; with more contrast, which changes nothing but colours, all rules about colours."""
    page = seen(viewport={"width": 1440, "height": 900})
    wrong = []
    for address in walked(page, live_desk, [*pages, *DOCUMENTED, *with_errors(page, live_desk)]):
        page.evaluate(Axe().axe_script)
        for mode, medium in MODES.items():
            page.emulate_media(**medium)
            rules = ALL if mode in ("light", "dark") else OF_COLOURS
            wrong += [f"{address}, {mode}: {each}" for each in wrong_in(drawn(page), rules)]
        page.emulate_media(**MODES["light"])
    assert not wrong, "\n".join(wrong)


def test_axe_finds_nothing_on_the_page_of_the_schema_but_what_is_swaggers_own(seen: Callable[..., Page], live_desk: str) -> None:
    page = seen(viewport={"width": 1440, "height": 900})
    page.goto(f"{live_desk}/api/docs/")
    expect(page.locator(".opblock").first).to_be_visible()
    page.evaluate(Axe().axe_script)
    wrong = [each for each in wrong_in(drawn(page), {}) if each.split(":")[0] not in SWAGGERS_OWN]
    assert not wrong, "\n".join(wrong)


def test_no_page_scrolls_sideways_and_axe_finds_nothing_on_a_phone(
    seen: Callable[..., Page], live_desk: str, pages: list[str]
) -> None:
    page = seen(viewport={"width": 1440, "height": 900})
    wrong = []
    for address in walked(page, live_desk, [*pages, *DOCUMENTED, *with_errors(page, live_desk)]):
        for width in WIDTHS:
            if (needed := resized(page, width).evaluate("document.documentElement.scrollWidth")) > width:
                wrong.append(f"{address} at {width}: {needed}")
        page.evaluate(Axe().axe_script)
        wrong += [f"{address}, narrow: {each}" for each in wrong_in(resized(page, PHONE), ALL)]
    assert not wrong, "\n".join(wrong)


def test_a_large_number_beside_a_long_name_stays_in_one_line(seen: Callable[..., Page], live_desk: str, editor: User) -> None:
    incident = make_incident()
    make_count(make_event(make_article(), incident=incident), best=1_000_000, claimant=WORDY[:190])
    page = seen(viewport={"width": 390, "height": 844})
    page.goto(f"{live_desk}{incident.get_absolute_url()}")
    assert page.locator(".claims td.n b").evaluate("number => number.getClientRects().length") == 1
