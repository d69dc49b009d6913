"""The comparison with scripts: one view for both maps, one stretch and one scale for both timelines, by keyboard too."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.waits import resized
from tests.factories import make_incident

SLOW = 20_000


def test_both_sides_answer_as_one(page: Page, live_desk: str) -> None:
    for day in range(1, 13):
        make_incident(headline=f"Shooting {day}", earliest=date(2022, 1, 1 + day % 4))
    make_incident(headline="A raid", type="raid", earliest=date(2022, 2, 3))
    page.goto(f"{live_desk}/?type=shooting")
    expect(page.locator("#map .mk").first).to_be_attached(timeout=SLOW)
    page.get_by_role("link", name="Compare").click()
    page.get_by_text("Change B").click()
    page.get_by_role("form", name="Filter B").get_by_role("checkbox", name="Raid").check()
    page.get_by_role("form", name="Filter B").get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"a\.type=shooting&b\.type=raid"))
    expect(page.locator(".vline .bin").first).to_be_attached(timeout=SLOW)
    heights = page.locator(".vline").evaluate_all(
        """all => all.map(line => Math.max(...[...line.querySelectorAll('.bin rect:last-child')]
                  .map(bar => Number(bar.getAttribute('height')))))"""
    )
    assert heights[0] > 2.5 * heights[1]  # three a day beside one
    page.locator("#lines").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#read")).to_contain_text("in A")
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("time="))
    first, second = page.locator(".vmap").nth(0), page.locator(".vmap").nth(1)
    expect(second.locator(".mk")).to_have_count(1)
    first.get_by_role("button", name="Zoom in").click()
    expect(page).to_have_url(re.compile("map="))
    address = page.url
    page.reload()
    expect(page.locator(".vline .bin").first).to_be_attached(timeout=SLOW)
    assert urlsplit(page.url) == urlsplit(address)
    page.goto(re.sub("map=[^&]*", "map=5/34/40", page.url))
    page.reload()
    for each in (first, second):
        expect(each.locator(".ctx.country", has_text="Iraq")).to_be_attached()
    page.get_by_role("link", name="Remove Type: raid from B").click()
    expect(page).to_have_url(re.compile(r"a\.type=shooting#.*map="))


def test_axe_finds_nothing_and_no_width_scrolls_sideways(browser: Browser, live_desk: str) -> None:
    make_incident(headline="A shooting")
    make_incident(headline="A raid", type="raid", place_name="Unbreakable" * 15)
    context = browser.new_context(bypass_csp=True, color_scheme="dark", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{live_desk}/compare/?a.type=shooting&b.type=raid&b.min=x")
    expect(page.locator(".vline .bin").first).to_be_attached(timeout=SLOW)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found] == []
    for width in (320, 720, 2560):
        resized(page, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    context.close()


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
@pytest.mark.parametrize(
    ("label", "shows"), [("the maps", ["A", "B"]), ("the timelines", ["A · ", "B · "]), ("Type", ["Shooting", "Raid"])]
)
def test_each_map_and_chart_is_saved_as_a_picture(page: Page, live_desk: str, label: str, shows: list[str], kind: str) -> None:
    make_incident(headline="A shooting", earliest=date(2022, 1, 1))
    make_incident(headline="A raid", type="raid", earliest=date(2022, 2, 3))
    page.goto(f"{live_desk}/compare/?a.type=shooting&b.type=raid")
    expect(page.locator(".vline .bin").first).to_be_attached(timeout=SLOW)
    expect(page.locator(".vmap .mk")).to_have_count(2, timeout=SLOW)
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Save {label} as {kind}", exact=True).click()
    saved = download.value.path().read_bytes()
    assert saved.startswith(b"\x89PNG" if kind == "PNG" else b"<svg")
    if kind == "SVG":
        drawing = saved.decode()
        assert [words for words in [*shows, "A: Shootings", "B: Raids"] if words not in drawing] == []
        assert ("<image" in drawing) == (label == "the maps")  # the ground under the marks
