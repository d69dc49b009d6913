"""The timeline under wheel, fingers and play; what is not known to the day is drawn apart from what is."""

import re
from collections.abc import Callable
from datetime import date, time
from itertools import combinations, pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.waits import box_of, drawn, until
from tests.factories import make_incident

SLOW = 20_000


@pytest.fixture
def incidents(transactional_db: None) -> None:
    """A shooting a day in January 2022, a siege of a week, a bombing known to its month, an arrest of 1931."""
    for day in range(1, 29):
        make_incident(headline=f"Shooting {day}", earliest=date(2022, 1, day))
    make_incident(
        headline="A siege", type="hostage_taking", earliest=date(2022, 1, 5), latest=date(2022, 1, 11), date_precision="days"
    )
    make_incident(
        headline="Some day", type="bombing", earliest=date(2022, 2, 1), latest=date(2022, 2, 28), date_precision="month"
    )
    make_incident(headline="Long ago", type="arrest", earliest=date(1931, 5, 5))


@pytest.fixture
def opened(live_desk: str, incidents: None) -> Callable[[Page, str], Page]:
    def open_at(page: Page, fragment: str) -> Page:
        page.goto(f"{live_desk}/#{fragment}")
        expect(page.locator(".tl .bin").first).to_be_attached(timeout=SLOW)
        return page

    return open_at


def span(page: Page) -> int:
    """Return how many days are seen, as the address says now that all keys and turns were heard."""
    found = re.search(r"time=(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d)", drawn(page).evaluate("location.hash"))
    assert found
    return (date.fromisoformat(found[2]) - date.fromisoformat(found[1])).days


def test_the_wheel_zooms_from_decades_to_days(page: Page, opened: Callable[[Page, str], Page]) -> None:
    opened(page, "time=1750-01-01,2030-01-01")
    expect(page.locator(".tl")).to_have_attribute("aria-label", re.compile("incidents a decade"))
    expect(page.locator(".tl .bin title").first).to_have_text(re.compile("the 1930s: 1 incident\\."))
    page.goto(page.url.replace("1750-01-01,2030-01-01", "2022-01-01,2022-02-20"))
    page.reload()
    expect(page.locator(".tl")).to_have_attribute("aria-label", re.compile("incidents a day"))
    # A week is a bar a week long; a month is no bin of a day, and says so.
    bar, day = box_of(page.locator(".tl .lasting rect").nth(1)), box_of(page.locator(".tl .bin").first)
    assert 6 * day["width"] < bar["width"] < 8 * day["width"]
    expect(page.locator(".tl .soft")).to_have_count(1)
    expect(page.locator(".tl .bin")).to_have_count(28)
    box = box_of(page.locator(".tl"))
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    for _turn in range(15):
        page.mouse.wheel(0, -200)
        drawn(page)
    until(page, lambda: span(page) <= 4, "days")
    seen = span(page)
    assert 2 <= seen <= 4  # and no further: no hour is stated
    page.mouse.wheel(0, 400)
    until(page, lambda: span(page) > seen, "farther away")


def test_names_take_the_room_there_is_and_cover_nothing(page: Page, opened: Callable[[Page, str], Page]) -> None:
    long = "Siege of the old town by fighters who came over the river at night and held the bridge"
    for number, day in enumerate((3, 8, 14, 20, 2, 26)):
        last = date(2022, 1, 30 if number == 4 else day + 2)
        make_incident(headline=f"{number} {long}", type="raid", earliest=date(2022, 1, day), latest=last, date_precision="days")
    early = {"earliest": date(2021, 9, 5), "latest": date(2021, 9, 9), "date_precision": "days"}
    make_incident(headline=" ".join([long] * 3), type="raid", **early)
    page.set_viewport_size({"width": 1440, "height": 900})
    opened(page, "time=2021-09-01,2022-02-02")
    names = page.locator(".tl .lasting .lab")
    assert names.count() >= 3
    boxes = [box_of(each) for each in page.locator(".tl .lasting .lab, .tl .lasting rect:nth-of-type(2)").all()]
    for one, other in combinations([box for box in boxes if box["width"]], 2):
        beside = one["x"] + one["width"] <= other["x"] + 0.5 or other["x"] + other["width"] <= one["x"] + 0.5
        assert beside or abs(one["y"] - other["y"]) >= 8
    edge = box_of(page.locator(".tl"))
    assert all(edge["x"] <= box["x"] and box["x"] + box["width"] <= edge["x"] + edge["width"] for box in boxes)
    shown = names.all_text_contents()
    assert f"5 {long}" in shown  # nothing stands before it: all of it
    assert any(text.startswith("Siege") and text.endswith("…") and len(text) > 60 for text in shown)


def test_the_numbers_of_the_axis_stand_clear_of_the_brush(page: Page, opened: Callable[[Page, str], Page]) -> None:
    for _each in range(12):
        make_incident(headline="Same day", earliest=date(2022, 1, 14))
    opened(page, "time=2022-01-01,2022-02-20")
    grip = box_of(page.locator(".tl .handle[data-grip=from] .grip"))
    numbers = [box_of(each) for each in page.locator(".tl text.ax[text-anchor=end]").all()]
    assert numbers
    assert all(box["x"] + box["width"] < grip["x"] - 1 for box in numbers if box["x"] < grip["x"])


