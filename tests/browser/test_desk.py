"""The desk with scripts: map, timeline and list answer as one, by mouse and by keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from incidents.models import Change
from tests.browser.waits import box_of, resized
from tests.factories import make_article, make_count, make_event, make_incident, span_of


def test_it_works(desk: Callable[[str], Page]) -> None:
    page = desk("")
    expect(page.locator("#list-title")).to_have_text("33 incidents")
    expect(page.locator("#map .donut")).not_to_have_count(0)
    expect(page.locator(".tl .lasting")).to_have_attribute("aria-label", re.compile("Siege in Kabul"))
    expect(page.locator("#unplaced summary")).to_have_text("1 not on the map")


def test_a_choice_in_the_picker_changes_every_view(desk: Callable[[str], Page]) -> None:
    page = desk("")
    page.keyboard.press("/")
    page.get_by_role("checkbox", name="Raid").check()
    expect(page).to_have_url(re.compile(r"\?type=raid"))
    expect(page.locator("#list-title")).to_have_text("1 incident")
    expect(page.locator("#sum")).to_have_text("Raids: 1 incident, 5–9 killed.")
    expect(page.locator("#map .mk")).to_have_count(1)
    expect(page.locator(".tl .bin")).to_have_count(1)
    expect(page.locator("#said")).to_contain_text("1 incident")


def test_the_picker_opened_after_a_change_counts_again_and_holds_the_filter(desk: Callable[[str], Page]) -> None:
    page = desk("?country=AF")
    page.locator("#chips .cx").click()
    expect(page.locator("#list-title")).to_have_text("33 incidents")
    page.locator("#chart-type [data-bar='type:raid']").dispatch_event("click")
    expect(page.locator("#list-title")).to_have_text("1 incident")
    page.locator("#find").focus()
    expect(page.locator("#picker [name=type][value=raid]")).to_be_checked()
    expect(page.locator("#picker [name=country]:checked")).to_have_count(0)
    expect(page.locator("#picker .opt:has([name=country][value=IQ]) .n")).to_have_text("1")
    page.locator("#picker [name=country][value=IQ]").check()
    expect(page).to_have_url(re.compile(r"\?type=raid&country=IQ"))


def test_what_is_not_on_the_map_is_read_when_it_is_unfolded(desk: Callable[[str], Page]) -> None:
    page = desk("")
    page.locator("#families a").first.click()
    expect(page.locator("#unplaced .drawer")).to_have_count(0)
    page.locator("#families a").first.click()
    expect(page.locator("#list-title")).to_have_text("33 incidents")
    page.locator("#unplaced summary").click()
    expect(page.locator("#unplaced .drawer")).to_contain_text("Somewhere in Syria")
    page.locator("#families a").last.click()
    expect(page.locator("#unplaced .drawer")).to_contain_text("Somewhere in Syria")


def test_back_and_forward_restore_the_filter(desk: Callable[[str], Page]) -> None:
    page = desk("?type=raid")
    page.get_by_role("link", name="Remove Type: raid").click()
    expect(page.locator("#list-title")).to_have_text("33 incidents")
    page.go_back()
    expect(page.locator("#list-title")).to_have_text("1 incident")
    expect(page.locator("#map .mk")).to_have_count(1)
    page.go_forward()
    expect(page.locator("#list-title")).to_have_text("33 incidents")


def test_a_link_restores_map_and_time(desk: Callable[[str], Page]) -> None:
    page = desk("?since=2022-02-01&until=2022-02-28#map=7/36.300/43.100&time=2022-01-01,2022-04-01")
    expect(page.locator("#list-title")).to_have_text("2 incidents")
    expect(page).to_have_url(re.compile(r"#map=7/36\.300/43\.100"))
    expect(page.get_by_role("slider", name="from")).to_have_attribute("aria-valuetext", "1 Feb 2022")
    expect(page.get_by_role("slider", name="until")).to_have_attribute("aria-valuetext", "28 Feb 2022")


def test_the_brush_answers_to_keys(desk: Callable[[str], Page]) -> None:
    page = desk("?since=2022-02-01&until=2022-02-28#time=2022-01-01,2022-04-01")
    page.get_by_role("slider", name="from").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page).to_have_url(re.compile("since=2022-02-11"))
    expect(page.get_by_role("slider", name="from")).to_be_focused()
    expect(page.locator("#list-title")).to_have_text("0 incidents")
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile("since=2022-01-01"))
    expect(page.locator("#list-title")).to_have_text("32 incidents")


def test_the_brush_answers_to_the_mouse(desk: Callable[[str], Page]) -> None:
    page = desk("#time=2022-01-01,2022-04-01")
    box = box_of(page.locator(".tl"))
    y = box["y"] + box["height"] * 0.6
    page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, y, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"since=2022-01-\d\d&until=2022-02-\d\d"))
    expect(page.locator("#chips")).to_contain_text("When")


def test_a_bin_filters(desk: Callable[[str], Page]) -> None:
    page = desk("#time=2022-01-01,2022-04-01&bins=month")
    page.locator(".tl .bin").nth(1).click()
    expect(page).to_have_url(re.compile("since=2022-02-01&until=2022-02-28"))
    expect(page.locator("#list-title")).to_have_text("2 incidents")


def test_pointing_at_one_view_marks_the_others(desk: Callable[[str], Page]) -> None:
    page = desk("?type=raid,hostage_taking")
    page.locator("#list .row", has_text="Siege in Kabul").hover()
    expect(page.locator(".tl .lasting.is-near")).to_have_count(1)
    expect(page.locator("#map .mk.is-near")).to_have_count(1)
    page.locator(".tl .lasting").focus()
    expect(page.locator("#list .row.is-near")).to_contain_text("Siege in Kabul")
    expect(page.locator(".tl .marker")).to_have_count(1)


def test_the_charts_point_at_what_the_selected_incident_counts_in(desk: Callable[[str], Page]) -> None:
    page = desk("")
    resized(page, 1440)
    page.locator("#list .row", has_text="Raid in Mosul").hover()
    expect(page.locator("#charts .counts")).to_have_count(2)
    expect(page.locator("#charts .counts").first).to_contain_text("Raid")


def test_a_mark_is_reached_and_opened_by_keyboard(desk: Callable[[str], Page]) -> None:
    page = desk("?type=raid")
    mark = page.get_by_role("button", name=re.compile("Raid in Mosul"))
    mark.focus()
    expect(page.locator("#callout")).to_contain_text("Raid in Mosul")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/incidents/\d+/"))


def test_pointing_at_a_row_marks_the_cluster_that_holds_it(desk: Callable[[str], Page]) -> None:
    page = desk("?type=shooting,raid")
    page.locator("#list .row", has_text="Shooting number 17").first.hover()
    expect(page.locator("#map .donut.is-near")).to_have_count(1)


def test_a_cluster_zooms_in(desk: Callable[[str], Page]) -> None:
    page = desk("#map=4/36/41")
    before = page.url
    page.locator("#map .donut").first.click()
    expect(page).not_to_have_url(before)
    expect(page.locator("#list-title")).to_have_text("33 incidents")


def test_a_cluster_of_one_place_becomes_the_filter(desk: Callable[[str], Page]) -> None:
    page = desk("?type=shooting#map=8/36.500/40.750")
    page.get_by_role("button", name=re.compile("^30 incidents here")).click()
    expect(page).to_have_url(re.compile(r"near=36\.5000,40\.7500,1"))
    expect(page.locator("#list-title")).to_have_text("30 incidents")


def test_the_list_is_walked_by_letters(desk: Callable[[str], Page]) -> None:
    page = desk("?sort=killed")
    page.keyboard.press("j")
    expect(page.locator("#list .row.is-sel")).to_contain_text("Raid in Mosul")
    page.keyboard.press("j")
    expect(page.locator("#list .row.is-sel .rh")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/incidents/\d+/"))
    page.go_back()
    expect(page.locator("#list .row.is-sel")).to_contain_text("Raid in Mosul")


def test_the_walk_goes_on_with_the_next_page(desk: Callable[[str], Page]) -> None:
    page = desk("?type=shooting")
    last = page.locator("#list .row").last.get_attribute("data-id")
    for _ in range(26):
        page.keyboard.press("j")
    expect(page.locator("#list .pager")).to_contain_text("26–31 of 31")
    expect(page.locator("#list .row").first.locator(".rh")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#list .pager")).to_contain_text("1–25 of 31")
    expect(page.locator("#list .row.is-sel")).to_have_attribute("data-id", last or "")
    expect(page.locator("#list .row").last.locator(".rh")).to_be_focused()


def test_a_page_that_did_not_come_is_not_entered_later(desk: Callable[[str], Page]) -> None:
    page = desk("?type=shooting")
    page.route("**/?*page=2*", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>Out of order</p>"))
    for _ in range(26):
        page.keyboard.press("j")
    expect(page.locator("#trouble")).to_contain_text("Try again")
    page.locator("#chart-country [data-bar]").first.dispatch_event("click")
    expect(page).to_have_url(re.compile("country="))
    expect(page.locator("#list .pager")).to_contain_text("1–25")
    page.wait_for_timeout(500)
    expect(page.locator("#list .row").first).not_to_contain_class("is-sel")


def test_the_way_back_from_an_incident_keeps_filter_and_view(desk: Callable[[str], Page]) -> None:
    page = desk("?type=raid,shooting#map=7/36.300/43.100")
    page.locator("#list .rh", has_text="Raid in Mosul").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Raid in Mosul")
    page.wait_for_load_state("load")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text("Somewhere in Syria")
    page.wait_for_load_state("load")
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1)).to_have_text("Raid in Mosul")
    page.get_by_role("link", name="Raids and shootings").click()
    expect(page).to_have_url(re.compile(r"\?type=raid,shooting#.*map=7/36\.300/43\.100"))
    expect(page.locator("#list-title")).to_have_text("32 incidents")


def test_the_way_back_without_a_kept_page_leads_to_the_whole_desk(desk: Callable[[str], Page]) -> None:
    page = desk("")
    page.locator("#chart-type [data-bar='type:raid']").dispatch_event("click")
    expect(page.locator("#list-title")).to_have_text("1 incident")
    page.evaluate("addEventListener('unload', () => {})")  # such a page is not kept: it is loaded again
    page.locator("#list .rh").click()
    expect(page.locator("h1")).to_contain_text("Raid in Mosul")
    page.go_back()
    expect(page.locator(".top .mark")).to_be_visible()
    expect(page.locator("#list-title")).to_have_text("1 incident")


def test_letters_can_be_switched_off(desk: Callable[[str], Page]) -> None:
    page = desk("")
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Single letters work as keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("#list .row.is-sel")).to_have_count(0)


def test_a_number_opens_its_sentence(page: Page, live_desk: str, transactional_db: None) -> None:
    article = make_article("Officials spoke. The blast killed seven people near the gate. Roads are closed.")
    incident = make_incident(killed_low=7, killed_best=7, killed_high=7)
    event = make_event(article, incident=incident)
    count = make_count(event, "killed", 7, claimant="officials", span=span_of(article, "seven people"))
    incident.totals = {"killed": {"low": 7, "best": 7, "high": 7, "chosen": count.pk}}
    incident.save()
    page.goto(live_desk)
    page.locator("[data-sentence]").click()
    expect(page.locator("#sentence mark")).to_have_text("seven people")
    expect(page.locator("#sentence blockquote")).not_to_contain_text("Roads are closed")
    page.keyboard.press("Escape")
    expect(page.locator("#sentence")).to_be_hidden()
    expect(page.locator("[data-sentence]")).to_be_focused()


def test_the_theme_switches_at_once_and_stays(desk: Callable[[str], Page]) -> None:
    page = desk("")
    page.get_by_text("Theme").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_play_moves_a_window_over_time(desk: Callable[[str], Page]) -> None:
    page = desk("?since=2022-01-01&until=2022-01-07#time=2022-01-01,2022-04-01&bins=week")
    page.emulate_media(reduced_motion="reduce")
    page.locator("#play").click()
    expect(page).to_have_url(re.compile("since=2022-01-03"))


def test_a_failing_list_says_so_and_keeps_the_last_answer(desk: Callable[[str], Page]) -> None:
    page = desk("")
    resized(page, 1440)
    page.route(
        re.compile(r"/\?type=raid$"),
        lambda route: route.fulfill(status=200, content_type="text/html", body="<p>Out of order</p>"),
    )
    page.locator("#charts a", has_text="Raid").click()
    expect(page.locator("#trouble")).to_contain_text("The list could not be read")
    expect(page.locator("#list-title")).to_have_text("33 incidents")
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#list-title")).to_have_text("1 incident")


def test_what_arrives_is_announced_and_read_when_asked_for(desk: Callable[[str], Page]) -> None:
    page = desk("")
    Change.objects.create(number=1, incident=make_incident(headline="Just in"), kind="created")
    expect(page.locator("#live")).to_contain_text("1 new, 0 changed")
    expect(page.locator("#list-title")).to_have_text("33 incidents")
    page.locator("#live").get_by_role("button", name="Show").click()
    expect(page.locator("#list-title")).to_have_text("34 incidents")
    expect(page.locator("#live")).not_to_contain_text("new")


def test_a_circle_is_drawn_on_the_map(desk: Callable[[str], Page]) -> None:
    page = desk("#map=6/35/44")
    resized(page, 1440)
    page.get_by_role("button", name="Within … km").click()
    box = box_of(page.locator("#map"))
    page.mouse.move(box["x"] + 300, box["y"] + 250)
    page.mouse.down()
    page.mouse.move(box["x"] + 340, box["y"] + 250, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"near=-?[\d.]+,-?[\d.]+,[\d.]+"))
    expect(page.locator("#chips")).to_contain_text("km around")


def test_the_map_is_saved_as_a_picture(desk: Callable[[str], Page]) -> None:
    page = desk("")
    resized(page, 1440)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the map as PNG").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("part", ["map", "timeline"])
def test_a_saved_picture_says_what_its_colours_mean_and_holds_no_buttons(desk: Callable[[str], Page], part: str) -> None:
    page = desk("")
    resized(page, 1440)
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Save the {part} as SVG").click()
    drawing = download.value.path().read_text()
    assert all(f">{family}<" in drawing for family in ("Attack", "Casualties", "Captivity", "Operation", "People", "Other"))
    assert "M1 5V1h4M9" not in drawing  # the button that shows all
    assert ("GeoNames" in drawing) == (part == "map")


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_each_chart_is_saved_as_a_picture_that_says_what_it_shows(desk: Callable[[str], Page], kind: str) -> None:
    page = desk("?country=SY")
    resized(page, 1440)
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Save Type as {kind}").click()
    saved = download.value.path().read_bytes()
    assert download.value.suggested_filename.startswith("chart-type-filtered-")
    assert saved.startswith(b"\x89PNG" if kind == "PNG" else b"<svg")
    if kind == "SVG":
        drawing = saved.decode()
        assert "Shooting" in drawing
        said = page.locator("#sum").inner_text().split()
        assert [word for word in said if word not in drawing] == []
