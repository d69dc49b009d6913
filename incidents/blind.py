"""Asking two editors to read the same incident blind, keeping their answers, and what comes of them.

Each sees the articles and what the machine read, never an override or the other's answer. When both have answered, differences
open a case in the review queue, and the answers count in the agreement of their fields.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents import corrections
from incidents.accounts import may_correct
from incidents.agreement import Agreement, agreement
from incidents.deriving import derive_incidents
from incidents.models import BlindAnswer, BlindReading, Incident, ReviewItem

FIELDS = ("type", "stage", "background", "date", "place", "killed", "wounded")
DIFFER = "editors_differ"
NEWEST = 5000  # answers that the agreement is computed from


@transaction.atomic
def ask(*, incident: Incident, editors: list[User], by: User) -> BlindReading:
    """Ask two editors. Raises ValidationError for one and the same, for nobody's editor, and while such a question is open."""
    incident = Incident.objects.select_for_update(no_key=True).defer("search").get(pk=incident.pk)
    if incident.merged_into_id is not None or incident.deleted_at is not None:
        raise ValidationError({"incident": _("This incident was merged or deleted.")})
    if len({editor.pk for editor in editors}) != 2:
        raise ValidationError({"second": _("Choose two different editors.")})
    for editor in editors:
        if not may_correct(editor):
            raise ValidationError({"first": _("%s is no editor.") % editor.get_username()})
    if BlindAnswer.objects.filter(reading__incident=incident, answered_at=None).exists():
        raise ValidationError({"incident": _("Two editors are reading this incident already.")})
    reading = BlindReading.objects.create(incident=incident, asked_by=by)
    BlindAnswer.objects.bulk_create(BlindAnswer(reading=reading, editor=editor) for editor in editors)
    return reading


@transaction.atomic
def answer(mine: BlindAnswer, values: Mapping[str, Any]) -> bool:
    """Keep an editor's answer, checked as a correction is; return whether it was the second of the two.

    Raises ValidationError for a value that cannot stand, a field left out, and an answer given before.
    """
    BlindReading.objects.select_for_update().get(pk=mine.reading_id)  # the two may answer at once: one of them is the second
    mine.refresh_from_db()
    if mine.values is not None:
        raise ValidationError(_("You have answered already; an answer is final, or it would not be blind."))
    mine.values = {field: corrections.checked(field, values[field]) for field in FIELDS}
    mine.answered_at = timezone.now()
    mine.save()
    others = BlindAnswer.objects.filter(reading=mine.reading_id).exclude(pk=mine.pk)
    if any(other.values is None for other in others):
        return False
    if fields := [field for other in others for field in differences(mine.values, other.values)]:
        _put_in_queue(mine.reading.incident, fields)
    return True


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Return the fields on which two answers differ."""
    return [field for field in FIELDS if category(field, one.get(field)) != category(field, other.get(field))]


def category(field: str, value: Any) -> str:
    """Return what two answers must share to agree: the days, not how exactly they are known; the entry of the gazetteer, or that
    none is known; the best figure."""
    if field == "date":
        return f"{value['earliest']}..{value['latest']}" if value else "none"
    if field == "place":
        return str(value.get("place_id") or (value.get("name") or "").casefold() or "none") if value else "none"
    if isinstance(value, Mapping):
        return str(value.get("best"))
    return str(value)


def _put_in_queue(incident: Incident, fields: list[str]) -> None:
    names = ", ".join(str(corrections.FIELDS[field].name).lower() for field in fields)
    words = _("Two editors read it differently: %s.") % names
    values = {"words": words[:300], "state": ReviewItem.State.OPEN}
    ReviewItem.objects.update_or_create(reason=DIFFER, article=None, incident=incident, defaults=values)
    derive_incidents([incident.pk])  # which opens the case in the queue


def field_agreement() -> dict[str, Agreement | None]:
    """Return the agreement on each field over the newest pairs of answers."""
    rows = BlindAnswer.objects.exclude(answered_at=None).order_by("-reading_id", "editor_id").values_list("reading_id", "values")
    given: dict[int, list[Any]] = {}
    for reading, values in rows[:NEWEST]:
        given.setdefault(reading, []).append(values)
    pairs = [(one, other) for one, other, *_more in (values for values in given.values() if len(values) == 2)]
    return {
        field: agreement([(category(field, one.get(field)), category(field, other.get(field))) for one, other in pairs])
        for field in FIELDS
    }
