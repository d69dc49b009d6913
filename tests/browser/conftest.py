"""Browser tests: Debian's Chromium, nothing but the desk reachable, every console error a failure."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.factories import make_incident, make_place

SLOW = 20_000  # milliseconds: a first page on a machine with other work to do
HASAKAH = (36.5, 40.75)
CHROMIUM = shutil.which("chromium")
expect.set_options(timeout=30_000)  # milliseconds: what a busy machine may need; it measures nothing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and skip it, counted, where there is none."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and not os.environ.get("REQUIRE_BROWSER"):
                item.add_marker(pytest.mark.skip(reason="no chromium: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use Debian's Chromium; root may only run it without its own sandbox."""
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
    ]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": arguments}


@pytest.fixture
def page(page: Page, live_desk: str) -> Iterator[Page]:
    """A page that may reach this machine only and must not complain; it is closed before the rows are taken from under it."""
    complaints: list[str] = []

    def outside(request: Request) -> None:
        if urlsplit(request.url).scheme in ("http", "https") and urlsplit(request.url).hostname != "127.0.0.1":
            complaints.append(f"outside request: {request.url}")

    page.on("request", outside)
    page.on("pageerror", lambda error: complaints.append(f"page error: {error}"))
    page.on("console", lambda message: complaints.append(f"console: {message.text}") if message.type == "error" else None)
    page.set_default_timeout(60_000)
    yield page
    page.close()
    assert complaints == []


@pytest.fixture
def sign_in(page: Page, live_desk: str) -> Callable[[User], None]:
    """Sign a person in by cookie."""

    def enter(user: User) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": live_desk}])

    return enter


@pytest.fixture
def seen(browser: Browser, page: Page, sign_in: Callable[[User], None], editor: User) -> Iterator[Callable[..., Page]]:
    """Open a page as an editor; axe writes inline styles while it measures, which the desk's own policy would refuse."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    sign_in(editor)

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:  # said of every page that is not there
            complaints.append(f"{message.page and message.page.url}: {message.text}")

    def open_it(**options: Any) -> Page:
        contexts.append(browser.new_context(bypass_csp=True, reduced_motion="reduce", **options))
        contexts[-1].add_cookies(page.context.cookies())  # type: ignore[arg-type]  # the same shape, told apart by name
        contexts[-1].on("console", heard)
        return contexts[-1].new_page()

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def incidents(transactional_db: None) -> None:
    """Thirty shootings in Hasakah, a raid in Mosul, a siege of ten days in Kabul, one report without a place."""
    for day in range(1, 31):
        make_incident(headline=f"Shooting number {day}", earliest=date(2022, 1, day), lat=HASAKAH[0], lon=HASAKAH[1])
    mosul = make_place(id="geonames:99072", name="Mosul", country="IQ", admin1="Nineveh", lat=36.335, lon=43.119)
    make_incident(
        headline="Raid in Mosul", type="raid", place=mosul, earliest=date(2022, 2, 10), killed_best=7, killed_low=5, killed_high=9
    )
    kabul = make_place(id="geonames:1138958", name="Kabul", country="AF", admin1="Kabul", lat=34.53, lon=69.17)
    make_incident(
        headline="Siege in Kabul",
        type="hostage_taking",
        place=kabul,
        earliest=date(2022, 3, 1),
        latest=date(2022, 3, 11),
        date_precision="days",
    )
    make_incident(headline="Somewhere in Syria", place_precision="country", lat=None, lon=None, earliest=date(2022, 2, 1))


@pytest.fixture
def desk(page: Page, live_desk: str, incidents: None) -> Callable[[str], Page]:
    """Open the desk at a query string and wait until all three views have answered."""

    def open_at(query: str = "") -> Page:
        page.goto(f"{live_desk}/{query}")
        expect(page.locator(".tl .bin").first).to_be_attached(timeout=SLOW)
        expect(page.locator("#map .mk").first).to_be_attached(timeout=SLOW)
        return page

    return open_at
