"""Merging two incidents: one action, previewed, with an address that leads on for ever; undo restores exactly what was."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from incidents.deriving import derive_incidents, visible
from incidents.editing import Conflict, correct, delete, merge, merge_preview, move, not_same, undo
from incidents.models import Change, Incident, MatchProposal, Override, ReviewCase
from incidents.verdicts import standing_for
from tests.factories import make_count, make_event

pytestmark = pytest.mark.django_db
Reported = Callable[..., Incident]


def seen(*incidents: Incident) -> list[dict[str, Any]]:
    """Return what is seen of the incidents and what they stand on."""
    for incident in incidents:
        incident.refresh_from_db()
    return [
        visible(incident)
        | {
            "merged_into": incident.merged_into_id,
            "events": sorted(incident.events.values_list("pk", flat=True)),
            "overrides": sorted(incident.overrides.filter(taken_back_at=None).values_list("pk", flat=True)),
            "proposals": sorted(incident.proposals.values_list("pk", "state")),
        }
        for incident in incidents
    ]


def test_it_works(reported: Reported, editor: User) -> None:
    keep, gone = reported(5), reported(7, 8)
    preview = merge_preview(keep, gone)
    action = merge(keep=keep, gone=gone, user=editor, reason="one attack")
    assert visible(keep) | {"review": ""} == preview.result | {"review": ""}
    assert (keep.article_count, gone.merged_into_id, gone.events.count()) == (3, keep.pk, 0)
    first, second = Change.objects.filter(action=action)
    assert {(change.incident_id, change.kind, change.into) for change in (first, second)} == {
        (gone.pk, "merged", keep.pk),
        (keep.pk, "updated", None),
    }
    assert gone.revisions.get(field="merged_into").after == keep.pk
    assert keep.revisions.filter(action=action, user=editor, why="one attack").exists()


def test_what_one_is_said_not_to_be_is_no_question_for_what_joins_it(reported: Reported, editor: User) -> None:
    keep, gone, other = reported(5), reported(7), reported(9)
    not_same(one=keep, other=other, user=editor)
    MatchProposal.objects.create(event=gone.events.get(), incident=other, score=4.5)
    derive_incidents([gone.pk, other.pk])
    other.refresh_from_db()
    assert ReviewCase.objects.get(incident=gone).reasons == ["possible_duplicate"]
    assert other.review_status == "needed"
    action = merge(keep=keep, gone=gone, user=editor)
    other.refresh_from_db()
    assert other.review_status == "unreviewed"
    assert MatchProposal.objects.get().state == "different"
    assert not ReviewCase.objects.filter(is_open=True, reasons__contains=["possible_duplicate"]).exists()
    undo(action=action, user=editor)
    assert MatchProposal.objects.get().state == "open"


def test_undo_restores_exactly_what_was(reported: Reported, editor: User) -> None:
    keep, gone = reported(5), reported(7)
    correct(incident=keep, field="type", value="raid", user=editor)
    correct(incident=gone, field="killed", value={"best": 9}, user=editor)
    MatchProposal.objects.create(event=gone.events.get(), incident=keep, score=4.5)
    derive_incidents([keep.pk, gone.pk])
    before = seen(keep, gone)
    action = merge(keep=keep, gone=gone, user=editor)
    assert (keep.type, keep.killed_best) == ("raid", 5)  # the other's override is kept aside
    assert MatchProposal.objects.get().state == "same"
    undo(action=action, user=editor)
    assert seen(keep, gone) == before
    assert list(gone.changes.order_by("-number").values_list("kind", flat=True))[:2] == ["restored", "merged"]


def test_undo_can_be_undone(reported: Reported, editor: User) -> None:
    keep, gone = reported(5), reported(7)
    correct(incident=gone, field="killed", value={"best": 9}, user=editor)
    action = merge(keep=keep, gone=gone, user=editor)
    after = seen(keep, gone)
    undone = undo(action=action, user=editor)
    undo(action=undone, user=editor)
    assert seen(keep, gone) == after
    action.refresh_from_db()
    assert action.undone_at is None


def test_addresses_lead_through_merges_of_merges(reported: Reported, editor: User) -> None:
    first, second, third = reported(1), reported(2), reported(3)
    merge(keep=second, gone=first, user=editor)
    merge(keep=third, gone=second, user=editor)
    assert standing_for([first.pk, second.pk, third.pk]) == dict.fromkeys([first.pk, second.pk, third.pk], third.pk)
    assert third.article_count == 3


@pytest.mark.parametrize(
    ("pair", "words"), [((0, 0), "into itself"), ((1, 2), "is part of"), ((0, 1), "was merged into"), ((0, 3), "was deleted")]
)
def test_impossible_merge_changes_nothing(reported: Reported, editor: User, pair: tuple[int, int], words: str) -> None:
    rows = [reported(1), reported(2), reported(3), reported(4)]
    merge(keep=rows[2], gone=rows[1], user=editor)
    delete(incident=rows[3], user=editor, reason="a hoax")
    last = Change.objects.count()
    with pytest.raises(ValidationError, match=words):
        merge(keep=rows[pair[0]], gone=rows[pair[1]], user=editor)
    assert Change.objects.count() == last


def test_merge_of_what_changed_meanwhile_asks(reported: Reported, editor: User, colleague: User) -> None:
    keep, gone = reported(5), reported(7)
    versions = keep.version, gone.version
    correct(incident=gone, field="type", value="raid", user=colleague)
    with pytest.raises(Conflict, match=f"I-{gone.pk} changed"):
        merge(keep=keep, gone=gone, user=editor, expected_versions=versions)
    assert gone.merged_into_id is None


def test_undo_is_refused_where_something_was_built_on_it(reported: Reported, editor: User) -> None:
    keep, gone, other = reported(5), reported(7), reported(1)
    action = merge(keep=keep, gone=gone, user=editor)
    later = move(events=[keep.events.order_by("-pk")[0].pk], to=other, user=editor)
    with pytest.raises(ValidationError, match=f"moved reports later .action {later.pk}.: undo that first"):
        undo(action=action, user=editor)
    gone.refresh_from_db()
    assert gone.merged_into_id == keep.pk
    undo(action=later, user=editor)
    undo(action=action, user=editor)
    assert (keep.events.count(), gone.events.count(), other.events.count()) == (1, 1, 1)


def test_correction_of_a_merged_one_is_undone_after_the_merge(reported: Reported, editor: User) -> None:
    keep, gone = reported(5), reported(7)
    override = correct(incident=gone, field="type", value="raid", user=editor)
    merge(keep=keep, gone=gone, user=editor)
    assert override.action is not None
    with pytest.raises(ValidationError, match="was merged into"):
        undo(action=override.action, user=editor)
    assert Override.objects.get(pk=override.pk).taken_back_at is None


def test_what_came_after_the_merge_stays(reported: Reported, editor: User) -> None:
    keep, gone = reported(5), reported(7)
    action = merge(keep=keep, gone=gone, user=editor)
    make_count(make_event(incident=keep), best=11)
    derive_incidents([keep.pk])
    undo(action=action, user=editor)
    keep.refresh_from_db()
    assert (keep.article_count, gone.events.count()) == (2, 1)


def test_undone_once(reported: Reported, editor: User) -> None:
    action = merge(keep=reported(5), gone=reported(7), user=editor)
    undo(action=action, user=editor)
    with pytest.raises(ValidationError, match="undone already"):
        undo(action=action, user=editor)
