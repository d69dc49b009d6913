"""The desk for everyone: without scripts, in light and dark, narrow and wide, with hostile data, nothing outside."""

import re
from datetime import date
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.waits import resized
from tests.factories import make_incident, make_place

SLOW = 20_000  # milliseconds: a first page on a machine with other work to do
HOSTILE = "<img src=x onerror=alert(1)>\u202e" + "Unbreakable" * 20
WIDTHS = (320, 390, 720, 1024, 1280, 1440, 1920, 2560)


@pytest.fixture
def incidents(transactional_db: None) -> None:
    """Marks of every kind, hostile words, the date line, a pole, a toll of a million."""
    make_incident(headline=HOSTILE, place_name=HOSTILE[:190])
    make_incident(headline="A million", type="displacement", killed_low=900_000, killed_best=1_000_000, killed_high=1_200_000)
    make_incident(headline="East of the date line", lat=-16.8, lon=179.99, type="riot")
    make_incident(headline="West of the date line", lat=-16.8, lon=-179.99, type="raid")
    make_incident(headline="At the pole", lat=90.0, lon=0.0, place_precision="area", radius_km=100.0, type="threat")
    make_incident(
        headline="Near a town",
        place_precision="near",
        radius_km=15.0,
        type="kidnapping",
        latest=date(2022, 2, 1),
        date_precision="days",
    )
    province = make_place(id="geonames:173481", name="Al-Hasakah Governorate", kind="adm1", radius_km=90.0)
    make_incident(headline="In the province", place=province, place_precision="adm1", type="casualties")
    make_incident(headline="No day", earliest=None, latest=None, date_precision="", date_basis="")
    make_incident(headline="No place", place_precision="none", country="", lat=None, lon=None)


def ready(page: Page) -> Page:
    expect(page.locator(".tl .bin").first).to_be_attached(timeout=SLOW)
    expect(page.locator("#map .mk").first).to_be_attached(timeout=SLOW)
    return page


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]}: {node.get('failureSummary', '')[:200]}"
        for each in found
        for node in each["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, live_desk: str, incidents: None, scheme: Literal["light", "dark"]) -> None:
    # Axe writes inline styles while it measures, which the desk's own policy would refuse.
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{live_desk}/?family=attack,operation,people,captivity,casualties")
    assert violations(ready(page)) == []
    page.keyboard.press("/")
    expect(page.locator("#picker")).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_desk}/?q=nothing-like-this")
    expect(page.locator("#time-panel .tl .axis")).to_be_attached()
    assert violations(page) == []
    page.goto(f"{live_desk}/changes/")
    assert violations(page) == []
    context.close()


def test_no_width_scrolls_sideways(page: Page, live_desk: str, incidents: None) -> None:
    page.goto(live_desk)
    ready(page)
    for width in WIDTHS:
        resized(page, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    page.goto(f"{live_desk}/changes/?after=2020-01-01")
    for width in WIDTHS:
        resized(page, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_hostile_words_stay_words(page: Page, live_desk: str, incidents: None) -> None:
    page.goto(f"{live_desk}/#map=9/36.5/40.75")
    ready(page)
    expect(page.locator("#list .rh", has_text="<img src=x onerror=alert(1)>")).to_be_visible()
    assert page.locator("img[src=x]").count() == 0


def test_the_date_line_and_the_poles_are_on_the_map(page: Page, live_desk: str, incidents: None) -> None:
    page.goto(f"{live_desk}/?type=riot,raid#map=6/-16.800/180.000")
    ready(page)
    labels = page.locator("#map .leaflet-marker-icon[aria-label]").evaluate_all(
        "marks => marks.map(mark => mark.getAttribute('aria-label'))"
    )
    assert any("2 incidents" in label for label in labels) or len(labels) == 2


@pytest.mark.parametrize("latitude", [90.0, -90.0])
def test_a_mark_at_a_pole_is_whole(page: Page, live_desk: str, incidents: None, latitude: float) -> None:
    make_incident(headline="Whole", lat=latitude, lon=40.0, type="curfew", earliest=date(2022, 3, 1))
    page.goto(f"{live_desk}/?type=curfew#map=2/{latitude * 0.9}/40")
    ready(page)
    mark, shown = page.locator("#map .mk").bounding_box(), page.locator("#map").bounding_box()
    assert mark
    assert shown
    assert shown["y"] <= mark["y"]
    assert mark["y"] + mark["height"] <= shown["y"] + shown["height"]


def test_narrow_screens_show_one_view_at_a_time(page: Page, live_desk: str, incidents: None) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_desk)
    ready(page)
    page.get_by_role("tab", name="List").click()
    expect(page.locator("#map-panel")).to_be_hidden()
    expect(page.locator("#list")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Charts")).to_be_focused()
    expect(page.locator("#charts")).to_be_visible()


SMALL = """() => [...document.querySelectorAll('a[href], button, summary, select, input, [role=button], [role=slider]')]
    .filter(each => each.checkVisibility() && !each.closest('.vh, .skip, .lasting, .bin') && each.type !== 'hidden')
    .map(each => each.matches('[type=checkbox], [type=radio], .fadd input') ? each.closest('label') : each)
    .filter(each => each.getBoundingClientRect().width > 0)
    .filter(each => {
        const grown = getComputedStyle(each, '::after');
        const inner = each.firstElementChild ? getComputedStyle(each.firstElementChild, '::after') : grown;
        const extra = style => style.content === 'none' || style.position !== 'absolute' ? 0 : parseFloat(style.height) || 0;
        return Math.max(each.getBoundingClientRect().height, extra(grown), extra(inner)) < 43.5;
    }).map(each => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("size", [(390, 844), (1180, 820)])
def test_targets_are_large_enough_for_a_finger(browser: Browser, live_desk: str, incidents: None, size: tuple[int, int]) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{live_desk}/?type=riot,raid&min=x")
    assert ready(page).evaluate(SMALL) == []
    page.locator("#find").focus()
    expect(page.locator("#picker")).to_be_visible()
    assert page.evaluate(SMALL) == []
    page.goto(f"{live_desk}/changes/")
    assert page.evaluate(SMALL) == []
    page.goto(f"{live_desk}/compare/?a.type=riot")
    assert page.evaluate(SMALL) == []
    context.close()


def test_it_works_without_scripts(browser: Browser, live_desk: str, incidents: None) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_desk)
    expect(page.locator("#list-title")).to_have_text("9 incidents")
    expect(page.get_by_role("table", name="Incidents over time by family")).to_be_visible()
    page.get_by_text("Filter", exact=True).first.click()
    page.get_by_role("checkbox", name=re.compile("Riot")).check()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#list-title")).to_have_text("1 incident")
    page.get_by_role("link", name="Remove Type: riot").click()
    expect(page.locator("#list-title")).to_have_text("9 incidents")
    context.close()


def test_the_page_is_light(page: Page, live_desk: str, incidents: None) -> None:
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.__setitem__(response.url, int(response.headers.get("content-length", 0))))
    page.goto(live_desk)
    ready(page)
    assert sum(size for url, size in sizes.items() if re.search(r"\.(js|css)$", url)) < 200_000
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", url) for url in sizes if url.endswith(".js"))


def test_more_contrast_has_no_faint_words(page: Page, live_desk: str, incidents: None) -> None:
    page.goto(live_desk)
    page.get_by_text("Theme").click()
    page.get_by_role("button", name="More contrast").click()
    colours = page.evaluate(
        "['--ink', '--ink-2', '--ink-3'].map(n => getComputedStyle(document.documentElement).getPropertyValue(n))"
    )
    assert len(set(colours)) == 1
