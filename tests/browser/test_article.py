"""The article page in a browser: choosing events, hiding kinds of words, and nothing that axe finds."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from sources.models import Article
from tests.browser.waits import resized
from tests.factories import make_article, make_count, make_event, make_incident, make_participation, span_of

TEXT = """Masked men shot six dockers dead in the port, the union said.

That night a curfew began, and أحمد القاضي of the port agreed."""


@pytest.fixture
def article(transactional_db: None) -> Article:
    """A shooting and a curfew, told in two paragraphs."""
    row = make_article(TEXT, title="Six dockers shot dead")
    first = make_event(
        row, incident=make_incident(), trigger=span_of(row, "shot"), date=None, place_read=span_of(row, "the port")
    )
    make_count(
        first, best=6, claimant="the union", span=span_of(row, "six dockers dead"), claimant_span=span_of(row, "the union")
    )
    make_participation(first, "masked men", span=span_of(row, "Masked men"))
    make_event(row, type="curfew", trigger=span_of(row, "curfew"), date=None, place_read=None)
    return row


@pytest.fixture
def opened(page: Page, live_desk: str, article: Article) -> Callable[..., Page]:
    """Open the article's page; keyword arguments go to the medium (`color_scheme`)."""

    def open_it(**medium: str) -> Page:
        page.emulate_media(**medium)  # type: ignore[arg-type]  # words of Playwright's own vocabulary
        page.goto(f"{live_desk}{article.get_absolute_url()}")
        return page

    return open_it


def marked(page: Page) -> Locator:
    return page.locator(".words .ev-of.on")


def test_it_works(opened: Callable[..., Page]) -> None:
    page = opened()
    expect(marked(page)).to_have_text(["Masked men", "shot", "six dockers dead", "the port", "the union"])
    expect(page.locator("#e1 dl")).to_be_visible()
    expect(page.locator("#e2 dl")).to_be_hidden()


def test_choosing_an_event_marks_its_evidence(opened: Callable[..., Page]) -> None:
    page = opened()
    page.get_by_role("link", name="Curfew", exact=True).click()
    expect(marked(page)).to_have_text(["curfew"])
    expect(page.locator("#e2 dl")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?event=2$"))
    page.get_by_role("link", name="Number, event 1: six dockers dead").click()
    expect(page.locator("#e1 dl")).to_be_visible()
    expect(marked(page)).to_have_count(5)


def test_events_are_walked_by_keyboard(opened: Callable[..., Page]) -> None:
    page = opened()
    page.keyboard.press("j")
    expect(marked(page)).to_have_text(["curfew"])
    page.keyboard.press("k")
    expect(marked(page).filter(has_text="shot")).to_have_count(1)
    page.keyboard.press("2")
    expect(marked(page)).to_have_text(["curfew"])


def test_the_legend_hides_a_kind_of_words(opened: Callable[..., Page]) -> None:
    page = opened()
    words = page.locator(".words .sp.k-actor")
    expect(words).to_have_css("text-decoration-line", "underline")
    page.get_by_role("button", name="Actor").click()
    expect(page.get_by_role("button", name="Actor")).to_have_attribute("aria-pressed", "false")
    expect(words).to_have_css("text-decoration-line", "none")


def test_copied_words_are_the_articles_own(opened: Callable[..., Page]) -> None:
    page = opened()
    assert [text.strip() for text in page.locator(".words p").all_text_contents()] == TEXT.split("\n\n")


def test_it_chooses_without_scripts(page: Page, live_desk: str, article: Article) -> None:
    context = page.context.browser.new_context(java_script_enabled=False) if page.context.browser else page.context
    plain = context.new_page()
    plain.goto(f"{live_desk}{article.get_absolute_url()}")
    plain.get_by_role("link", name="Curfew", exact=True).click()
    expect(plain.locator("#e2 dl")).to_be_visible()
    expect(marked(plain)).to_have_text(["curfew"])
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1024, 2560])
def test_no_width_scrolls_sideways(opened: Callable[..., Page], width: int) -> None:
    page = resized(opened(), width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
