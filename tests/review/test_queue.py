"""The review queue: what opens a case, what it is worth, and who gets it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from incidents import queue, waiting
from incidents.deriving import derive_incidents
from incidents.editing import correct
from incidents.filters import IncidentFilter
from incidents.models import Incident, MatchProposal, ReviewCase, ReviewItem
from tests.factories import make_article, make_count, make_event, make_place, make_source

pytestmark = pytest.mark.django_db
ALL = IncidentFilter(QueryDict())


def told(killed: int = 5, said: date = date(2022, 1, 22), **values: Any) -> Incident:
    """An incident with one report; undated unless told otherwise, so that it waits in the queue."""
    row = Incident.objects.create(type="other", family="other")
    values.setdefault("earliest", None)
    values.setdefault("date", None)
    event = make_event(make_article(published_on=said), incident=row, **values)
    make_count(event, "killed", killed)
    derive_incidents([row.pk])
    row.refresh_from_db()
    return row


def inside(asked: str = "", reason: str = "") -> list[Incident]:
    """The incidents that wait, in their order."""
    return [case.incident for case in waiting.Waiting(IncidentFilter(QueryDict(asked)), reason)[:40]]


def reasons(incident: Incident) -> list[str]:
    derive_incidents([incident.pk])
    case = ReviewCase.objects.filter(incident=incident, is_open=True).first()
    return case.reasons if case else []


def test_what_is_certain_waits_for_nobody() -> None:
    assert not ReviewCase.objects.filter(incident=told(earliest=date(2022, 1, 20), date={})).exists()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "no_date"),
        ({"earliest": date(2022, 1, 20), "place_read": None}, "no_place"),
        ({"earliest": date(2022, 1, 20), "confidence": 0.2}, "low_confidence"),
    ],
)
def test_what_is_missing_or_unsure_opens_a_case(values: dict[str, Any], reason: str) -> None:
    assert reasons(told(**values)) == [reason]


def test_rival_claims_open_a_case_and_one_claimants_range_does_not() -> None:
    row = told(earliest=date(2022, 1, 20))
    event = row.events.get()
    event.counts.update(claimant="police")
    event.counts.create(outcome="killed", ordinal=1, low=9, best=9, high=9, claimant="police", span={"span": [0, 5]})
    assert reasons(row) == []
    make_count(make_event(make_article(source=make_source("Other")), incident=row), "killed", 14, claimant="a hospital")
    assert "conflicting_claims" in reasons(row)
    detail = next(one["detail"] for one in ReviewCase.objects.get(incident=row).grounds if one["field"] == "killed")
    assert 14 in detail["numbers"]
    assert "a hospital" in detail["claimants"]


def test_a_place_with_a_namesake_opens_a_case_unless_the_text_names_its_country() -> None:
    lebanon, libya = "geonames:266826", "geonames:2210247"
    tripoli = make_place(id=libya, name="Tripoli", country="LY", lat=32.887, lon=13.187)
    read = {"name": "Tripoli", "precision": "settlement", "place_id": libya, "country": "LY", "candidates": [
        {"place_id": lebanon, "score": 4.9}]}  # fmt: skip
    row = told(earliest=date(2022, 1, 20), place=tripoli, place_read=read)
    assert reasons(row) == ["ambiguous_place"]
    article = row.events.get().article
    article.toponyms = [{"name": "Libya", "place_id": "geonames:2215636", "country": "LY"}]
    article.save()
    assert reasons(row) == []


@pytest.mark.parametrize(
    ("chosen", "other", "why"),
    [
        (("geonames:2210394", "Tajura", "LY", 32.88, 13.35), "geonames:2210247", "it lies beside it"),
        (("geonames:2988507", "Paris", "FR", 48.85, 2.35), "geonames:4717560", "it is far smaller"),
    ],
)
def test_a_namesake_that_nobody_would_mean_opens_none(chosen: tuple[str, str, str, float, float], other: str, why: str) -> None:
    number, name, country, lat, lon = chosen
    town = make_place(id=number, name=name, country=country, lat=lat, lon=lon)
    read = {"name": name, "precision": "settlement", "place_id": number, "country": country, "candidates": [{"place_id": other}]}
    assert reasons(told(earliest=date(2022, 1, 20), place=town, place_read=read)) == [], why


def test_two_extractors_that_differ_open_a_case() -> None:
    row = told(earliest=date(2022, 1, 20))
    make_event(row.events.get().article, incident=row, extractor="model 2", type="raid", ordinal=7)
    assert "model_disagreement" in reasons(row)


def test_a_possible_duplicate_is_one_case_and_goes_with_the_decision() -> None:
    known, new = told(earliest=date(2022, 1, 20)), told(earliest=date(2022, 1, 20))
    proposal = MatchProposal.objects.create(event=new.events.get(), incident=known, score=2.0)
    assert (reasons(new), reasons(known)) == (["possible_duplicate"], [])
    Incident.objects.filter(pk=known.pk).update(deleted_at=timezone.now())
    assert reasons(new) == [], "nobody is asked about what was deleted"
    Incident.objects.filter(pk=known.pk).update(deleted_at=None)
    proposal.state = MatchProposal.State.DIFFERENT
    proposal.save()
    assert reasons(new) == []


def test_what_others_ask_for_waits_too() -> None:
    row = told(earliest=date(2022, 1, 20))
    ReviewItem.objects.create(reason="changed_article", words="It was changed.", article=row.events.get().article)
    assert reasons(row) == ["changed_article"]


def test_a_persons_value_is_certain(editor: User) -> None:
    row = told()
    correct(incident=row, field="date", value={"earliest": "2022-01-20", "latest": "2022-01-20"}, user=editor)
    assert reasons(row) == []


def test_the_most_valuable_comes_first() -> None:
    small, large, old = told(2), told(200), told(200, said=date(2021, 1, 1))
    assert inside() == [large, small, old]
    more = told(200, confidence=0.1)
    assert inside()[0] == more


def test_what_was_done_stays_done_until_there_is_something_new(editor: User) -> None:
    row = told()
    case = ReviewCase.objects.get(incident=row)
    queue.assign(case, editor, editor)
    assert queue.done(case, editor)
    case.refresh_from_db()
    assert (case.taken_by, case.assigned_to, case.done_by) == (None, None, editor)
    assert reasons(row) == []
    row.events.update(confidence=0.1)
    assert reasons(row) == ["low_confidence"]


def test_the_filter_narrows_the_queue_and_its_counts() -> None:
    near, far = told(), told(place_read=None, confidence=0.1)
    assert waiting.Waiting(ALL).by_reason() == {"no_date": 2, "no_place": 1, "low_confidence": 1}
    asked = IncidentFilter(QueryDict("country=SY"))
    assert inside("country=SY") == [near]
    assert waiting.Waiting(asked).by_reason() == {"no_date": 1}
    assert inside(reason="no_place") == [far]


def test_a_deleted_incident_leaves_the_queue() -> None:
    row = told()
    row.events.all().delete()
    assert reasons(row) == []


def test_taking_skipping_and_the_end_of_a_lease(editor: User, administrator: User) -> None:
    first, second = told(50), told(5)
    mine = waiting.take_next(editor, ALL)
    assert mine
    assert mine.incident == first
    assert waiting.take_next(editor, ALL) == mine, "who comes back finds what they had"
    theirs = waiting.take_next(administrator, ALL)
    assert theirs
    assert theirs.incident == second
    assert not queue.take(mine, administrator)
    assert not queue.done(mine, administrator)
    queue.skip(mine, editor)
    assert waiting.take_next(editor, ALL) is None, "one is skipped, the other taken"
    ReviewCase.objects.update(taken_until=timezone.now() - timedelta(minutes=1))
    assert waiting.take_next(editor, ALL) == theirs


def test_what_is_assigned_goes_to_the_colleague_first(editor: User, administrator: User) -> None:
    small, _large = told(2), told(500)
    queue.assign(ReviewCase.objects.get(incident=small), administrator, editor)
    given = waiting.take_next(administrator, ALL)
    assert given
    assert given.incident == small
    queue.assign(given, None, editor)
    given.refresh_from_db()
    assert given.assigned_to is None


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_never_get_the_same(editor: User, administrator: User) -> None:
    for n in range(8):
        told(n)
    start = Barrier(2)

    def takes(user: User) -> Callable[[], list[int]]:
        def job() -> list[int]:
            found = []
            try:
                start.wait(timeout=10)
                while case := waiting.take_next(user, ALL):
                    found.append(case.pk)
                    ReviewCase.objects.filter(pk=case.pk).update(skipped_by=[user.pk])
            finally:
                connection.close()
            return found

        return job

    with ThreadPoolExecutor(2) as pool:
        one, other = [future.result() for future in [pool.submit(takes(user)) for user in (editor, administrator)]]
    assert not set(one) & set(other)
    assert len(one) + len(other) == 8


def test_one_who_skipped_many_gets_what_comes_after_them(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_LOOK", 1)
    rows = [told(5 + n) for n in range(4)]
    ReviewCase.objects.filter(incident__in=rows[1:]).update(skipped_by=[editor.pk])
    found = waiting.take_next(editor, ALL)
    assert found
    assert found.incident == rows[0]


def test_what_one_holds_under_another_filter_is_not_given_again(editor: User) -> None:
    here, there = told(), told(place_read=None, confidence=0.1)
    assert queue.take(ReviewCase.objects.get(incident=there), editor)
    found = waiting.take_next(editor, IncidentFilter(QueryDict("country=SY")))
    assert found
    assert found.incident == here


def test_whatever_writes_a_case_the_queue_follows() -> None:
    small, large = told(2), told(200)
    assert inside() == [large, small]
    ReviewCase.objects.filter(incident=small).update(value=900)
    assert inside() == [small, large]
    ReviewCase.objects.filter(incident=small).update(reasons=["no_place"])
    assert waiting.Waiting(ALL).by_reason() == {"no_date": 1, "no_place": 1}
    ReviewCase.objects.filter(incident=small).update(is_open=False)
    assert inside() == [large]
    ReviewCase.objects.filter(incident=large).delete()
    assert inside() == []


def test_a_skipped_case_comes_back_with_something_new_to_see(editor: User) -> None:
    row = told()
    queue.skip(ReviewCase.objects.get(incident=row), editor)
    reasons(row)
    assert waiting.take_next(editor, ALL) is None, "nothing is new"
    row.events.update(confidence=0.1)
    reasons(row)
    assert waiting.take_next(editor, ALL) is not None


def test_what_is_given_to_a_colleague_is_given_to_nobody_else(editor: User, administrator: User) -> None:
    queue.assign(ReviewCase.objects.get(incident=told()), administrator, editor)
    assert waiting.take_next(editor, ALL) is None


def test_who_asks_for_one_reason_gets_none_of_another(editor: User) -> None:
    queue.take(ReviewCase.objects.get(incident=told(90)), editor)
    there = told(place_read=None)
    found = waiting.take_next(editor, ALL, "no_place")
    assert found
    assert found.incident == there, "though they hold one that has no date"
