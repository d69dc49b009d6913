"""Placing an incident on the case's map: by a click, by dragging the mark, by keys alone; a place of the desk's own."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from geo.models import Place
from incidents.models import Incident
from tests.browser.waits import box_of, until
from tests.review.conftest import make_case


@pytest.fixture
def incident(transactional_db: None) -> Incident:
    return make_case()


@pytest.fixture
def form(page: Page, live_desk: str, sign_in: Callable[[User], None], editor: User, incident: Incident) -> Locator:
    """The open form of the case's place."""
    sign_in(editor)
    page.goto(f"{live_desk}/review/{incident.pk}/")
    expect(page.locator("#case[data-ready]")).to_be_attached()
    page.locator("#field-place summary").click()
    expect(page.locator("#casemap .leaflet-pane").first).to_be_attached()
    return page.locator("#field-place form")


def save(form: Locator, name: str) -> None:
    form.locator("[name=place]").fill(name)
    form.get_by_role("button", name="Save Place").click()
    expect(form.page.locator(".undo b")).to_contain_text("Place")


def point(form: Locator) -> tuple[float, float]:
    return float(form.locator("[name=lat]").input_value()), float(form.locator("[name=lon]").input_value())


def test_a_click_sets_a_point_and_dragging_moves_it(page: Page, form: Locator, incident: Incident) -> None:
    box = box_of(page.locator("#casemap"))
    page.mouse.click(box["x"] + 60, box["y"] + 50)
    expect(form.locator("[name=lat]")).to_be_visible()
    first = point(form)
    mark = box_of(page.locator("#casemap .num.own"))
    page.mouse.move(mark["x"] + 11, mark["y"] + 11)
    page.mouse.down()
    page.mouse.move(mark["x"] + 61, mark["y"] + 41, steps=5)
    page.mouse.up()
    expect(form.locator("[name=lat]")).not_to_have_value(f"{first[0]:.5f}")
    moved = point(form)
    assert moved[0] < first[0], "down is south"
    assert moved[1] > first[1], "right is east"
    save(form, "The bridge checkpoint")
    incident.refresh_from_db()
    assert (incident.place_name, incident.lat, incident.lon) == ("The bridge checkpoint", *moved)
    assert not Place.objects.filter(name="The bridge checkpoint").exists(), "it is kept for others only where asked"


def test_keys_alone_set_a_point(page: Page, form: Locator, incident: Incident) -> None:
    form.get_by_role("button", name="Set a point of your own").focus()
    page.keyboard.press("Enter")
    expect(form.locator("[name=lat]")).to_be_focused()
    mark = page.locator("#casemap .num.own")
    before = box_of(mark)
    page.keyboard.type("36.6")
    page.keyboard.press("Tab")
    page.keyboard.type("40.8")
    until(page, lambda: box_of(mark) != before, "the mark follows the numbers")
    save(form, "North gate")
    incident.refresh_from_db()
    assert (incident.place_name, incident.lat, incident.lon) == ("North gate", 36.6, 40.8)


def test_a_place_of_ones_own_is_found_the_next_time(page: Page, form: Locator, incident: Incident) -> None:
    form.get_by_role("button", name="Set a point of your own").click()
    form.locator("[name=lat]").fill("36.6")
    form.locator("[name=lon]").fill("40.8")
    form.get_by_label("Keep it as a place of the desk").check()
    save(form, "Camp Nine")
    place = Place.objects.get(name="Camp Nine")
    incident.refresh_from_db()
    assert (place.kind, incident.place_id) == ("own", place.pk)
    expect(page.locator("#case[data-ready]")).to_be_attached()
    page.locator("#field-place summary").click()
    form.locator("[name=place]").fill("Camp Ni")
    expect(form.locator("#candidates")).to_contain_text("Camp Nine")
