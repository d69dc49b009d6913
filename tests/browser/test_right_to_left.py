"""Words from the right in a page from the left, and the whole page from the right; numbers and time run from the left in both."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from incidents.models import Incident
from sources.models import Article
from tests.browser.waits import box_of
from tests.factories import make_article, make_count, make_event, make_incident, make_participation, make_place
from tests.web.catalogue import LANGUAGE

HEADLINE = "פיצוץ בשוק בחיפה (שבעה הרוגים)"
TEXT = "שבעה אנשים נהרגו בפיצוץ בשוק בחיפה, לפי המשטרה (Reuters)."
# Where two letters of a text stand: the distance from the first to the second, less than nothing where it reads from the right.
APART = """(element, [one, other]) => {
  const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
  const at = index => {
    const range = document.createRange();
    range.setStart(text, index), range.setEnd(text, index + 1);
    return range.getBoundingClientRect().x;
  };
  return at(text.data.indexOf(other)) - at(text.data.indexOf(one));
}"""

# The space that the parts of a page keep at their start and at their end.
INSETS = """() => [...document.querySelectorAll('main *:not(svg *, .leaflet-container *)')].map(part => {
  const style = getComputedStyle(part);
  return [part.className.baseVal ?? part.className, style.paddingInlineStart, style.paddingInlineEnd].join(' ');
})"""


def apart(place: Locator, one: str, other: str) -> float:
    expect(place).to_be_visible()
    return float(place.evaluate(APART, [one, other]))


def article_of(incident: Incident) -> Article:
    """Return one of the two articles that tell of it."""
    return Article.objects.filter(events__incident=incident)[0]


@pytest.fixture
def incident(transactional_db: None) -> Incident:
    """An explosion that two Hebrew articles tell of on two days, with two figures."""
    haifa = make_place(id="x:haifa", name="חיפה", admin1="חיפה", country="IL", lat=32.8, lon=35.0)
    totals = {"killed": {"low": 4, "best": 7, "high": 7}}
    row = make_incident(headline=HEADLINE, place=haifa, type="bombing", killed_low=4, killed_best=7, killed_high=7, totals=totals)
    for day, best in ((20, 4), (22, 7)):
        article = make_article(TEXT, title=f"{HEADLINE} {day}", published_on=date(2022, 1, day), language="he")
        event = make_event(article, incident=row, place=haifa, type="bombing")
        make_count(event, best=best, claimant="המשטרה", who="אנשים")
        make_participation(event, "קבוצה")
    return row


def test_a_headline_from_the_right_reads_so_in_a_page_from_the_left(page: Page, live_desk: str, incident: Incident) -> None:
    page.goto(live_desk)
    expect(page.locator("#map .mk")).to_be_attached()
    headline = page.locator(".rh")
    assert apart(headline, "פ", ")") < 0
    page.get_by_role("button", name=re.compile("בחיפה")).focus()
    assert apart(page.locator("#callout b"), "פ", ")") < 0
    headline.click()
    assert apart(page.locator(".ihead h1"), "פ", ")") < 0
    expect(page.locator(".claims .said").first).to_have_css("direction", "rtl")
    page.goto(f"{live_desk}{article_of(incident).get_absolute_url()}")
    assert apart(page.locator(".ahead h1"), "פ", ")") < 0
    expect(page.locator(".words p")).to_have_css("direction", "rtl")


def test_a_page_from_the_right_draws_numbers_and_time_from_the_left(
    page: Page, live_desk: str, incident: Incident, seen: Callable[..., Page]
) -> None:
    """What a chart cannot read, as a number with a comma, is an error on the console, which `seen` does not let pass."""
    make_incident(earliest=date(2022, 3, 1))
    page = seen(locale=LANGUAGE, viewport={"width": 1440, "height": 900})
    page.goto(live_desk)
    expect(page.locator("html[dir=rtl]")).to_be_attached()
    bins = page.locator(".tl .bin")
    expect(bins.nth(1)).to_be_attached()
    assert box_of(bins.first)["x"] < box_of(bins.last)["x"]
    assert box_of(page.locator("#list"))["x"] < box_of(page.locator("#map"))["x"]
    assert apart(page.locator(".row .kr", has_text="4–7"), "4", "7") > 0
    page.locator(".row .rh", has_text=HEADLINE).click()
    assert apart(page.locator(".facts a bdi", has_text="4 – 7"), "4", "7") > 0
    expect(page.locator(".claims .is-best td").first).to_have_css("box-shadow", re.compile("-4px 0px"))
    steps = page.locator(".toll.wide circle.pt")
    assert box_of(steps.first)["x"] < box_of(steps.last)["x"]
    page.goto(f"{live_desk}{article_of(incident).get_absolute_url()}")
    assert apart(page.locator(".evt .by bdi").first, ".", "0") > 0


def test_every_part_of_a_page_from_the_right_is_a_mirror_of_the_page_from_the_left(
    live_desk: str, incident: Incident, seen: Callable[..., Page]
) -> None:
    for path in (incident.get_absolute_url(), article_of(incident).get_absolute_url()):
        insets = []
        for language in ("en", LANGUAGE):
            page = seen(locale=language, viewport={"width": 1440, "height": 900})
            page.goto(f"{live_desk}{path}")
            insets.append(page.evaluate(INSETS))
        assert insets[0] == insets[1]
