"""Two editors in two browsers at once: nobody is given what the other has, and who saves second is shown both and asked."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from incidents.models import Incident, Override, ReviewCase
from tests.review.conftest import make_case

CASES = 6
# Press the button, if any, a moment later, so that this browser does not wait for its answer before the other one presses.
ASK = """() => {
    const button = document.getElementById("done") ?? document.getElementById("next");
    if (!button) return;
    document.body.dataset.left = "";
    setTimeout(() => button.click(), 300);
}"""


@pytest.fixture
def colleague(transactional_db: None) -> User:
    user = User.objects.create_user("colleague", password="a-long-password-4", first_name="Colin", last_name="League")
    user.groups.add(Group.objects.get(name="editors"))
    return user


@pytest.fixture
def theirs(browser: Browser, live_desk: str, colleague: User) -> Iterator[Page]:
    """The colleague's own browser, signed in."""
    context = browser.new_context(base_url=live_desk)
    client = Client()
    client.force_login(colleague)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_desk}])
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


@pytest.fixture
def mine(page: Page, sign_in: Callable[[User], None], editor: User) -> Page:
    sign_in(editor)
    return page


def number_in(page: Page) -> int | None:
    found = re.search(r"/review/(\d+)/", page.url)
    return int(found[1]) if found else None


def test_they_never_get_the_same_case(mine: Page, theirs: Page, live_desk: str) -> None:
    """Both ask for the next at the same moment, again and again, until nothing is left."""
    waiting = {make_case(f"Gunmen shot five people dead in town {n}. A hospital spoke of nine dead.").pk for n in range(CASES)}
    got: dict[Page, list[int]] = {mine: [], theirs: []}
    for page in got:
        page.goto(f"{live_desk}/review/")
        expect(page.locator("#next")).to_be_visible()
    while ReviewCase.objects.filter(is_open=True).exists():
        for page in got:  # neither waits for the other's answer
            page.evaluate(ASK)
        for page, numbers in got.items():
            expect(page.locator("body:not([data-left]) .qhead, body:not([data-left]) #case[data-ready]")).to_be_attached()
            number = number_in(page)
            if number is not None and number not in numbers:
                numbers.append(number)
        assert not set(got[mine]) & set(got[theirs])
    assert set(got[mine]) | set(got[theirs]) == waiting
    assert all(got.values()), "both had something to do"


def test_who_saves_second_is_shown_both_and_asked(mine: Page, theirs: Page, live_desk: str) -> None:
    incident = make_case()
    address = f"{live_desk}/review/{incident.pk}/"
    for page in (mine, theirs):
        page.goto(address)
        expect(page.locator("#case[data-ready]")).to_be_attached()
        page.keyboard.press("n")
    expect(theirs.get_by_role("status").filter(has_text="Edda Itor has this one until")).to_be_visible()
    for page, number in ((mine, "7"), (theirs, "8")):
        page.locator("#field-killed [name=best]").fill(number)
    mine.keyboard.press("Enter")
    expect(mine.locator(".undo b")).to_contain_text("Killed")
    theirs.keyboard.press("Enter")
    strip = theirs.locator("#field-killed .strip")
    expect(strip).to_contain_text("It is now 5 – 9, best 7 (Edda Itor). You entered 5 – 9, best 8.")
    assert Incident.objects.get(pk=incident.pk).totals["killed"]["best"] == 7
    strip.get_by_role("button", name="Set mine over it").click()
    expect(theirs.locator("#field-killed .err")).to_have_text("Edda Itor set this value: say why it should change.")
    expect(theirs.locator("#field-killed [name=best]")).to_have_value("8")
    theirs.locator("#field-killed [name=reason]").fill("The hospital counted again.")
    theirs.keyboard.press("Enter")
    expect(theirs.locator(".undo b")).to_contain_text("Killed")
    assert Incident.objects.get(pk=incident.pk).totals["killed"]["best"] == 8
    assert Override.objects.filter(incident=incident).count() == 2, "what was replaced stays in the history"
