"""Exports, dumps, saved searches and webhooks in a browser: nothing that axe finds, by day and night, wide and narrow."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from incidents.alerts import delivering, mailing, watching
from incidents.models import Delivery, Notice, SavedSearch, Webhook
from tests.factories import make_incident

LONG = "Shooting in Hasakah " + "and further along the long road to the east " * 6


@pytest.fixture
def addresses(transactional_db: None) -> dict[str, str]:
    """The pages, with something on each."""
    owner = User.objects.create_user("watcher", email="watcher@example.org", password="a-long-password-4")
    search = SavedSearch.objects.create(owner=owner, name="Heavy tolls in the north-east", query="country=SY&min=5", pace="daily")
    watching.start(search)
    for kind in Notice.Kind:
        incident = make_incident(headline=LONG[:280])
        Notice.objects.create(
            search=search, incident=incident, kind=kind, version=1, headline=incident.headline, words="killed 4 → 6"
        )
    hook = Webhook.objects.create(
        search=search, url="https://hooks.example.org/" + "a-very-long-path/" * 8, paused_why="paused by hand"
    )
    delivery = delivering.send_test(hook)
    attempt = {"at": "2026-01-02T03:04:05+00:00", "status": 503, "words": "Service Unavailable", "ms": 12}
    Delivery.objects.filter(pk=delivery.pk).update(attempts=[attempt, attempt | {"status": None, "words": "no answer"}])
    return {
        "export": "/export/?country=SY",
        "refused": "/export/csv/?cuontry=SY",
        "dumps": "/dumps/",
        "searches": "/searches/?min=5",
        "search": search.get_absolute_url(),
        "webhook": f"/webhooks/{hook.pk}/",
        "unsubscribe": f"/unsubscribe/{mailing.token(search)}/",
    }


def test_nothing_that_axe_finds_on_narrow_pages(
    page: Page, live_desk: str, addresses: dict[str, str], sign_in: Callable[[User], None]
) -> None:
    sign_in(User.objects.get(username="watcher"))
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 900})
    for name, address in addresses.items():
        if name == "refused":
            continue  # its status is an error, which the page fixture holds for a complaint
        page.goto(f"{live_desk}{address}")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{name} is {overflow} pixels wider than the window"


def test_save_be_told_and_take_away(
    page: Page, live_desk: str, addresses: dict[str, str], sign_in: Callable[[User], None]
) -> None:
    sign_in(User.objects.get(username="watcher"))
    page.goto(f"{live_desk}/searches/?type=shooting")
    page.get_by_label("Name").fill("Shootings")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Shootings", level=1)).to_be_visible()
    page.get_by_label("once an hour").check()
    page.get_by_role("button", name="Set").click()
    expect(page.get_by_label("once an hour")).to_be_checked()
    expect(page.get_by_text("Nothing has happened since it is watched.")).to_be_visible()
    page.get_by_role("link", name="Export").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert taken.value.suggested_filename.endswith("-csv.csv")
    assert len(taken.value.path().read_text().splitlines()) == 4
