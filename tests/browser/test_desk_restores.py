"""Every state of the desk is a link: what is asked for and how it is looked at come back exactly, also by back and forward."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waits import box_of, drawn
from tests.factories import make_article, make_count, make_event, make_incident

# What is asked for, how many incidents that finds, the chips that say so, and what the picker's fields hold.
LINKS = (
    ("outcome=killed&min=7", 1, ["Toll at least 7 killed"], {"min": "7", "outcome": "killed"}),
    ("near=36.5,40.75,20", 30, ["Near 20 km around 36.5, 40.75"], {"near": "36.5,40.75,20"}),
    ("bbox=42,36,45,37", 1, ["Map view chosen part"], {"bbox": "42,36,45,37"}),
    ("claimant=health%20ministry", 1, ["Who says so health ministry"], {"claimant": "health ministry"}),
    ("precision=settlement", 33, ["Place known at least to: settlement"], {"precision": "settlement"}),
    ("stage=foiled,attempted", 1, ["Stage foiled", "Stage attempted"], {"stage": "attempted,foiled"}),
    ("placed=no", 1, ["On the map no"], {"placed": "no"}),
    ("background=1", 35, ["History told in passing let in"], {"background": "1"}),
    ("since=2022-02&until=2022-02", 2, ["When 1–28 Feb 2022"], {"since": "2022-02", "until": "2022-02"}),
    ("actor=SDF&role=security_force", 1, ["Actor SDF", "As security force"], {"actor": "SDF", "role": "security_force"}),
    ("confidence=0.95", 1, ["Confidence 0.95 or more"], {"confidence": "0.95"}),
    ("q=nowhere", 0, ["Words “nowhere”"], {"q": "nowhere"}),
    ("admin1=Nineveh&country=IQ", 1, ["Country Iraq", "Province Nineveh"], {"admin1": "Nineveh", "country": "IQ"}),
)
HELD = """names => Object.fromEntries(names.map(name => [
    name,
    [...document.querySelectorAll(`#picker [name="${name}"]`)]
        .filter(each => each.type === 'checkbox' || each.type === 'radio' ? each.checked : true)
        .map(each => each.value).sort().join(),
]))"""
CHIPS = "() => [...document.querySelectorAll('#chips .cv')].map(each => each.innerText.replace(/\\s+/g, ' ').trim())"


@pytest.fixture
def told(incidents: None) -> None:
    """What the incidents of the desk do not hold: a stage, history, a party, a claimant, high confidence."""
    actor = {"actor": 1, "name": "SDF", "role": "security_force", "origins": 1}
    foiled = make_incident(headline="Foiled", type="riot", stage="foiled", country="TR", lat=39.0, lon=35.0, actors=[actor])
    foiled.confidence, foiled.claimants = 0.96, ["health ministry"]
    foiled.save()
    make_count(make_event(make_article(), incident=foiled), claimant="health ministry")
    make_incident(headline="Long ago", background=True, type="raid")


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """Wait until the map and the timeline have drawn what they ask for because of what is done in the block."""
    with page.expect_response(re.compile("/cells/")), page.expect_response(re.compile("/timeline/")):
        yield
    drawn(page)


def seen(page: Page, names: list[str]) -> dict[str, Any]:
    """What a reader sees of the filter in each part of the page, once that stays."""
    before, now = None, read(page, names)
    while now != before:
        page.wait_for_timeout(100)
        before, now = now, read(page, names)
    return now


def read(page: Page, names: list[str]) -> dict[str, Any]:
    return {
        "list": page.locator("#list-title").inner_text(),
        "chips": page.evaluate(CHIPS),
        "held": page.evaluate(HELD, names),
        "marks": sorted(page.locator("#map .mk").evaluate_all("marks => marks.map(mark => mark.parentElement.ariaLabel)")),
        "bins": page.locator(".tl .bin").evaluate_all("bins => bins.map(bin => bin.ariaLabel)"),
    }


@pytest.mark.parametrize(("query", "count", "chips", "held"), LINKS)
def test_a_link_restores_what_is_asked_for(
    desk: Callable[[str], Page], told: None, query: str, count: int, chips: list[str], held: dict[str, str]
) -> None:
    page = desk("")
    with answered(page):
        page.evaluate(f"import('/static/js/state.js').then(state => state.go(new URLSearchParams('{query}')))")
    title = f"{count} incident{'' if count == 1 else 's'}"
    expect(page.locator("#list-title")).to_have_text(title)
    with page.expect_response(lambda response: response.request.headers.get("x-desk-parts") == "picker"):
        page.locator("#find").focus()
    expect(page.locator("#pick")).not_to_have_attribute("aria-busy", "true")
    changed = seen(page, list(held))
    assert (changed["list"], changed["chips"], changed["held"]) == (title, chips, held)

    page.goto(page.url)  # the same link, opened anew
    with answered(page):
        page.reload()
    page.locator("#find").focus()
    assert seen(page, list(held)) == changed
    with answered(page):
        page.locator("#chips .cx").first.click()
    expect(page.locator("#chips .cx")).to_have_count(len(chips) - 1)
    with answered(page):
        page.go_back()
    expect(page.locator("#chips .cx")).to_have_count(len(chips))
    assert seen(page, list(held)) == changed
    page.go_forward()
    expect(page.locator("#chips .cx")).to_have_count(len(chips) - 1)


def test_back_and_forward_lead_to_the_view_that_was_seen(desk: Callable[[str], Page]) -> None:
    page = desk("#map=5/36.000/41.000&time=2022-01-01,2022-04-01&bins=week")
    page.locator("#chart-type [data-bar='type:raid']").dispatch_event("click")
    expect(page.locator("#list-title")).to_have_text("1 incident")
    page.locator("#map").focus()
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile(r"type=raid#map=6/"))
    page.get_by_label("bins").select_option("month")
    page.locator("[data-view=draw][data-value=heat]").dispatch_event("click")
    page.locator("#whole-time").dispatch_event("click")
    expect(page).to_have_url(re.compile(r"bins=month&draw=heat|draw=heat&bins=month"))
    expect(page.locator(".tl")).to_have_attribute("aria-label", re.compile("a month, 8 Feb 2022"))

    page.go_back()
    expect(page.locator("#list-title")).to_have_text("33 incidents")
    expect(page.locator(".leaflet-control-zoom-out")).to_be_attached()
    expect(page.locator("[data-view=bins]")).to_have_value("week")
    expect(page.locator("[data-view=draw][data-value='']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".tl")).to_have_attribute("aria-label", re.compile("a week, 1 Jan 2022 to 1 Apr 2022"))
    expect(page.locator("#map .donut").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"#map=5/36\.000/41\.000"))

    page.go_forward()
    expect(page.locator("#list-title")).to_have_text("1 incident")
    expect(page.locator("[data-view=bins]")).to_have_value("month")
    expect(page.locator("#map path.heat")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"#map=6/"))


def test_what_a_narrow_screen_shows_is_in_the_link(page: Page, live_desk: str, incidents: None) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_desk)
    page.get_by_role("tab", name="List").click()
    page.reload()
    expect(page.get_by_role("tab", name="List")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#map-panel")).to_be_hidden()


@pytest.mark.parametrize("query", ["?near=36.5,40.75,300", "?bbox=35,30,45,38", "?bbox=170,-40,-170,40"])
def test_the_part_of_the_world_that_is_asked_for_is_drawn(page: Page, live_desk: str, incidents: None, query: str) -> None:
    make_incident(lat=-16.8, lon=179.99)
    page.goto(f"{live_desk}/{query}")
    asked = page.locator("#map path.asked")
    expect(asked).to_have_count(1)
    expect(page.locator("#map .mk").first).to_be_attached()  # drawn last, in the view that was found
    frame, map_ = box_of(asked), box_of(page.locator("#map"))
    assert map_["x"] - 5 < frame["x"] + frame["width"] / 2 < map_["x"] + map_["width"] + 5
    page.locator("#chips .cx").first.click()
    expect(asked).to_have_count(0)
