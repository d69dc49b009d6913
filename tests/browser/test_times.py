"""Moments in the reader's own zone, with the desk's beside them; days that are stated stay as they were stated."""

from datetime import UTC, date, datetime

from playwright.sync_api import Browser, expect

from incidents.models import Change
from tests.factories import make_incident


def test_moments_are_the_readers_and_days_are_the_articles(browser: Browser, live_desk: str) -> None:
    incident = make_incident(earliest=date(2022, 1, 20), changed_at=datetime(2022, 1, 31, 20, 30, tzinfo=UTC))
    Change.objects.create(number=1, incident=incident, kind="created", at=datetime(2022, 1, 31, 8, 5, tzinfo=UTC))
    for zone, kept, logged in (
        ("Asia/Kolkata", "1 Feb 2022, 02:00 (31 Jan 2022, 20:30 UTC)", "31 Jan, 13:35 (08:05 UTC)"),
        ("UTC", "31 Jan 2022, 20:30", "31 Jan, 08:05"),
    ):
        context = browser.new_context(timezone_id=zone)
        page = context.new_page()
        page.goto(f"{live_desk}{incident.get_absolute_url()}")
        expect(page.locator(".sure time")).to_have_text(kept)
        expect(page.locator(".facts")).to_contain_text("20 Jan 2022")
        page.goto(f"{live_desk}/changes/?after=2022-01-01")
        expect(page.locator(".cwhen time")).to_have_text(logged)
        expect(page.locator(".centry .rm")).to_contain_text("20 Jan 2022")
        context.close()
