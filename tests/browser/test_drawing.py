"""How a change is drawn: in frames that the page can answer between, nothing asked or made again that is there."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

ASKED = "() => performance.getEntriesByType('resource').filter(({name}) => name.includes('/cells/')).length"

# Draws jobs that take so many milliseconds each; returns in which frame each of them was drawn, counted from the first.
FRAMES = """async (lengths) => {
    const { draw, drawn } = await import('/static/js/frames.js');
    let frame = 0;
    const count = () => { frame += 1; counting = requestAnimationFrame(count); };
    let counting = requestAnimationFrame(count);
    const job = (length) => () => { const end = performance.now() + length; while (performance.now() < end); return frame; };
    const all = await Promise.all(lengths.map((length) => draw(job(length))));
    await drawn();
    cancelAnimationFrame(counting);
    return all.map((each) => each - all[0]);
}"""


def test_what_is_drawn_quickly_shares_a_frame_and_what_takes_long_has_its_own(desk: Callable[[str], Page]) -> None:
    page = desk("")
    page.wait_for_load_state("networkidle")
    page.evaluate("import('/static/js/frames.js').then(({ drawn }) => drawn())")
    assert page.evaluate(FRAMES, [0, 0, 0]) == [0, 0, 0]
    first, second, third = page.evaluate(FRAMES, [30, 30, 0])
    assert first < second < third


def test_a_selected_row_is_marked_after_a_change(desk: Callable[[str], Page]) -> None:
    page = desk("")
    chosen = page.locator("#list .row", has_text="Shooting number 18").last.get_attribute("data-id")
    page.evaluate("id => import('/static/js/selection.js').then(({ select }) => select(id))", chosen)
    page.locator("#chart-type [data-bar='type:shooting']").click()
    expect(page.locator("#list-title")).to_have_text("31 incidents")
    expect(page.locator(f"#list .row.is-sel[data-id='{chosen}']")).to_have_count(1)


def test_a_small_move_and_another_size_ask_nothing_again(desk: Callable[[str], Page]) -> None:
    page = desk("#map=6/36.5/40.75")
    expect(page.locator("#map .mk").first).to_be_attached()
    page.set_viewport_size({"width": 1440, "height": 880})
    page.wait_for_timeout(500)
    page.wait_for_load_state("networkidle")
    before = page.evaluate(ASKED)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    expect(page).not_to_have_url(re.compile("#map=6/36.5/40.75"))
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    assert page.evaluate(ASKED) == before
    for _ in range(6):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(ASKED) > before


def test_another_page_or_order_of_the_list_asks_nothing_of_map_and_timeline(desk: Callable[[str], Page]) -> None:
    page = desk("")
    page.wait_for_load_state("networkidle")
    figures = "() => performance.getEntriesByType('resource').filter(({name}) => /cells|timeline\\//.test(name)).length"
    before = page.evaluate(figures)
    page.locator("#list .pager a[rel=next]").click()
    expect(page.locator("#list .pager span").first).to_contain_text("26–")
    page.locator("#list .phead .seg a", has_text="killed").click()
    expect(page.locator("#list .phead .seg a[aria-current]")).to_have_text("killed")
    expect(page.locator("#list .pager span").first).to_contain_text("1–25")
    page.go_back()
    expect(page.locator("#list .pager span").first).to_contain_text("26–")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(figures) == before > 1
    page.locator("#chart-type [data-bar='type:shooting']").click()
    expect(page.locator("#list-title")).to_have_text("31 incidents")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(figures) == before + 2


def test_names_on_the_map_that_stay_are_not_made_again(desk: Callable[[str], Page]) -> None:
    page = desk("")
    expect(page.locator("#map .ctx").first).to_be_attached()
    page.evaluate("document.querySelectorAll('#map .ctx').forEach((each) => { each.kept = true; })")
    page.locator("#chart-type [data-bar='type:shooting']").click()
    expect(page.locator("#list-title")).to_have_text("31 incidents")
    page.evaluate("import('/static/js/frames.js').then(({ drawn }) => drawn())")
    kept, all_names = page.evaluate(
        "[...document.querySelectorAll('#map .ctx')].reduce(([a, b], each) => [a + (each.kept ? 1 : 0), b + 1], [0, 0])"
    )
    assert kept > all_names / 2 > 0


@pytest.mark.parametrize("width", [1100, 1280, 1440, 1600])
def test_map_and_timeline_keep_their_size_when_the_numbers_of_the_families_grow(desk: Callable[[str], Page], width: int) -> None:
    page = desk("")
    page.set_viewport_size({"width": width, "height": 900})
    heights = (
        "['#map', '.ptime .phead', '#timeline', '.plist .phead'].map((each) => document.querySelector(each).clientHeight)"
        ".concat(document.querySelector('#families li:last-child').getBoundingClientRect().x)"
    )
    before = page.evaluate(heights)
    assert before[1] < 40 or width < 1280
    for number in ("1", "9,999", "9.9M"):
        page.evaluate("n => document.querySelectorAll('#families b').forEach((each) => { each.textContent = n; })", number)
        page.evaluate("document.querySelector('#list-title').textContent = '1,949,947 incidents'")
        assert page.evaluate(heights) == before
    assert page.evaluate("document.querySelector('.ptime .phead').scrollWidth") <= width


def test_the_head_of_the_list_is_one_line_at_millions(desk: Callable[[str], Page]) -> None:
    page = desk("")
    height = "document.querySelector('#list .phead').clientHeight"
    for width in (1280, 1366, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        before = page.evaluate(height)
        page.evaluate("document.getElementById('list-title').textContent = '9,999,999 incidents'")
        assert page.evaluate(height) == before < 40, width
