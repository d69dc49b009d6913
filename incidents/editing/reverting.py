"""Putting one field back to what it was before a recorded change, whoever made it."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents import corrections, deriving
from incidents.editing.acting import Kind, acting, standing
from incidents.editing.fields import demand_reason, put
from incidents.models import Action, Revision
from incidents.reports import together


def revert_field(*, revision: Revision, user: User, reason: str = "") -> Action:
    """Give the field the value it had before the change: by taking back what people set since, else as the person's own value.

    Raises ValidationError for what is not a field that people set (the number of reports), where it has that value already, and
    for a value that another person set or confirmed where no reason is given.
    """
    field = revision.field
    value = corrections.checked(field, as_given(field, revision.before))
    with acting(Kind.REVERT, user, reason or _("put back to what it was")) as act:
        row = standing(revision.incident_id)
        if deriving.visible(row)[field] == revision.before:
            raise ValidationError(_("It has that value already."), code="same")
        demand_reason(row, field, corrections.checked_reason(reason), user)
        for override in row.overrides.filter(field=field, taken_back_at=None):
            act.set(override, taken_back_at=timezone.now())
        act.touch(row)
        if deriving.preview(row, together([row.pk]))[field] != revision.before:
            put(act, row, field, value)
    return act.action


def as_given(field: str, seen: Any) -> Any:
    """Return a value as readers see it (deriving.visible) as a person would give it (corrections.FIELDS)."""
    if field == "date" and seen:
        known = seen["earliest"] or seen["latest"]
        return {key: seen[key] for key in ("earliest", "latest", "precision", "time") if seen.get(key)} if known else None
    if field == "place" and seen:
        return _place(seen)
    if field == "actors" and seen:
        return [{"name": party["name"], "role": party["role"]} for party in seen]
    return seen


def _place(seen: dict[str, Any]) -> dict[str, Any] | None:
    if seen["precision"] == "none" or not seen["name"]:
        return None
    own = {key: seen[key] for key in ("name", "country", "admin1", "lat", "lon", "precision", "radius_km")}
    in_gazetteer = {"place_id": seen["place_id"], "precision": seen["precision"], "radius_km": seen["radius_km"]}
    return in_gazetteer if seen["place_id"] else own
