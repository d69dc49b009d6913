"""Correcting a field of an incident, and taking a correction back.

A correction is an override above the machine's value; taking it back brings the machine's value back.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents import corrections, deriving
from incidents.actors import actors_named
from incidents.editing.acting import Act, Conflict, Kind, acting, standing
from incidents.editing.evidence import checked_evidence
from incidents.models import Incident, Override

Json = dict[str, Any]


def correct(
    *,
    incident: Incident,
    field: str,
    value: Any,
    user: User,
    reason: str = "",
    evidence: Sequence[Json] = (),
    expected_version: int | None = None,
) -> Override:
    """Set a field to a person's value, which stands until it is taken back or corrected again; return the override.

    `field` is a key of FIELDS, `value` as that entry describes it; `evidence` lists what shows it, each `{"article": id, "span":
    [start, end), "in": "title" where it stands there}`. Raises ValidationError with clear words, and writes nothing, for an
    impossible value, an unknown field, an incident that was merged or deleted, a confirmed value replaced without a reason; and
    Conflict where the field changed after `expected_version`.
    """
    checked = corrections.checked(field, value)
    shown = checked_evidence(evidence)
    with acting(Kind.CORRECT, user, reason) as act:
        row = standing(incident)
        _demand_unchanged(row, field, checked, expected_version)
        demand_reason(row, field, act.action.reason, user)
        override = put(act, row, field, checked, shown)
    incident.refresh_from_db()
    return override


def put(act: Act, incident: Incident, field: str, value: Any, evidence: Sequence[Json] = ()) -> Override:
    """Put an override on top of a field as part of an action; the one that stood there is taken back."""
    now = timezone.now()
    for known in incident.overrides.filter(field=field, taken_back_at=None):
        act.set(known, taken_back_at=now)
    value = with_actors(value) if field == "actors" else value
    made = {"made_by": act.action.user, "reason": act.action.reason, "action": act.action, "evidence": list(evidence)}
    override = Override.objects.create(
        incident=incident, field=field, value=value, made_at=now, taken_back_at=now, **made
    )  # fmt: skip
    act.set(override, taken_back_at=None)
    act.set(incident, reviewed_at=incident.reviewed_at or now)
    act.touch(incident)
    return override


def take_back(*, override: Override, user: User, reason: str = "") -> None:
    """Take a person's value back: the field follows its reports again. Once taken back, nothing more happens.

    Raises ValidationError where another person set or confirmed the value and no reason is given.
    """
    override.refresh_from_db()
    if override.taken_back_at is not None:
        return
    with acting(Kind.TAKE_BACK, user, reason or _("correction taken back")) as act:
        row = standing(override.incident_id)
        override.refresh_from_db()  # now under the lock
        if override.taken_back_at is None:
            demand_reason(row, override.field, corrections.checked_reason(reason), user)
            act.set(override, taken_back_at=timezone.now())
        act.touch(row)


def with_actors(value: list[Json]) -> list[Json]:
    """Return the parties with the rows they are, made where they are new."""
    rows = actors_named({party["name"] for party in value}, in_capitals=False)
    return [{"actor": rows[party["name"]].pk, "name": rows[party["name"]].name, "role": party["role"]} for party in value]


def _demand_unchanged(incident: Incident, field: str, value: Any, seen: int | None) -> None:
    """Raise Conflict where the field is no longer what the person saw. Other fields may have changed."""
    if seen is None or seen == incident.version:
        return
    last = incident.revisions.filter(field=field, change__number__gt=seen).select_related("user").first()
    if last is not None:
        now = deriving.visible(incident)[field]
        raise Conflict(incident, field, seen, yours=value, now=now, who=last.user)


def demand_reason(incident: Incident, field: str, reason: str, user: User) -> None:
    """What another person set or confirmed is not replaced without a word."""
    if reason:
        return
    standing_one = (
        incident.overrides.filter(field=field, taken_back_at=None).exclude(made_by=user).select_related("made_by").first()
    )
    if standing_one is not None:
        words = _("%(who)s set this value: say why it should change.")
        raise ValidationError(words % {"who": name_of(standing_one.made_by)}, code="reason")
    demand_reason_of_confirmed(incident, reason, user)


def demand_reason_of_confirmed(incident: Incident, reason: str, user: User) -> None:
    """What another person confirmed as a whole is not changed without a word."""
    if not reason and incident.confirmed_by is not None and incident.confirmed_by != user:
        words = _("%(who)s confirmed this incident: say why it should change.")
        raise ValidationError(words % {"who": name_of(incident.confirmed_by)}, code="reason")


def name_of(user: User) -> str:
    return user.get_full_name() or user.get_username()
