"""The change log in pages: in order, from any number, each entry with the state of its own version or none."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.deriving import derive_incidents
from incidents.editing import correct, delete, merge, split
from incidents.models import Change, Incident
from tests.api.conftest import get
from tests.factories import make_count, make_event

__all__ = ["get"]  # the fixture
pytestmark = pytest.mark.django_db


def stored(n: int = 1) -> list[Incident]:
    """Return incidents with one report each, told in the log in this order."""
    rows = [Incident.objects.create(type="other", family="other") for _ in range(n)]
    for row in rows:
        make_count(make_event(incident=row), "killed", 5)
        derive_incidents([row.pk])
        row.refresh_from_db()
    return rows


def test_it_works(get: Any, editor: User) -> None:
    first, second = stored(2)
    correct(incident=first, field="killed", value={"best": 7}, user=editor)
    page = get("changes/?after=0&include=incident")
    assert [(row["number"], row["kind"], row["incident"]) for row in page["results"]] == [
        (1, "created", first.pk),
        (2, "created", second.pk),
        (3, "updated", first.pk),
    ]
    assert (page["after"], page["more"]) == (3, False)
    old, whole, new = page["results"]
    assert (old["latest"], old["state"]) == (3, None)  # told of again by entry 3
    assert whole["state"] == get("incidents/?sort=oldest")["results"][1]
    assert new["state"]["totals"]["killed"]["best"] == 7
    assert get("changes/?after=3")["results"] == []


def test_pages_go_on_where_the_last_one_ended(get: Any, client: Client) -> None:
    stored(5)
    page = get("changes/?limit=2&include=incident")
    numbers = []
    while True:
        numbers += [row["number"] for row in page["results"]]
        if not page["more"]:
            break
        page = client.get(page["next"]).json()
    assert numbers == [1, 2, 3, 4, 5]


def test_states_are_given_on_demand(get: Any) -> None:
    stored()
    (entry,) = get("changes/")["results"]
    assert "state" not in entry
    assert entry["headline"]


def test_deleted_merged_and_split(get: Any, editor: User) -> None:
    gone, kept, other = stored(3)
    delete(incident=gone, user=editor, reason="a hoax")
    (entry,) = get("changes/?after=3&include=incident")["results"]
    assert (entry["kind"], entry["state"], entry["headline"], entry["latest"]) == ("deleted", None, "", 4)
    merge(keep=kept, gone=other, user=editor)
    entries = {row["kind"]: row for row in get("changes/?after=4&include=incident")["results"]}
    assert (entries["merged"]["incident"], entries["merged"]["into"], entries["merged"]["state"]) == (other.pk, kept.pk, None)
    assert entries["updated"]["state"]["article_count"] == 2
    last = get("changes/?after=4")["after"]
    made = split(incident=kept, events=[kept.events.latest("pk").pk], user=editor).incident
    entries = {row["kind"]: row for row in get(f"changes/?after={last}&include=incident")["results"]}
    assert (entries["split"]["incident"], entries["split"]["from"]) == (made.pk, kept.pk)
    assert entries["split"]["state"]["id"] == made.pk


def test_cursor_from_the_future(get: Any) -> None:
    stored()
    problem = get("changes/?after=9", status=409)
    assert problem["type"].endswith("#cursor-ahead")
    assert "backup" in problem["detail"]
    assert get("changes/stream/?after=9", status=409) == problem


def test_cursor_older_than_the_log(get: Any) -> None:
    stored(3)
    Change.objects.filter(number__lte=2).delete()
    problem = get("changes/?after=1", status=410)
    assert problem["type"].endswith("#cursor-expired")
    assert [row["number"] for row in get("changes/?after=2")["results"]] == [3]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("after=-1", "after"),
        ("after=1e3", "after"),
        ("after=99999999999999999999", "after"),
        ("after=%D9%A1", "after"),
        ("after=%00", "after"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("wait=61", "wait"),
        ("wait=x", "wait"),
        ("include=articles", "include"),
        ("type=bombing", "type"),
    ],
)
def test_what_cannot_be_used_is_named(get: Any, query: str, field: str) -> None:
    assert field in get(f"changes/?{query}", status=400)["errors"]


def test_stream_refuses_what_cannot_be_used(client: Client) -> None:
    answer = client.get("/api/v1/changes/stream/", headers={"Last-Event-ID": "x", "Accept": "text/event-stream"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "Last-Event-ID" in answer.json()["errors"]


def test_a_page_is_of_one_moment(get: Any) -> None:
    """Entries and states come by one statement: a write in between cannot tear them apart."""
    stored(3)
    with CaptureQueriesContext(connection) as done:
        get("changes/?include=incident")
    (query,) = [query["sql"] for query in done.captured_queries if "incidents_" in query["sql"]]
    assert "FROM incidents_change AS c JOIN incidents_incident AS i" in query
