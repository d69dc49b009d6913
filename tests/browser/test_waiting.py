"""A slow or failing server: what is read says so in words, what was read stays readable, and each part fails alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.waits import drawn

PARTS = {
    "#list": (r"/\?type=raid$", "The list is still being read."),
    "#map-panel": (r"/cells/.*type=raid", "The map is still being read."),
    "#time-panel": (r"/timeline/.*type=raid", "The timeline is still being read."),
}
FAINT = """selector => [...document.querySelectorAll(selector)].filter(each => {
    for (let at = each; at; at = at.parentElement) if (Number(getComputedStyle(at).opacity) < 1) return true;
    return false;
}).length"""


@pytest.mark.parametrize("panel", list(PARTS))
def test_a_slow_answer_shows_its_progress(desk: Callable[[str], Page], panel: str) -> None:
    page = desk("")
    page.set_viewport_size({"width": 1440, "height": 900})
    pattern, words = PARTS[panel]
    held: list[Route] = []
    holding = True
    page.route(re.compile(pattern), lambda route: held.append(route) if holding else route.continue_())
    page.locator("#chart-type [data-bar='type:raid']").click()
    expect(page.locator(f"{panel} > .waits")).to_be_attached()
    expect(page.locator(panel)).to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
    expect(page.locator(f"{panel} > .waits p")).to_contain_text(re.compile(r"\d+ s"))
    assert page.evaluate(FAINT, "#list .rh, #list .rm, #map .mk, .tl .ax") == 0  # the last answer stays as readable as it was
    page.keyboard.press("/")  # and the page answers to its reader meanwhile
    expect(page.locator("#picker")).to_be_visible()
    holding = False
    for route in held:
        route.continue_()
    expect(page.locator(f"{panel} > .waits")).to_have_count(0)
    expect(page.locator(panel)).not_to_have_attribute("aria-busy", "true")


FAILURES: dict[str, Callable[[Route], None]] = {
    "There is no connection.": lambda route: route.abort(),
    "The server answered 500.": lambda route: route.fulfill(status=500),
    "The desk is starting; try again in a moment.": lambda route: route.fulfill(status=503),
    "The server's answer was not understood.": lambda route: route.fulfill(content_type="application/json", body="<p>"),
}


@pytest.mark.parametrize(("panel", "part"), [("#map-panel", "cells"), ("#time-panel", "timeline")])
def test_a_part_that_fails_says_so_alone_and_can_be_tried_again(
    browser: Browser, live_desk: str, incidents: None, panel: str, part: str
) -> None:
    page = browser.new_page()  # one that may complain of answers that fail
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if f"/{part}/" in request.url else None)
    page.goto(live_desk)
    expect(page.locator("#map .mk").first).to_be_attached()
    expect(page.locator(".tl .bin").first).to_be_attached()
    drawn(page)
    for query, (words, fail) in zip(("type=raid", "type=shooting", "type=raid", "type=shooting"), FAILURES.items(), strict=True):
        asked.clear()
        page.route(re.compile(rf"/{part}/"), fail)
        page.evaluate(f"import('/static/js/state.js').then(state => state.go(new URLSearchParams('{query}')))")
        strip = page.locator(f"{panel} > .strip.bad")
        expect(strip).to_contain_text(words)
        expect(page.locator("#list-title")).to_have_text("1 incident" if query == "type=raid" else "31 incidents")
        page.unroute_all()
        strip.get_by_role("button", name="Try again").click()
        expect(strip).to_have_count(0)
        drawn(page)
        assert len(asked) == 2, "the strip itself, come and gone, makes nothing be asked for again"
    page.close()
