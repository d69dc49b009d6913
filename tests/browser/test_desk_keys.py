"""The desk by keyboard alone: what a mouse can do, keys can."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.waits import box_of, resized
from tests.factories import make_incident

FOCUS = "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText"


def tab_to(page: Page, selector: str) -> None:
    """Walk by Tab until something of the selector has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_space_ticks_an_option_and_does_not_play(desk: Callable[[str], Page]) -> None:
    page = desk("")
    page.keyboard.press("/")
    tab_to(page, "#picker [name=type][value=raid]")
    page.keyboard.press("Space")
    expect(page.locator("#list-title")).to_have_text("1 incident")
    expect(page).to_have_url(re.compile(r"/\?type=raid(#|$)"))


def test_two_letters_lead_to_map_time_and_list(desk: Callable[[str], Page]) -> None:
    page = desk("")
    expect(page.locator(".tl .handle").first).to_be_attached()
    for letter, selector in (("t", ".tl .handle"), ("m", "#map"), ("l", "#list .rh"), ("t", ".tl .handle")):
        page.keyboard.press("g")
        page.keyboard.press(letter)
        assert page.evaluate("selector => document.activeElement.matches(selector)", selector), letter


def test_the_map_shows_all_that_is_found_again(desk: Callable[[str], Page]) -> None:
    page = desk("#map=11/36.500/40.750")
    expect(page.locator("#map .mk")).to_have_count(1)
    page.get_by_role("button", name="Show all that is found").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#map .mk")).not_to_have_count(1)
    expect(page).to_have_url(re.compile(r"#map=[2-6][./]"))


def test_a_lasting_incident_is_opened_by_enter(desk: Callable[[str], Page]) -> None:
    page = desk("")
    tab_to(page, ".tl .lasting")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Siege in Kabul")


def test_bins_are_walked_by_arrows_and_chosen_by_enter(desk: Callable[[str], Page]) -> None:
    page = desk("#time=2022-01-01,2022-04-01&bins=month")
    tab_to(page, ".tl .bin")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUS) == "Feb 2022: 2 incidents. Enter filters."
    page.keyboard.press("Enter")
    expect(page.locator("#list-title")).to_have_text("2 incidents")
    expect(page).to_have_url(re.compile("since=2022-02-01&until=2022-02-28"))
    assert page.evaluate(FOCUS) == "Feb 2022: 2 incidents. Enter filters."
    page.keyboard.press("Home")
    assert page.evaluate(FOCUS) == "Jan 2022: 30 incidents. Enter filters."


def test_keys_zoom_the_timeline_from_decades_to_hours(desk: Callable[[str], Page]) -> None:
    make_incident(headline="Long before", earliest="1821-05-05", latest="1821-05-05")
    page = desk("#time=1801-01-01,2031-01-01")
    expect(page.locator(".tl")).to_have_attribute("aria-label", re.compile("a decade|a year"))
    tab_to(page, ".handle[data-grip=from]")
    for _ in range(24):
        page.keyboard.press("+")
    expect(page).to_have_url(re.compile(r"#time=(\d{4}-\d\d-)\d\d,\1"))
    for _ in range(24):
        page.keyboard.press("-")
    expect(page.locator(".tl")).to_have_attribute("aria-label", re.compile("a decade"))


def test_marks_on_the_map_are_walked_and_opened(desk: Callable[[str], Page]) -> None:
    page = desk("?type=raid,hostage_taking")
    tab_to(page, "#map .leaflet-marker-icon")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/incidents/\d+/"))


def test_a_chart_is_chosen_and_saved_by_keys(desk: Callable[[str], Page]) -> None:
    page = desk("")
    resized(page, 1440)
    tab_to(page, "#chart-killed h3 a")
    page.keyboard.press("Enter")
    expect(page.locator("#sum")).to_have_text("Everything, at least 1 killed: 1 incident, 5–9 killed.")
    tab_to(page, "#chart-type [data-save$=svg]")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".svg")


def test_a_click_in_the_curve_of_a_toll_asks_for_its_stretch(desk: Callable[[str], Page]) -> None:
    make_incident(headline="Later", earliest="2022-05-20", latest="2022-05-20", killed_low=3, killed_best=3, killed_high=3)
    page = desk("")
    resized(page, 1440)
    box = box_of(page.locator("#chart-killed .adds"))
    page.mouse.click(box["x"] + 3, box["y"] + 40)
    expect(page).to_have_url(re.compile("since=2022-02-07&until=2022-02-13"))
    expect(page.locator("#list-title")).to_have_text("1 incident")


def test_an_option_that_the_page_does_not_hold_is_found_by_typing(desk: Callable[[str], Page]) -> None:
    for country in ("FR", "DE", "IT", "ES", "PT", "NL", "BE", "CH", "AT", "PL", "CZ", "SE"):
        for _ in range(2):
            make_incident(country=country)
    make_incident(country="CI", headline="Far away")
    page = desk("")
    page.keyboard.press("/")
    expect(page.locator("#picker [name=country]")).to_have_count(12)
    page.keyboard.type("ivóry c")
    option = page.get_by_role("checkbox", name="Ivory Coast")
    expect(option).to_be_visible()
    expect(page.locator("#no-option")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("#list-title")).to_have_text("1 incident")
    page.locator("#find").focus()
    page.keyboard.type("zzzz")
    expect(page.locator("#no-option")).to_be_visible()
