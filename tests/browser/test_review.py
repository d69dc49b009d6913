"""The review in a browser, by keys alone: a correction, a merge and an undo, counted; drafts; words of the text; axe."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, expect

from incidents.deriving import derive_incidents
from incidents.editing import correct
from incidents.models import Incident, MatchProposal, ReviewCase
from tests.browser.waits import resized
from tests.factories import make_place
from tests.review.conftest import make_case

WIDTHS = (320, 390, 1024, 1440)
TRIPOLI = {"LY": ("geonames:2210247", 32.887, 13.187), "LB": ("geonames:266826", 34.433, 35.844)}


class Keys:
    """The keyboard, with every stroke counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.strokes = page, 0

    def ready(self) -> None:
        expect(self.page.locator("#case[data-ready]")).to_be_attached()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1


@pytest.fixture
def cases(transactional_db: None) -> list[Incident]:
    """Two shootings that may be one; the place of the second is either of two towns of one name."""
    number, lat, lon = TRIPOLI["LY"]
    town = make_place(id=number, name="Tripoli", country="LY", lat=lat, lon=lon)
    make_place(id=TRIPOLI["LB"][0], name="Tripoli", country="LB", lat=TRIPOLI["LB"][1], lon=TRIPOLI["LB"][2])
    read = {
        "name": "Tripoli",
        "precision": "settlement",
        "place_id": number,
        "country": "LY",
        "lat": lat,
        "lon": lon,
        "span": [0, 6],
    }
    read["candidates"] = [{"place_id": TRIPOLI["LB"][0], "score": 4.9}]
    known, new = make_case(), make_case(place=town, place_read=read)
    MatchProposal.objects.create(event=new.events.get(), incident=known, score=2.5, parts={"place": [2.5, "the same place"]})
    derive_incidents([new.pk])
    return [known, new]


@pytest.fixture
def desk(page: Page, live_desk: str, sign_in: Callable[[User], None], editor: User, cases: list[Incident]) -> Page:
    sign_in(editor)
    page.goto(f"{live_desk}/review/")
    page.wait_for_load_state("load")
    return page


def test_a_full_correction_takes_less_than_ten_keystrokes(desk: Page, cases: list[Incident]) -> None:
    keys = Keys(desk)
    keys.press("Enter")  # take the next: the one with most to decide
    expect(desk.get_by_text("2 entries of the gazetteer fit “Tripoli”.")).to_be_visible()
    keys.ready()
    keys.press("2")
    expect(desk.locator("#candidates input").nth(1)).to_be_checked()
    keys.press("Enter")
    expect(desk.locator(".undo b")).to_contain_text("Place")
    keys.ready()
    keys.press("Enter")  # confirm, next
    expect(desk).to_have_url(re.compile(rf"/review/{cases[0].pk}/"))
    assert keys.strokes < 10
    cases[1].refresh_from_db()
    assert (cases[1].place_id, cases[1].country, cases[1].review_status) == (TRIPOLI["LB"][0], "LB", "reviewed")


def test_a_merge_and_its_undo_by_keys_alone(desk: Page, cases: list[Incident]) -> None:
    known, new = cases
    keys = Keys(desk)
    keys.press("Enter")
    expect(desk.locator(".rival")).to_be_visible()
    keys.ready()
    keys.press("m")
    expect(desk.get_by_role("heading", name="May be the same incident")).to_be_visible()
    desk.wait_for_load_state("load")
    keys.press("m")
    expect(desk).to_have_url(re.compile(rf"/review/{known.pk}/"))
    keys.ready()
    new.refresh_from_db()
    assert new.merged_into == known
    keys.press("u")
    expect(desk.locator(".undo b")).to_contain_text("Undone: Merged")
    new.refresh_from_db()
    assert new.merged_into is None
    assert keys.strokes < 10


def test_words_chosen_by_keys_become_the_number(desk: Page, cases: list[Incident]) -> None:
    desk.goto(desk.url + f"{cases[0].pk}/")
    keys = Keys(desk)
    keys.ready()
    keys.press("w")
    keys.press("ArrowRight", "ArrowDown", *["ArrowRight"] * 4, "Shift+ArrowRight")  # "nine dead."
    expect(desk.locator("#setas")).to_be_visible()
    keys.press("n")
    expect(desk.locator("#field-killed .shown q")).to_have_text("nine dead")
    expect(desk.locator("#field-killed [name=best]")).to_have_value("9")
    keys.press("Enter")
    expect(desk.locator(".undo b")).to_contain_text("Killed")
    cases[0].refresh_from_db()
    assert (cases[0].killed_low, cases[0].killed_best, cases[0].killed_high) == (9, 9, 9)
    assert cases[0].overrides.get().evidence[0]["quote"] == "nine dead"


def test_an_expired_session_loses_nothing(desk: Page, cases: list[Incident], editor: User, sign_in: Any) -> None:
    address = desk.url + f"{cases[0].pk}/"
    desk.goto(address)
    Keys(desk).ready()
    desk.keyboard.press("n")
    desk.keyboard.press("Tab")
    desk.keyboard.type("77")
    Session.objects.all().delete()
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile("/sign-in/"))
    sign_in(editor)
    desk.goto(address)
    expect(desk.locator("#field-killed [name=best]")).to_have_value("77")
    expect(desk.locator("#draft")).to_contain_text("draft kept")


