"""The page of changes, and the reader's own mark of what has been seen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from incidents.models import Change, Incident, Revision
from tests.factories import make_incident

pytestmark = pytest.mark.django_db


def changed(number: int, incident: Incident, kind: str = "updated", **revision: object) -> None:
    change = Change.objects.create(number=number, incident=incident, kind=kind)
    if revision:
        Revision.objects.create(incident=incident, change=change, **revision)


def text(client: Client, query: str = "") -> str:
    response = client.get(f"/changes/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(client: Client, editor: User) -> None:
    incident = make_incident(headline="Attack on a convoy")
    best = {"low": 4, "best": 4, "high": 4}
    changed(
        1,
        incident,
        field="killed",
        before=best,
        after=best | {"best": 9, "low": 9, "high": 9},
        user=editor,
        why="the hospital's list",
    )
    page = text(client)
    assert "Attack on a convoy" in page
    assert "killed 4 → 9" in page
    assert "Edda Itor" in page
    assert "the hospital&#x27;s list" in page
    assert "<b>1</b> changed" in page


def test_a_new_one_says_what_people_have_changed_since(client: Client, editor: User) -> None:
    incident = make_incident()
    changed(1, incident, "created", field="type", before=None, after="raid", machine="rules 1")
    changed(2, incident, field="type", before="raid", after="shooting", user=editor)
    page = text(client)
    assert "<b>New</b>" in page
    assert "type raid → shooting" in page
    assert "type nothing → raid" not in page
    assert page.count('<li class="cstep">') == 1


def test_a_merged_incident_names_what_it_became(client: Client) -> None:
    kept = make_incident(headline="The one that stays")
    gone = make_incident(headline="The one that went", merged_into=kept)
    changed(1, gone, "merged")
    page = text(client)
    assert "now part of" in page
    assert "The one that stays" in page


def test_nothing_changed_says_so(client: Client) -> None:
    assert "Nothing changed since then." in text(client)


def test_a_first_visit_begins_yesterday_and_says_so(client: Client) -> None:
    changed(1, make_incident(headline="Of today"), "created")
    page = text(client)
    assert "This is your first visit. What changed since yesterday:" in page
    assert "Of today" in page


def test_a_visit_after_which_nothing_changed_goes_back_to_the_last_day_of_changes(client: Client) -> None:
    changed(1, make_incident(headline="Long ago"), "created")
    Change.objects.update(at=datetime(2022, 3, 4, 15, tzinfo=UTC))
    client.cookies["seen"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    page = text(client)
    assert "Nothing has changed since your last visit. Nothing has changed since yesterday either" in page
    assert "the last changes were on 4 Mar 2022:" in page
    assert "Long ago" in page
    assert "Nothing changed since then." in text(client, "?after=today")


def test_the_numbers_are_those_under_the_filter(client: Client) -> None:
    changed(1, make_incident(type="raid"), "created")
    changed(2, make_incident(type="riot"), "created")
    page = text(client, "?type=raid&after=week&since=nonsense")
    assert "<b>1</b> new" in page
    assert 'href="/?type=raid&amp;since=nonsense"><bdi>Raids</bdi>' in page
    assert "Not applied." in page
    assert '<input type="hidden" name="type" value="raid">' in page


def test_only_what_came_after_the_time_is_shown(client: Client) -> None:
    old, new = make_incident(headline="Old news"), make_incident(headline="Fresh news")
    changed(1, old, "created")
    changed(2, new, "created")
    Change.objects.filter(number=1).update(at=timezone.now() - timedelta(days=5))
    page = text(client)
    assert "Fresh news" in page
    assert "Old news" not in page
    assert "Old news" in text(client, "?after=2020-01-01")


def test_the_filter_holds_here_too(client: Client) -> None:
    changed(1, make_incident(headline="A raid", type="raid"), "created")
    changed(2, make_incident(headline="A riot", type="riot"), "created")
    page = text(client, "?type=raid")
    assert "A raid" in page
    assert "A riot" not in page


@pytest.mark.parametrize("after", ["tomorrow", "2022-02-31", "9999-99-99", "0001-01-01T00:00", "\x00"])
def test_a_time_that_is_none_is_never_an_error(client: Client, after: str) -> None:
    text(client, f"?after={after}")


def test_a_time_that_is_none_is_explained(client: Client) -> None:
    assert "is not a time" in text(client, "?after=tomorrow")


def test_pages_follow_each_other_without_a_gap(client: Client) -> None:
    for number in range(1, 53):
        changed(number, make_incident(headline=f"Number {number:02d}."), "created")
    first = text(client)
    assert "Number 52." in first
    assert "Number 02." not in first
    assert "before=3" in first
    assert "Number 02." in text(client, "?before=3")


def test_the_reader_alone_marks_as_seen(client: Client) -> None:
    client.cookies["seen"] = datetime(2022, 1, 1, tzinfo=UTC).isoformat()
    changed(1, make_incident(headline="Unseen"), "created")
    assert "<b>1</b> new" in client.get("/").content.decode()
    assert "<b>1</b> new" in client.get("/").content.decode()
    response = client.post("/changes/seen/", {"next": "/?type=raid"})
    assert response["Location"] == "/?type=raid"
    assert "Since your last visit" not in client.get("/").content.decode()


def test_seen_never_leads_elsewhere(client: Client) -> None:
    assert client.post("/changes/seen/", {"next": "https://elsewhere.example/"})["Location"] == "/"


def test_a_row_of_the_desk_says_what_changed(client: Client) -> None:
    client.cookies["seen"] = (timezone.now() - timedelta(hours=1)).isoformat()
    incident = make_incident(created_at=timezone.now() - timedelta(days=2))
    changed(1, incident, field="type", before="shooting", after="bombing", machine="rules 1")
    assert "type shooting → bombing" in client.get("/").content.decode()


def test_news_are_counted_from_a_number_under_the_filter(client: Client) -> None:
    changed(1, make_incident(type="raid"), "created")
    known = make_incident(type="raid")
    changed(2, known, "created")
    changed(3, known)
    changed(4, make_incident(type="riot"), "created")
    assert client.get("/changes/news/?number=0").json() == {"new": 3, "changed": 0}
    assert client.get("/changes/news/?number=2&type=raid").json() == {"new": 0, "changed": 1}
    assert client.get("/changes/news/?number=4").json() == {"new": 0, "changed": 0}


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30])
def test_news_from_no_number_are_refused(client: Client, number: str) -> None:
    assert client.get(f"/changes/news/?number={number}").status_code == 400
