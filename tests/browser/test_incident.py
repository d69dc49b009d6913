"""The incident page in a browser: locator, keys, corrections, and nothing that axe finds."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, BrowserContext, Page, expect

from incidents.deriving import derive_incidents
from incidents.models import Incident
from tests.browser.waits import resized, until
from tests.factories import (
    make_article,
    make_count,
    make_event,
    make_incident,
    make_participation,
    make_place,
    make_source,
    span_of,
)

WIDTHS = (320, 390, 1024, 2560)

# The colour of a canvas's first point: red, green and blue added up.
CORNER = "tile => [...tile.getContext('2d').getImageData(0, 0, 1, 1).data.slice(0, 3)].reduce((sum, part) => sum + part)"


@pytest.fixture
def incident(transactional_db: None) -> Incident:
    """A shooting at a ford told on three days, with rival tolls, an actor and a neighbour."""
    row = Incident.objects.create(type="other", family="other")
    ford = make_place(id="desk:ford", name="Long Ford", kind="settlement", lat=36.6, lon=40.7)
    for day, toll, claimant in ((21, 5, "police"), (22, 9, "police"), (25, 14, "a hospital")):
        article = make_article(
            f"Gunmen shot {toll} people dead at Long Ford, {claimant} said.",
            source=make_source(f"Paper {day}"),
            published_on=date(2022, 1, day),
        )
        place = {"name": "Long Ford", "country": "SY", "precision": "settlement", "place_id": ford.pk, "lat": 36.6, "lon": 40.7}
        event = make_event(article, incident=row, place=ford, place_read=place | span_of(article, "Long Ford"),
                           trigger=span_of(article, "shot"))  # fmt: skip
        make_count(event, best=toll, claimant=claimant, who="people", span=span_of(article, f"{toll} people"))
        make_participation(event, "river gang", span=span_of(article, "Gunmen"))
    make_incident(headline="Raid near the ford", type="raid", earliest=date(2022, 1, 24), place=ford)
    derive_incidents([row.pk])
    row.refresh_from_db()
    return row


@pytest.fixture
def opened(page: Page, live_desk: str, incident: Incident) -> Callable[..., Page]:
    """Open the incident's page; keyword arguments go to the medium (`color_scheme`)."""

    def open_it(**medium: str) -> Page:
        page.emulate_media(**medium)  # type: ignore[arg-type]  # words of Playwright's own vocabulary
        page.goto(f"{live_desk}{incident.get_absolute_url()}")
        return page

    return open_it


def test_it_works(opened: Callable[..., Page], incident: Incident) -> None:
    page = opened()
    expect(page.get_by_role("heading", level=1)).to_have_text(incident.headline)
    expect(page.locator("#locator .leaflet-tile-loaded").first).to_be_attached()
    expect(page.locator("#locator .pinmark")).to_be_visible()
    expect(page.get_by_role("img", name="Reported killed: 5 on 21 Jan 2022, 14 on 25 Jan 2022").first).to_be_visible()


@pytest.fixture
def measured(browser: Browser, live_desk: str, incident: Incident) -> Iterator[Callable[..., Page]]:
    """Open the incident's page for axe, which writes inline styles while it measures: the desk's own policy would refuse them."""
    contexts: list[BrowserContext] = []

    def open_it(cookies: Any = (), **options: Any) -> Page:
        contexts.append(browser.new_context(bypass_csp=True, **options))
        contexts[-1].add_cookies(cookies)
        page = contexts[-1].new_page()
        page.goto(f"{live_desk}{incident.get_absolute_url()}")
        expect(page.locator("#locator .leaflet-tile-loaded").first).to_be_attached()
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    page: Page, measured: Callable[..., Page], scheme: str, sign_in: Callable[[User], None], editor: User
) -> None:
    sign_in(editor)
    opened = measured(page.context.cookies(), color_scheme=scheme)
    opened.locator("#field-killed summary").click()
    found = Axe().run(opened)
    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_on_a_narrow_page(measured: Callable[..., Page]) -> None:
    found = Axe().run(measured(viewport={"width": 390, "height": 800}))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_width_scrolls_sideways(opened: Callable[..., Page], width: int) -> None:
    page = resized(opened(), width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_number_opens_its_sentence_by_keyboard(opened: Callable[..., Page]) -> None:
    page = opened()
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(r"/articles/\d+/\?event=1"))
    expect(page.locator(".ev-of.on").first).to_be_visible()


