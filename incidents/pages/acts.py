"""What people did, in words: for the bar that undoes the last action, and for the history of an incident."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.models import Action, Incident, Revision
from incidents.pages.changed import in_few_words
from incidents.pages.words import label

Kind = Action.Kind
RECENT = timedelta(minutes=30)  # how long the bar offers what was done to another incident
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Act:
    """One action in words. `is_undo` says that undoing it does the undone action again."""

    action: Action
    words: str
    who: str
    is_undo: bool
    stands: bool
    is_mine: bool


def last(user: User, incident: Incident) -> Act | None:
    """Return what the user did last: to this incident, or a short while ago to another; None where there is nothing to undo."""
    mine = _with_changes().filter(user=user, undone_at=None)
    found = mine.filter(at__gte=timezone.now() - RECENT).first() or mine.filter(incidents__contains=[incident.pk]).first()
    if found is None:
        return None
    act = _act(found, user)
    elsewhere = incident.pk not in found.incidents and not act.words.endswith("".join(f"I-{n}" for n in found.incidents))
    return replace(act, words=f"{act.words} ({', '.join(f'I-{n}' for n in found.incidents)})") if elsewhere else act


def history(incident: Incident, user: User) -> list[Act]:
    """Return what people did to the incident, the latest first."""
    return [_act(action, user) for action in _with_changes().filter(incidents__contains=[incident.pk])[:SHOWN]]


def in_words(action: Action) -> str:
    """Return what an action did: "killed 9 → 13"; "merged: I-7, I-12"."""
    numbers = ", ".join(f"I-{number}" for number in action.incidents)
    said = in_few_words(list(action.revisions.all())[::-1])
    if action.kind == Kind.UNDO:
        undone = in_words(action.undoes) if action.undoes else ""
        return _("Undone: %(words)s") % {"words": undone or numbers}
    if action.kind in (Kind.CORRECT, Kind.TAKE_BACK):
        fields = {_(label(revision.field)) for revision in action.revisions.all()}
        fields = fields or {_(label(override.field)) for override in action.overrides.all()}
        said = said or ", ".join(sorted(fields)) or numbers
        return f"{said[:1].upper()}{said[1:]}"
    kind = _(str(action.get_kind_display()))
    return f"{kind[:1].upper()}{kind[1:]}: {numbers}" + (
        f" ({said})" if said and action.kind not in (Kind.MERGE, Kind.SPLIT, Kind.DELETE, Kind.RESTORE) else ""
    )


def _with_changes() -> "QuerySet[Action]":
    revisions = Prefetch("revisions", Revision.objects.order_by("-id"))
    return Action.objects.select_related("user", "undoes").prefetch_related(revisions)


def _act(action: Action, user: User) -> Act:
    who = action.user.get_full_name() or action.user.get_username()
    return Act(action, in_words(action), who, action.kind == Kind.UNDO, action.undone_at is None, action.user_id == user.pk)
