"""Exports in a browser: a long one is watched by keyboard and screen reader, stopped, and whole where it is not."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.factories import copies, make_incident

MANY = 15_000  # incidents: what a workbook takes seconds for


@pytest.fixture(autouse=True)
def incidents(transactional_db: None) -> None:
    copies(make_incident(), MANY - 1)


def test_a_long_export_is_watched_and_stopped_by_keys(page: Page, live_desk: str) -> None:
    page.goto(live_desk)
    page.locator(".acts summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Excel").focus()
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    region = page.get_by_role("region", name="Exports under way")
    expect(region).to_contain_text(re.compile(r"Excel: [\d,]+ of 15,000 incidents written"))
    expect(region.get_by_role("progressbar", name="Export of Excel")).to_have_attribute("max", str(MANY))
    expect(region.get_by_role("status")).to_contain_text("Excel")
    page.keyboard.press("Tab")  # from the menu that closed to what stands after it
    expect(region.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(region.get_by_role("status")).to_have_text("Excel: stopped before its end. No whole file came of it.")
    assert taken.value.failure() is not None
    page.keyboard.press("Enter")
    expect(region).to_be_hidden()
    expect(page.locator(".acts summary")).to_be_focused()


def test_a_long_export_ends_with_a_whole_file(page: Page, live_desk: str) -> None:
    page.goto(f"{live_desk}/export/?type=shooting")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV", exact=True).click()
    region = page.get_by_role("region", name="Exports under way")
    whole = "CSV: the file is whole, with 15,000 incidents. It is among your browser's downloads."
    expect(region.get_by_role("status")).to_have_text(whole)
    assert len(Path(taken.value.path()).read_text().splitlines()) == MANY + 1
    assert Axe().run(page).violations_count == 0
    region.get_by_role("button", name="Close").click()
    expect(region).to_be_hidden()


def test_without_scripts_the_link_is_a_link(browser: Browser, live_desk: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{live_desk}/export/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="NDJSON", exact=True).click()
    assert len(Path(taken.value.path()).read_text().splitlines()) == MANY
    expect(page.locator("#exports")).to_be_hidden()
    page.close()