def test_a_correction_and_its_undo_by_keyboard_alone(
    opened: Callable[..., Page], sign_in: Callable[[User], None], editor: User, incident: Incident
) -> None:
    sign_in(editor)
    page = opened()
    page.locator("#field-killed summary").focus()
    page.keyboard.press("e")
    expect(page.locator("#killed-low")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("11")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved. It stands through every new reading")).to_be_visible()
    incident.refresh_from_db()
    assert (incident.killed_low, incident.killed_best) == (11, 12)
    page.get_by_role("button", name="Undo Killed", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Undone. The field follows its reports again")).to_be_visible()
    incident.refresh_from_db()
    assert incident.killed_best == 14


def test_escape_closes_a_form_and_goes_back_to_what_opened_it(
    page: Page, live_desk: str, incident: Incident, editor: User, sign_in: Callable[[User], None]
) -> None:
    sign_in(editor)
    page.goto(f"{live_desk}{incident.get_absolute_url()}")
    opener = page.locator("#field-killed summary")
    opener.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(page.locator("#field-killed .edit")).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    expect(page.locator("#field-killed input[type=number]").first).to_have_value(re.compile("7"))


def test_the_citation_is_copied(opened: Callable[..., Page], incident: Incident) -> None:
    page = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#copied")).to_have_text("Copied.")
    assert incident.number in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_toll_is_saved_as_a_picture(opened: Callable[..., Page], kind: str) -> None:
    page = opened()
    with page.expect_download() as download:
        page.locator(f"[data-save={kind}]").click()
    assert download.value.suggested_filename.endswith(f".{kind}")
    body = download.value.path().read_bytes()
    assert body.startswith(b"<svg" if kind == "svg" else b"\x89PNG")


def test_an_area_is_a_disc_and_never_a_pin(page: Page, live_desk: str, transactional_db: None) -> None:
    province = make_place(id="desk:province", name="Marsh Province", kind="adm1", lat=31.0, lon=47.0, radius_km=60)
    incident = make_incident(place=province, place_precision="adm1", radius_km=60)
    page.goto(f"{live_desk}{incident.get_absolute_url()}")
    expect(page.locator("#locator path.shape")).to_be_attached()
    expect(page.locator("#locator .pinmark")).to_have_count(0)


def test_paper_is_light_whatever_the_screen_is(page: Page, live_desk: str, transactional_db: None) -> None:
    incident = make_incident()
    page.emulate_media(color_scheme="dark")
    page.goto(f"{live_desk}{incident.get_absolute_url()}")
    tile = page.locator("#locator canvas").first
    expect(tile).to_be_attached()
    until(page, lambda: 0 < tile.evaluate(CORNER) < 3 * 100, "the map is drawn, dark")
    for chosen in (False, True):
        page.evaluate("chosen => { if (chosen) document.documentElement.dataset.theme = 'dark'; }", chosen)
        page.emulate_media(media="print")
        expect(page.locator(".sure")).to_have_css("color", "rgb(72, 82, 90)")
        until(page, lambda: tile.evaluate(CORNER) > 3 * 200, "it is light on paper")
        page.emulate_media(media="screen")


def test_the_small_map_follows_the_theme(page: Page, live_desk: str, transactional_db: None) -> None:
    page.goto(f"{live_desk}{make_incident().get_absolute_url()}")
    tile = page.locator("#locator canvas").first
    expect(tile).to_be_attached()
    until(page, lambda: tile.evaluate(CORNER) > 3 * 200, "the map is drawn, light")
    page.get_by_text("Theme", exact=True).click()
    page.get_by_role("button", name="Dark").click()
    until(page, lambda: tile.evaluate(CORNER) < 3 * 100, "it is drawn again, dark")
