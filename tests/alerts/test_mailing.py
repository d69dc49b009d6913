"""Digests through a real SMTP server: when they go, what they say, how they end."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from incidents.alerts import mailing
from incidents.models import SavedSearch
from incidents.tasks import mail_digests, watch_searches
from tests.alerts.conftest import Mailbox, follow, happened, report

pytestmark = pytest.mark.django_db


def _later(search: SavedSearch, **time: int) -> None:
    """Let so much time pass for the search."""
    search.refresh_from_db()
    SavedSearch.objects.filter(pk=search.pk).update(mail_due_at=search.mail_due_at - timedelta(**time))


def test_it_works(search: SavedSearch, mailbox: Mailbox) -> None:
    incident = happened()
    watch_searches()
    mail_digests()
    mail_digests()  # nothing new: no second mail
    (mail,) = mailbox.mails
    assert (mail["To"], mail["Subject"]) == ("watcher@example.org", "Heavy tolls: 1 incident")
    for part in ("plain", "html"):
        content: Any = mail.get_body((part,))
        assert incident.headline in content.get_content()
        assert f"https://desk.example/incidents/{incident.pk}/" in content.get_content()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Message-ID"].endswith("@desk.example>")


def test_each_incident_once_and_what_came_and_went_not_at_all(search: SavedSearch, mailbox: Mailbox) -> None:
    stays, goes = happened(), happened()
    follow(search)
    report(stays, 8)
    report(goes, 2)
    follow(search)
    mail_digests()
    (mail,) = mailbox.mails
    body: Any = mail.get_body(("plain",))
    text = body.get_content()
    assert text.count(f"/incidents/{stays.pk}/") == 1
    assert f"/incidents/{goes.pk}/" not in text
    assert "ENTERED" in text
    assert "CHANGED" not in text


@pytest.mark.parametrize(("pace", "pause"), [("once", {}), ("hourly", {"hours": 1}), ("daily", {"days": 1})])
def test_pace(search: SavedSearch, mailbox: Mailbox, pace: str, pause: dict[str, int]) -> None:
    SavedSearch.objects.filter(pk=search.pk).update(pace=pace)
    for number in (1, 2):
        happened()
        follow(search)
        mail_digests()
        if pause and number == 2:
            assert len(mailbox.mails) == 1
            _later(search, **pause)
            mail_digests()
    assert len(mailbox.mails) == 2


def test_server_that_refuses_gets_it_later(search: SavedSearch, mailbox: Mailbox) -> None:
    happened()
    follow(search)
    mailbox.refuses = True
    mail_digests()
    search.refresh_from_db()
    assert search.mail_error
    assert search.mail_due_at > timezone.now()
    mailbox.refuses = False
    mail_digests()
    assert mailbox.mails == []  # not yet
    _later(search, hours=6)
    mail_digests()
    assert len(mailbox.mails) == 1
    search.refresh_from_db()
    assert search.mail_error == ""


def test_one_click_ends_it(search: SavedSearch, mailbox: Mailbox) -> None:
    happened()
    follow(search)
    mail_digests()
    link = mailbox.mails[0]["List-Unsubscribe"].strip(" <>").removeprefix("https://desk.example")
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(link).status_code == 200
    search.refresh_from_db()
    assert search.pace == "once"  # looking ends nothing
    assert stranger.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    search.refresh_from_db()
    assert search.pace == ""
    happened()
    follow(search)
    mail_digests()
    assert len(mailbox.mails) == 1


def test_forged_link_ends_nothing(search: SavedSearch) -> None:
    forged = mailing.token(search)[:-2] + "xx"
    assert Client().post(f"/unsubscribe/{forged}/").status_code == 404
    search.refresh_from_db()
    assert search.pace == "once"


def test_hostile_headline_and_name(search: SavedSearch, mailbox: Mailbox) -> None:
    SavedSearch.objects.filter(pk=search.pk).update(name="<b>x</b>")
    incident = happened()
    follow(search)
    search.notices.update(headline="<script>alert(1)</script>\r\nBcc: all@example.org")
    mail_digests()
    (mail,) = mailbox.mails
    html: Any = mail.get_body(("html",))
    assert "<script>" not in html.get_content()
    assert "Bcc" not in mail
    assert incident.number in html.get_content()


def test_closed_account_gets_none(search: SavedSearch, mailbox: Mailbox) -> None:
    search.owner.is_active = False
    search.owner.save()
    happened()
    follow(search)
    mail_digests()
    assert mailbox.mails == []
