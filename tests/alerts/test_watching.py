"""What a search is told: what enters, changes materially inside, leaves; once each, nothing lost."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from incidents import changes
from incidents.alerts import watching
from incidents.deriving import derive_incidents
from incidents.models import Change, Delivery, Held, Incident, SavedSearch, Webhook
from tests.alerts.conftest import follow, happened, report
from tests.factories import make_article, make_event

pytestmark = pytest.mark.django_db


def _log(incident: Incident, kind: str) -> None:
    changes.log([changes.Entry(incident, kind)])


def test_enters_changes_and_leaves(search: SavedSearch) -> None:
    incident = happened(killed=4)
    assert follow(search) == []
    report(incident, 6)
    assert follow(search)[0][:2] == ("entered", incident.pk)
    report(incident, 9)
    (_, changed) = follow(search)
    assert changed[:2] == ("changed", incident.pk)
    assert "6" in changed[2]
    assert "9" in changed[2]
    report(incident, 3)
    left = follow(search)[-1]
    assert left[0] == "left"
    assert "no longer fits: killed 9 → 3" in left[2]
    assert not Held.objects.filter(search=search).exists()


def test_what_was_inside_at_the_start_is_not_told(watcher: Any) -> None:
    incident = happened(killed=7)
    search = SavedSearch.objects.create(owner=watcher, name="x", query="min=5")
    watching.start(search)
    assert follow(search) == []
    report(incident, 8)
    assert [told[0] for told in follow(search)] == ["changed"]


def test_nothing_is_told_twice(search: SavedSearch) -> None:
    happened()
    assert len(follow(search)) == 1
    SavedSearch.objects.filter(pk=search.pk).update(cursor=0)  # as if the log were read again
    search.refresh_from_db()
    assert len(follow(search)) == 1


def test_what_is_not_material_is_not_told(search: SavedSearch) -> None:
    incident = happened()
    follow(search)
    make_event(make_article("Another paper says the same."), incident=incident)
    derive_incidents([incident.pk])
    assert Change.objects.filter(incident=incident).count() == 2
    assert len(follow(search)) == 1


def test_what_came_back_to_what_it_was_is_not_told(search: SavedSearch) -> None:
    incident = happened()
    follow(search)
    report(incident, 9)
    report(incident, 5)
    assert len(follow(search)) == 1


def test_merged_and_deleted_leave_with_the_reason(search: SavedSearch) -> None:
    merged, deleted, into = happened(), happened(), happened()
    follow(search)
    Incident.objects.filter(pk=merged.pk).update(merged_into=into)
    Incident.objects.filter(pk=deleted.pk).update(deleted_at=timezone.now(), deleted_reason="a hoax")
    _log(Incident.objects.get(pk=merged.pk), Change.Kind.MERGED)
    _log(Incident.objects.get(pk=deleted.pk), Change.Kind.DELETED)
    left = follow(search)[3:]
    assert [(told[0], told[1]) for told in left] == [("left", merged.pk), ("left", deleted.pk)]
    assert f"merged into I-{into.pk}" in left[0][2]
    assert left[1][2] == "deleted: a hoax"
    Incident.objects.filter(pk=deleted.pk).update(deleted_at=None)
    _log(Incident.objects.get(pk=deleted.pk), Change.Kind.RESTORED)
    assert follow(search)[-1][:2] == ("entered", deleted.pk)


def test_failure_moves_nothing(search: SavedSearch, monkeypatch: pytest.MonkeyPatch) -> None:
    Webhook.objects.create(search=search, url="http://127.0.0.1:9/")
    incident = happened()

    def fails(*_arguments: object) -> str:
        raise RuntimeError("killed in the middle")

    with monkeypatch.context() as broken:
        broken.setattr(watching, "body", fails)
        with pytest.raises(RuntimeError):
            watching.advance(search.pk)
    assert not search.notices.exists()
    assert follow(search)[0][:2] == ("entered", incident.pk)
    assert Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_tell_once(search: SavedSearch) -> None:
    incidents = [happened() for _ in range(5)]

    def work() -> None:
        try:
            while watching.advance(search.pk):
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told[1] for told in follow(search)) == sorted(incident.pk for incident in incidents)


def test_log_that_went_back_is_followed_from_there(search: SavedSearch) -> None:
    SavedSearch.objects.filter(pk=search.pk).update(cursor=1_000_000)
    assert search.pk in watching.due()
    watching.advance(search.pk)
    happened()
    assert len(follow(search)) == 1


def test_too_wide_is_refused(watcher: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    happened()
    monkeypatch.setattr(watching, "MOST_HELD", 0)
    search = SavedSearch.objects.create(owner=watcher, name="x")
    with pytest.raises(watching.TooWide):
        watching.start(search)
    search.refresh_from_db()
    assert not search.watched
