"""Correcting single reports, adding them by hand, rejecting them; adding incidents and places."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from geo.models import Place
from incidents.deriving import derive_incidents, visible
from incidents.editing import (
    Conflict,
    add_event,
    add_incident,
    add_place,
    confirm,
    correct,
    correct_event,
    merge,
    reject_event,
    revert_account,
    revert_field,
    undo,
)
from incidents.joining import join_article
from incidents.models import Event, Incident, Override
from tests.editing.test_merge import seen
from tests.factories import make_article, make_event

pytestmark = pytest.mark.django_db
Reported = Callable[..., Incident]


def only_event(incident: Incident) -> Event:
    return incident.events.get()


def test_a_corrected_report_counts_as_corrected(reported: Reported, editor: User) -> None:
    incident = reported(5)
    before, event = seen(incident), only_event(incident)
    values: dict[str, Any] = {
        "type": "bombing",
        "date": {"earliest": "2022-01-19", "latest": "2022-01-19", "precision": "day"},
        "actors": [{"name": "Border Guard", "role": "victim", "claimant": "a monitor"}],
        "counts": [{"outcome": "killed", "best": 6, "low": 6, "high": 6, "claimant": "police", "span": [7, 13]}],
    }
    action = correct_event(event=event, values=values, user=editor)
    incident.refresh_from_db()
    assert (incident.type, str(incident.earliest), incident.killed_best) == ("bombing", "2022-01-19", 6)
    assert [(actor["name"], actor["role"]) for actor in incident.actors] == [("Border Guard", "victim")]
    assert (event.counts.get().claimant, event.counts.get().span) == ("police", {"span": [7, 13]})
    undo(action=action, user=editor)
    assert seen(incident) == before
    event.refresh_from_db()
    assert event.touched_at is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "what to correct"),
        ({"headline": "x"}, "no field of a report"),
        ({"counts": [{"outcome": "killed", "low": 9, "best": 5}]}, "Best lies below low"),
        ({"counts": [{"outcome": "killed", "best": -1}]}, "negative"),
        ({"counts": [{"outcome": "hurt", "best": 1}]}, "no outcome"),
        ({"counts": [{"outcome": "killed"}]}, "Give a number"),
        ({"counts": [{"outcome": "killed", "best": 1, "span": [0, 9999]}]}, "lies outside the text"),
        ({"actors": [{"name": " "}]}, "Name the party"),
        ({"actors": [{"name": "police", "role": "hero"}]}, "no role"),
        ({"actors": "police"}, "Give a list"),
        ({"date": {"earliest": "2022-02-30", "latest": "2022-02-30"}}, "no day"),
    ],
)
def test_impossible_values_change_nothing(reported: Reported, editor: User, values: dict[str, Any], words: str) -> None:
    incident = reported(5)
    before = seen(incident)
    with pytest.raises(ValidationError, match=words):
        correct_event(event=only_event(incident), values=values, user=editor)
    assert seen(incident) == before


def test_rejected_report_counts_nowhere_and_gets_no_incident(reported: Reported, editor: User) -> None:
    incident = reported(5, 7)
    before = seen(incident)
    event = incident.events.order_by("pk")[1]
    action = reject_event(event=event, user=editor, reason="a film")
    incident.refresh_from_db()
    assert incident.article_count == 1
    join_article(event.article)
    event.refresh_from_db()
    assert event.incident is None
    undo(action=action, user=editor)
    assert seen(incident) == before


def test_report_added_by_hand(reported: Reported, editor: User) -> None:
    incident = reported(5)
    article = make_article("Later a second blast killed three in Hasakah.")
    values = {"type": "bombing", "counts": [{"outcome": "killed", "best": 3}]}
    action, event = add_event(article=article, span=[0, 25], values=values, user=editor)
    assert event.incident is not None
    assert (event.incident.type, event.incident.killed_best, event.incident.article_count) == ("bombing", 3, 1)
    undo(action=action, user=editor)
    event.refresh_from_db()
    assert event.incident is None
    add_event(article=article, span=[0, 25], values=values, user=editor, incident=incident)
    incident.refresh_from_db()
    assert incident.article_count == 2
    with pytest.raises(ValidationError, match="outside the text"):
        add_event(article=article, span=[40, 400], values=values, user=editor)


def test_incident_added_by_hand(editor: User) -> None:
    values = {"type": "raid", "date": {"earliest": "2022-02-01", "latest": "2022-02-01"}, "killed": {"best": 2}}
    action, incident = add_incident(values=values, user=editor)
    assert (incident.type, incident.killed_best, incident.article_count) == ("raid", 2, 0)
    assert incident.changes.get().kind == "created"
    undo(action=action, user=editor)
    incident.refresh_from_db()
    assert incident.deleted_at is not None
    with pytest.raises(ValidationError, match="Choose the type"):
        add_incident(values={}, user=editor)


def test_own_place_and_what_is_left_when_it_is_deleted(reported: Reported, editor: User) -> None:
    incident, place = reported(5), add_place(name="Nour farm", country="SY", lat=36.4, lon=40.6)
    assert place == add_place(name="Nour farm", country="SY", lat=36.4, lon=40.6)
    correct(incident=incident, field="place", value={"place_id": place.pk, "precision": "site"}, user=editor)
    Place.objects.filter(pk=place.pk).delete()
    derive_incidents([incident.pk])
    incident.refresh_from_db()
    assert (incident.place_name, incident.lat, incident.place_id) == ("Nour farm", 36.4, None)
    with pytest.raises(ValidationError, match=r"no place “own:.*\(any more\)"):
        correct(incident=incident, field="place", value={"place_id": place.pk, "precision": "site"}, user=editor)
    with pytest.raises(ValidationError, match="Latitude"):
        add_place(name="Nowhere", lat=91, lon=0)


def test_words_shown_for_a_value_are_kept(reported: Reported, editor: User) -> None:
    incident = reported(5)
    article = only_event(incident).article
    shown = [{"article": article.pk, "span": [7, 15]}]
    override = correct(incident=incident, field="killed", value={"best": 5}, user=editor, evidence=shown)
    assert override.evidence == [{"article": article.pk, "span": [7, 15], "quote": "killed 5"}]
    for span in ([7, 7], [-1, 4], [0, 10**6], "words", [True, 4]):
        with pytest.raises(ValidationError, match="lies outside the text"):
            correct(incident=incident, field="killed", value=None, user=editor, evidence=[{"article": article.pk, "span": span}])
    with pytest.raises(ValidationError, match="no article 0"):
        correct(incident=incident, field="killed", value=None, user=editor, evidence=[{"article": 0, "span": [0, 1]}])
    assert Override.objects.count() == 1


def test_edit_of_what_changed_meanwhile_carries_both(reported: Reported, editor: User, colleague: User) -> None:
    incident = reported(5)
    seen_version = incident.version
    correct(incident=incident, field="killed", value={"best": 6}, user=colleague)
    with pytest.raises(Conflict) as caught:
        correct(
            incident=incident, field="killed", value={"best": 9}, user=editor, reason="own count", expected_version=seen_version
        )
    conflict = caught.value
    assert (conflict.field, conflict.who, conflict.version) == ("killed", colleague, incident.version)
    assert (conflict.yours["best"], conflict.now["best"]) == (9, 6)
    correct(incident=incident, field="type", value="raid", user=editor, expected_version=seen_version)  # another field
    assert incident.killed_best == 6


def test_confirmed_value_is_not_changed_without_a_word(reported: Reported, editor: User, colleague: User) -> None:
    incident = reported(5)
    action = confirm(incident=incident, user=colleague)
    assert incident.review_status == "reviewed"
    with pytest.raises(ValidationError, match="Colin League confirmed"):
        correct(incident=incident, field="type", value="raid", user=editor)
    correct(incident=incident, field="type", value="raid", user=editor, reason="seen on film")
    assert incident.type == "raid"
    undo(action=action, user=colleague)
    incident.refresh_from_db()
    assert (incident.confirmed_by, incident.type) == (None, "raid")


def test_parties_of_an_incident(reported: Reported, editor: User) -> None:
    incident = reported(5)
    parties = [{"name": "Border Guard", "role": "victim"}, {"name": "Border Guard", "role": "victim"}]
    correct(incident=incident, field="actors", value=parties, user=editor)
    assert [(actor["name"], actor["role"]) for actor in incident.actors] == [("Border Guard", "victim")]


def test_one_field_is_put_back(reported: Reported, editor: User, colleague: User) -> None:
    incident = reported(5)
    correct(incident=incident, field="type", value="raid", user=editor)
    correct(incident=incident, field="type", value="riot", user=colleague, reason="footage")
    first, second = incident.revisions.filter(field="type").order_by("pk")
    with pytest.raises(ValidationError, match="Colin League set this value: say why"):
        revert_field(revision=second, user=editor)
    revert_field(revision=second, user=editor, reason="it was another street")
    incident.refresh_from_db()
    assert incident.type == "raid"
    revert_field(revision=first, user=editor)
    incident.refresh_from_db()
    assert incident.type == "shooting"
    assert not incident.overrides.filter(taken_back_at=None).exists()  # it follows its reports again
    with pytest.raises(ValidationError, match="that value already"):
        revert_field(revision=first, user=editor)


def test_machines_change_is_put_back_as_a_persons_value(reported: Reported, editor: User) -> None:
    incident = reported(5)
    before = visible(incident)
    for _ in range(3):
        make_event(incident=incident, type="bombing")
    derive_incidents([incident.pk])
    revert_field(revision=incident.revisions.get(field="type"), user=editor)
    incident.refresh_from_db()
    assert incident.type == before["type"]
    with pytest.raises(ValidationError, match="no field"):
        revert_field(revision=incident.revisions.filter(field="reports")[0], user=editor)


def test_an_earlier_correction_is_undone_under_a_later_one(reported: Reported, editor: User) -> None:
    incident = reported(5)
    event = only_event(incident)
    first = correct_event(event=event, values={"type": "bombing"}, user=editor)
    second = correct_event(event=event, values={"stage": "attempted"}, user=editor)
    undo(action=first, user=editor)
    event.refresh_from_db()
    assert (event.type, event.stage, event.touched_at is not None) == ("shooting", "attempted", True)
    undo(action=second, user=editor)
    event.refresh_from_db()
    assert (event.stage, event.touched_at) == ("accomplished", None)
    one = correct(incident=incident, field="type", value="raid", user=editor)
    correct(incident=incident, field="killed", value={"best": 6}, user=editor)
    assert one.action is not None
    undo(action=one.action, user=editor)
    incident.refresh_from_db()
    assert (incident.type, incident.killed_best, incident.review_status) == ("shooting", 6, "reviewed")


def test_everything_an_account_did_is_undone_but_for_what_others_built_on(
    reported: Reported, editor: User, colleague: User
) -> None:
    one, other = reported(5), reported(7, 8)
    before, start = seen(one, other), timezone.now()
    correct(incident=one, field="type", value="raid", user=editor)
    correct(incident=one, field="killed", value={"best": 6}, user=editor)
    correct(incident=one, field="type", value="riot", user=colleague, reason="footage")
    merge(keep=other, gone=one, user=editor)
    result = revert_account(account=editor, since=start, user=colleague, reason="a stolen password")
    assert [action.kind for action in result.undone] == ["merge", "correct"]
    assert [(action.kind, why) for action, why in result.refused] == [
        (
            "correct",
            f"Colin League corrected a field later (action {one.overrides.get(value='riot').action_id}): undo that first.",
        )
    ]
    after = seen(one, other)
    assert (after[0]["type"], after[0]["killed"]) == ("riot", before[0]["killed"])
    assert after[1] == before[1]


def test_undo_of_undo_of_undo(reported: Reported, editor: User) -> None:
    event = only_event(reported(9))
    action = reject_event(event=event, user=editor)
    last = action
    for turn in range(4):
        last = undo(action=last, user=editor)
        event.refresh_from_db()
        action.refresh_from_db()
        stands = turn % 2 == 1
        assert (event.rejected_at is not None, event.touched_at is not None, action.undone_at is None) == (stands, stands, stands)