def test_the_day_at_a_handle_stands_clear_of_the_chart_s_name(page: Page, opened: Callable[[Page, str], Page]) -> None:
    opened(page, "time=2022-01-12,2022-02-20").goto(page.url.replace("#", "?since=2021-12-01&type=shooting#"))
    day, name = page.locator(".tl .handle[data-grip=from] .bl"), page.get_by_text("incidents a day", exact=True)
    expect(day).to_have_text("1 Dec")
    assert box_of(name)["y"] + box_of(name)["height"] <= box_of(day)["y"]


def test_the_days_on_the_axis_give_way_to_what_is_known_to_the_month(page: Page, opened: Callable[[Page, str], Page]) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    make_incident(headline="On a day", earliest=date(2022, 2, 3))
    opened(page, "time=2022-02-01,2022-02-14&bins=day")
    note = box_of(page.get_by_text("1 known only to the month", exact=True))
    names = [box_of(each) for each in page.locator(".tl .axm").all()]
    assert len(names) > 8
    assert all(box["x"] + box["width"] < note["x"] or box["x"] > note["x"] + note["width"] for box in names)


def test_two_fingers_zoom_and_one_draws(browser: Browser, opened: Callable[[Page, str], Page]) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = opened(context.new_page(), "time=2022-01-01,2022-03-01")
    page.get_by_role("tab", name="Time").tap()
    box = box_of(page.locator(".tl"))
    devtools = context.new_cdp_session(page)
    middle, height = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.6

    def touch(kind: str, *fingers: float) -> None:
        points = [{"x": x, "y": height, "id": number} for number, x in enumerate(fingers)]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", middle - 30, middle + 30)
    for by in range(40, 121, 20):
        touch("touchMove", middle - by, middle + by)
    touch("touchEnd")
    until(page, lambda: span(page) <= 25, "nearer")
    assert 10 <= span(page) <= 25  # a quarter of 59 days
    assert "time=2022-01" in page.url
    assert "since=" not in page.url
    touch("touchStart", middle - 60)
    for by in range(-40, 61, 20):
        touch("touchMove", middle + by)
    touch("touchEnd")
    expect(page).to_have_url(re.compile(r"since=2022-01-\d\d&until=2022-0"))
    context.close()


def test_play_moves_by_itself_and_stops(page: Page, opened: Callable[[Page, str], Page]) -> None:
    opened(page, "time=2022-01-01,2022-03-01&bins=week")
    page.set_viewport_size({"width": 1440, "height": 900})
    starts: list[str] = []
    page.locator("#play").click()
    for _step in range(2):
        expect(page).not_to_have_url(re.compile(f"since={starts[-1]}" if starts else "nothing-yet"), timeout=SLOW)
        expect(page).to_have_url(re.compile("since="))
        starts.append(re.findall(r"since=([\d-]+)", page.url)[0])
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")
    assert all((date.fromisoformat(b) - date.fromisoformat(a)).days % 7 == 0 for a, b in pairwise(starts))
    stopped = page.url
    page.wait_for_timeout(900)
    assert page.url == stopped


def test_bins_are_stacked_by_the_gravest_outcome(page: Page, opened: Callable[[Page, str], Page]) -> None:
    toll = {"wounded": {"low": None, "best": 4, "high": 4}}
    make_incident(headline="With wounded", earliest=date(2022, 1, 30), totals=toll)
    opened(page, "time=2022-01-01,2022-03-01&bins=day")
    expect(page.locator(".bin rect.f-attack").first).to_be_attached()
    page.get_by_role("button", name="outcome", exact=True).click()
    expect(page.locator(".bin rect.o-wounded")).to_have_count(1)
    expect(page.locator(".bin rect.o-unstated")).to_have_count(28)
    expect(page.locator(".bin rect.f-attack")).to_have_count(0)
    expect(page.get_by_role("list", name="Each incident by the gravest outcome that it states")).to_be_visible()
    expect(page.locator("#families")).to_be_hidden()
    page.reload()
    expect(page.locator(".bin rect.o-wounded")).to_have_count(1)


def test_close_up_there_are_hours_for_what_states_one(page: Page, opened: Callable[[Page, str], Page]) -> None:
    make_incident(headline="At dusk", earliest=date(2022, 1, 14), date_precision="time", time_of_day=time(18, 40))
    opened(page, "time=2022-01-13,2022-01-15&bins=day")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_label("bins").select_option("fitting")
    expect(page.locator(".tl .bin title")).to_have_count(1)
    expect(page.locator(".tl .bin title")).to_have_text("14 Jan 2022, 18:00: 1 incident. Enter filters.")
    expect(page.locator(".tl .soft")).to_have_count(2)
    expect(page.locator(".tl")).to_contain_text("1 known only to the day")
    page.locator(".tl .bin").click()
    expect(page).to_have_url(re.compile("since=2022-01-14&until=2022-01-14"))


def test_close_up_there_are_days_where_nothing_states_an_hour(page: Page, opened: Callable[[Page, str], Page]) -> None:
    opened(page, "time=2022-01-13,2022-01-15")
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator(".tl .bin title").first).to_have_text("13 Jan 2022: 1 incident. Enter filters.")
    expect(page.locator(".tl")).to_have_attribute("aria-label", re.compile("^incidents a day"))
