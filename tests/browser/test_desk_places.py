"""How places are drawn and told: discs for areas, badges for countries, a list for no place, clusters that split."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_incident, make_place

SLOW = 20_000


@pytest.fixture
def desk(page: Page, live_desk: str) -> Page:
    """Two towns near each other, a province, a country, no place at all; 1440 pixels wide."""
    mosul = make_place(id="x:mosul", name="Mosul", country="IQ", admin1="Nineveh", lat=36.335, lon=43.119)
    for day in range(1, 5):
        make_incident(headline=f"In Hasakah {day}", earliest=date(2022, 1, day))
        make_incident(headline=f"In Mosul {day}", type="raid", place=mosul, earliest=date(2022, 1, day))
    province = make_place(id="x:province", name="Anbar", kind="adm1", country="IQ", lat=32.5, lon=41.5)
    make_incident(headline="In the province", type="riot", place=province, place_precision="adm1", radius_km=110.0)
    make_incident(headline="Somewhere in Syria", place_precision="country", lat=None, lon=None)
    make_incident(headline="Nobody says where", place_precision="none", country="", place_name="", lat=None, lon=None)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.add_init_script(
        """const animate = Element.prototype.animate; window.glides = 0;
           Element.prototype.animate = function (...all) { window.glides += 1; return animate.apply(this, all); };"""
    )
    page.goto(f"{live_desk}/#map=4/35/42")
    expect(page.locator(".tl .bin").first).to_be_attached(timeout=SLOW)
    expect(page.locator("#map .mk").first).to_be_attached(timeout=SLOW)
    return page


def test_the_map_opens_on_all_that_is_found(page: Page, live_desk: str) -> None:
    """Where the incidents are: the mark that stands for all of them at the whole world's zoom lies between them."""
    west = make_place(id="x:west", name="Idlib", country="SY", lat=35.93, lon=36.63)
    for day in range(1, 10):
        make_incident(earliest=date(2022, 1, day), lat=36.502, lon=40.748)
    for day in range(1, 3):
        make_incident(place=west, earliest=date(2022, 2, day), lat=35.93, lon=36.63)
    make_incident(place=west, place_precision="area", radius_km=80.0, lat=35.95, lon=36.7)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(live_desk)
    nine = page.get_by_role("button", name=re.compile("^9 incidents here"))
    expect(nine).to_be_visible(timeout=SLOW)
    mark, panel = nine.bounding_box(), page.locator("#map").bounding_box()
    assert mark
    assert panel
    assert mark["x"] + mark["width"] <= panel["x"] + panel["width"]


def test_clusters_split_from_where_they_stood_and_areas_are_hatched(desk: Page) -> None:
    desk.get_by_role("button", name=re.compile("^[89] incidents here")).click()
    expect(desk.get_by_role("button", name=re.compile("^4 incidents here"))).to_have_count(2, timeout=SLOW)
    assert desk.evaluate("window.glides") >= 2
    desk.goto(desk.url.split("#", maxsplit=1)[0] + "?type=riot#map=7/32.5/41.5")
    disc = desk.locator("#map path.area")
    expect(disc).to_have_count(1, timeout=SLOW)
    assert "hatch-people" in disc.evaluate("path => getComputedStyle(path).fill")
    expect(desk.locator("#map .pin")).to_have_count(0)


def test_what_has_no_point_is_counted_listed_and_linked(desk: Page) -> None:
    expect(desk.locator("#unplaced summary")).to_have_text("2 not on the map")
    desk.locator("#unplaced summary").click()
    desk.locator(".drawer li", has_text="Somewhere in Syria").hover()
    expect(desk.locator("#list .row.is-near")).to_contain_text("Somewhere in Syria")
    desk.get_by_role("link", name="Syria, somewhere 1").click()
    expect(desk.locator("#list-title")).to_have_text("1 incident")
    expect(desk).to_have_url(re.compile("placed=no&country=SY"))
    expect(desk.locator("#unplaced details")).to_have_attribute("open", "")
    desk.go_back()
    expect(desk.locator("#list-title")).to_have_text("11 incidents")
