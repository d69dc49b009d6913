"""The history of an incident in words: every recorded change, who made it, from what to what, why, and how to undo it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from incidents import corrections, deriving
from incidents.editing.acting import PUBLISHED
from incidents.extraction.values import OUTCOMES
from incidents.models import Incident, Override, Revision
from incidents.pages import words
from incidents.pages.dossier import Dossier

SHOWN = 25
REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `undo` is the override that taking back undoes it, where it still stands; `can_go_back` says that the field is
    something else now than it was before this change, so that it can be put back to that.
    """

    revision: Revision
    who: str
    is_person: bool
    field: str
    before: str
    after: str
    undo: Override | None
    can_go_back: bool


def entries(dossier: Dossier, *, everything: bool = False) -> list[Entry]:
    """Return the changes, newest first. Only the newest change of a field by a person can be undone: its value still stands."""
    standing, now = dict(dossier.overrides), _now(dossier.incident)
    found = []
    for revision in dossier.revisions if everything else dossier.revisions[:SHOWN]:
        undo = standing.pop(revision.field, None) if revision.user_id else None
        can_go_back = revision.field in now and now[revision.field] != revision.before
        found.append(_entry(revision, undo, can_go_back=can_go_back))
    return found


def _now(incident: Incident) -> Mapping[str, Any]:
    """Return the values that stand of the fields that people may set; none of an incident that does not stand itself."""
    if incident.merged_into_id or incident.deleted_at:
        return {}
    return {field: value for field, value in deriving.visible(incident).items() if field in corrections.FIELDS}


def of_others(dossier: Dossier, user: User) -> Collection[str]:
    """Return the fields that another person set or confirmed, and REPORTS where they confirmed the whole."""
    if dossier.incident.confirmed_by is not None and dossier.incident.confirmed_by != user:
        return {*corrections.FIELDS, REPORTS}
    return {field for field, override in dossier.overrides.items() if override.made_by_id != user.pk}


def _entry(revision: Revision, undo: Override | None, *, can_go_back: bool) -> Entry:
    user = revision.user
    who = (user.get_full_name() or user.get_username()) if user else revision.machine or _("machine")
    field = words.label(revision.field)
    return Entry(
        revision,
        who,
        user is not None,
        field,
        in_words(revision.field, revision.before),
        in_words(revision.field, revision.after),
        undo,
        can_go_back,
    )


def in_words(field: str, value: Any) -> str:
    """Return a recorded value as people read it; "" for nothing recorded."""
    if value is None or value == "":
        return ""
    if field in ("merged_into", "split_from"):
        return f"I-{value}"
    if field == PUBLISHED:
        return words.day(date.fromisoformat(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return _mapping_in_words(field, value)
    if isinstance(value, list):
        return ", ".join(filter(None, (in_words(field, part) for part in value)))
    return words.label(value) if field in ("type", "stage", "family") and isinstance(value, str) else str(value)


def _mapping_in_words(field: str, value: Mapping[str, Any]) -> str:
    if field in OUTCOMES or field == "totals" or value.keys() & {"low", "best", "high"}:
        return words.total_with_best(value)
    if "earliest" in value or "latest" in value:
        return words.stored_date(value)
    if name := value.get("name") or value.get("place_name"):
        precision = value.get("precision") or value.get("place_precision") or ""
        if role := value.get("role"):
            return f"{name} ({words.label(str(role))})" if role != "unknown" else str(name)
        said = _(words.PLACE_PRECISIONS[precision]) if precision in words.PLACE_PRECISIONS else ""
        return f"{name}, {said}" if said else str(name)
    return ", ".join(
        f"{words.label(str(key))}: {in_words(str(key), part)}" for key, part in value.items() if part not in (None, "")
    )