def begin(page: Page, address: str, number: str) -> None:
    """Start to correct the number of killed and go away without saving."""
    page.goto(address)
    Keys(page).ready()
    page.keyboard.press("n")
    page.keyboard.press("Tab")
    page.keyboard.type(number)


def test_a_draft_of_an_older_state_shows_both_and_asks(desk: Page, cases: list[Incident], administrator: User) -> None:
    address = desk.url + f"{cases[0].pk}/"
    begin(desk, address, "7")
    correct(incident=cases[0], field="killed", value={"low": 5, "best": 8, "high": 9}, user=administrator)
    desk.goto(address)
    strip = desk.locator("#field-killed .strip")
    expect(strip).to_contain_text("It is now 5 – 9, best 8. You entered Low: 5 · Best: 7 · High: 9")
    expect(desk.locator("#field-killed [name=best]")).to_have_value("8")
    desk.reload()
    expect(strip, "it asks until it is answered").to_be_visible()
    strip.get_by_role("button", name="Put mine in").click()
    expect(desk.locator("#field-killed [name=best]")).to_have_value("7")
    desk.locator("#field-killed [name=reason]").fill("Counted again.")
    desk.keyboard.press("Enter")
    expect(desk.locator(".undo b")).to_contain_text("Killed")
    cases[0].refresh_from_db()
    assert cases[0].killed_best == 7


def test_a_draft_that_is_given_up_is_gone(desk: Page, cases: list[Incident], administrator: User) -> None:
    address = desk.url + f"{cases[0].pk}/"
    begin(desk, address, "7")
    correct(incident=cases[0], field="killed", value={"low": 5, "best": 8, "high": 9}, user=administrator)
    desk.goto(address)
    desk.get_by_role("button", name="Keep theirs").click()
    expect(desk.locator("#field-killed .strip")).to_have_count(0)
    desk.reload()
    Keys(desk).ready()
    expect(desk.locator("#field-killed .strip")).to_have_count(0)
    expect(desk.locator("#field-killed [name=best]")).to_have_value("8")


def test_what_changed_elsewhere_leaves_a_draft_alone(desk: Page, cases: list[Incident], administrator: User) -> None:
    """Another field, another version: the draft comes back as it was, on the incident's own page too; not to a colleague."""
    address = desk.url + f"{cases[0].pk}/"
    begin(desk, address, "7")
    correct(incident=cases[0], field="stage", value="foiled", user=administrator)
    for page in (address, f"{desk.url}/../../../incidents/{cases[0].pk}/"):
        desk.goto(page)
        expect(desk.locator("#field-killed [name=best]")).to_have_value("7")
        expect(desk.locator("#draft")).to_contain_text("draft kept")


def test_a_colleague_at_the_same_computer_finds_no_draft(
    desk: Page, cases: list[Incident], administrator: User, sign_in: Callable[[User], None]
) -> None:
    address = desk.url + f"{cases[0].pk}/"
    begin(desk, address, "7")
    sign_in(administrator)
    desk.goto(address)
    Keys(desk).ready()
    expect(desk.locator("#field-killed [name=best]")).not_to_have_value("7")


@pytest.fixture
def measured(browser: Browser, page: Page) -> Iterator[Callable[..., Page]]:
    """Open a page for axe, which writes inline styles while it measures: the desk's own policy would refuse them."""
    contexts: list[BrowserContext] = []

    def open_it(address: str, **options: Any) -> Page:
        contexts.append(browser.new_context(bypass_csp=True, **options))
        contexts[-1].add_cookies(page.context.cookies())  # type: ignore[arg-type]  # the same shape, told apart by name
        opened = contexts[-1].new_page()
        opened.goto(address)
        return opened

    yield open_it
    for context in contexts:
        context.close()


def test_axe_finds_nothing_on_narrow_pages(desk: Page, cases: list[Incident], measured: Callable[..., Page]) -> None:
    queue = desk.url
    new = cases[1].pk
    opened = measured(queue, viewport={"width": 390, "height": 900})
    pages = [
        "",
        f"{new}/",
        f"../incidents/{new}/merge/?with={cases[0].pk}",
        f"../incidents/{new}/split/",
        f"../incidents/{new}/history/",
    ]
    for path in pages:
        opened.goto(queue + path)
        found = Axe().run(opened)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
    for narrow in WIDTHS:
        resized(opened, narrow)
        for path in pages:
            opened.goto(queue + path)
            assert opened.evaluate("document.documentElement.scrollWidth") <= narrow, f"{path} at {narrow}"


def test_the_case_works_without_scripts(desk: Page, browser: Browser, cases: list[Incident]) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(desk.context.cookies())  # type: ignore[arg-type]  # the same shape, told apart by name
    page = context.new_page()
    page.goto(desk.url)
    page.get_by_role("link", name="Take the next").click()
    page.get_by_role("radio").nth(1).check()
    page.locator("#field-place").get_by_role("button", name="Save Place").click()
    page.get_by_role("button", name=re.compile("Confirm, next")).click()
    assert ReviewCase.objects.get(incident=cases[1]).is_open is False
    context.close()
