"""Splitting events off into an incident of their own, and moving them to another."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from incidents.deriving import derive_incidents, visible
from incidents.editing import Conflict, correct, merge, move, split, split_preview, undo
from incidents.models import Change, Incident
from incidents.verdicts import not_same_as
from tests.editing.test_merge import seen
from tests.factories import make_event

pytestmark = pytest.mark.django_db
Reported = Callable[..., Incident]


def numbers(incident: Incident) -> list[int]:
    return list(incident.events.order_by("pk").values_list("pk", flat=True))


def test_it_works(reported: Reported, editor: User) -> None:
    incident = reported(5, 7, 9)
    leaving = numbers(incident)[2:]
    stays, leaves = split_preview(incident, leaving)
    action, new = split(incident=incident, events=leaving, user=editor, reason="another day")
    assert (numbers(new), incident.article_count, new.killed_best) == (leaving, 2, 9)
    assert [visible(row) | {"review": ""} for row in (incident, new)] == [{**part, "review": ""} for part in (stays, leaves)]
    change = new.changes.get()
    assert (change.kind, change.taken_from, change.action) == ("split", incident.pk, action)
    assert change.state is not None
    assert change.state["killed"] == {"low": 9, "best": 9, "high": 9}
    assert new.revisions.get(field="split_from").after == incident.pk
    assert new.pk in not_same_as(incident.pk)


def test_undo_leads_back_to_where_it_came_from(reported: Reported, editor: User) -> None:
    incident = reported(5, 7)
    before = seen(incident)
    action, new = split(incident=incident, events=numbers(incident)[1:], user=editor)
    make_event(incident=new)  # joined since
    undo(action=action, user=editor)
    new.refresh_from_db()
    assert (new.merged_into_id, new.events.count(), incident.events.count()) == (incident.pk, 0, 3)
    incident.events.order_by("pk").last().delete()  # type: ignore[union-attr]
    derive_incidents([incident.pk])
    assert seen(incident) == before
    assert new.pk not in not_same_as(incident.pk)


def test_undo_is_refused_once_the_new_one_was_corrected(reported: Reported, editor: User) -> None:
    incident = reported(5, 7)
    action, new = split(incident=incident, events=numbers(incident)[1:], user=editor)
    correct(incident=new, field="type", value="raid", user=editor)
    with pytest.raises(ValidationError, match="was corrected since"):
        undo(action=action, user=editor)
    assert numbers(new)


@pytest.mark.parametrize(
    ("which", "words"), [("none", "Choose the reports"), ("all", "Leave at least one"), ("other", "not part of")]
)
def test_impossible_split_changes_nothing(reported: Reported, editor: User, which: str, words: str) -> None:
    incident, other = reported(5, 7), reported(1)
    chosen = {"none": [], "all": numbers(incident), "other": numbers(incident)[:1] + numbers(other)}[which]
    last = Change.objects.count()
    with pytest.raises(ValidationError, match=words):
        split(incident=incident, events=chosen, user=editor)
    assert (Change.objects.count(), Incident.objects.count()) == (last, 2)


def test_split_of_what_changed_meanwhile_asks(reported: Reported, editor: User, colleague: User) -> None:
    incident = reported(5, 7)
    version = incident.version
    correct(incident=incident, field="type", value="raid", user=colleague)
    with pytest.raises(Conflict):
        split(incident=incident, events=numbers(incident)[1:], user=editor, expected_version=version)


def test_moving_all_reports_away_takes_the_incident_out_of_sight(reported: Reported, editor: User) -> None:
    one, other = reported(5), reported(7)
    before = seen(one, other)
    action = move(events=numbers(one), to=other, user=editor)
    one.refresh_from_db()
    assert one.deleted_at is not None
    assert other.article_count == 2
    undo(action=action, user=editor)
    one.refresh_from_db()
    assert one.deleted_at is None
    assert seen(one, other) == before


def test_not_the_same_holds_through_merges(reported: Reported, editor: User) -> None:
    incident, third = reported(5, 7), reported(9)
    _action, new = split(incident=incident, events=numbers(incident)[1:], user=editor)
    merge(keep=third, gone=new, user=editor)
    assert not_same_as(incident.pk) == {third.pk}
    assert incident.pk in not_same_as(third.pk)
