"""Taking back what people did: one action, one field, or everything an account did in a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents import pipeline
from incidents.editing.acting import MODELS, Act, Kind, acting, keep_touched, locked, read
from incidents.editing.people import PARTS
from incidents.models import Action, Event, Incident, Override

Row = Mapping[str, Any]
DATED = ("at", "taken_back_at", "rejected_at", "deleted_at", "reviewed_at", "earliest", "latest", "published_on")


def undo(*, action: Action, user: User, reason: str = "") -> Action:
    """Put back every column that the action changed, exactly as it was; undoing an undo does the action again.

    Raises ValidationError with the action that stands in the way where something was built on it since, or it was undone already.
    """
    with acting(Kind.UNDO, user, reason, moves_events=True) as act:
        known = Action.objects.select_for_update(of=("self",)).select_related("undoes").get(pk=action.pk)
        if known.undone_at is not None:
            raise ValidationError(_("This was undone already."), code="undone")
        if Incident.objects.filter(pk__in=known.incidents, purged_at__isnull=False).exists():
            raise ValidationError(_("Nothing of this is left that could be undone."), code="nothing")
        withdrawn = _withdrawn(known)
        _refuse_where_gone(known)
        for row in reversed(known.rows):
            _put_back(act, known, row)
        for number, into in withdrawn.items():
            if known.kind == Kind.SPLIT:
                _refuse_built_on(act, number)
            _take_along(act, number, into)
        act.touch(*known.incidents)
        _mark(act, known)
        keep_touched([row["pk"] for row in known.rows if row["model"] == "event"])
    for article in act.articles:
        pipeline.process(article)
    action.refresh_from_db()
    return act.action


def _mark(act: Act, known: Action) -> None:
    now, stands = timezone.now(), False
    row: Action | None = known
    while row is not None:  # what an undone undo had undone is in force again, and so on down
        Action.objects.filter(pk=row.pk).update(undone_at=None if stands else now)
        stands, row = not stands, row.undoes
    act.action.undoes = known
    act.action.save(update_fields=["undoes"])


def _put_back(act: Act, known: Action, row: Row) -> None:
    found = MODELS[row["model"]]._default_manager.select_for_update(of=("self",)).filter(pk=row["pk"]).first()
    if found is None:  # a new reading no longer has it, and no person had touched it
        return
    if any(without_spans(read(found, name)) != without_spans(value) for name, value in row["after"].items()):
        raise ValidationError(_in_the_way(known, row["model"], row["pk"]), code="built_on")
    if isinstance(found, Override) and row["before"].get("taken_back_at", "") is None:
        _refuse_two_values(known, found)
    if isinstance(found, Event):
        act.touch(found.incident_id)
    act.set(found, **{name: _value(found, name, value) for name, value in row["before"].items()})


def without_spans(value: Any) -> Any:
    """Return a recorded value without where its words stand: that moves when an article's text is changed."""
    if isinstance(value, Mapping):
        return {key: without_spans(part) for key, part in value.items() if key not in ("span", "in")}
    return [without_spans(part) for part in value] if isinstance(value, list) else value


def _value(row: Model, name: str, value: Any) -> Any:
    """Return a recorded value as the column takes it."""
    if name in PARTS or not isinstance(value, str):
        return value
    column = row._meta.get_field(name)
    return column.to_python(value) if name in DATED and isinstance(column, Field) else value


def _refuse_two_values(known: Action, override: Override) -> None:
    other = Override.objects.filter(incident=override.incident_id, field=override.field, taken_back_at=None).first()
    if other is not None:
        raise ValidationError(_in_the_way(known, "override", other.pk), code="built_on")


def _in_the_way(known: Action, model: str, pk: int) -> str:
    later = (
        Action.objects.filter(pk__gt=known.pk, undone_at=None, rows__contains=[{"model": model, "pk": pk}])
        .select_related("user")
        .last()
    )
    if later is None:
        return _("What this did was changed since; it cannot be undone as a whole.")
    who = later.user.get_full_name() or later.user.get_username()
    return _("%(who)s %(did)s later (action %(number)s): undo that first.") % {
        "who": who, "did": _(str(later.get_kind_display())), "number": later.pk,
    }  # fmt: skip


def _refuse_where_gone(known: Action) -> None:
    """What was merged away or deleted since is brought back first, unless this action is what put it there."""
    own = {
        row["pk"] for row in known.rows if row["model"] == "incident" and row["after"].keys() & {"merged_into_id", "deleted_at"}
    }
    for number in known.incidents:
        incident = locked(number)
        if number in own:
            continue
        if incident.merged_into_id is not None:
            words = _("I-%(gone)s was merged into I-%(keep)s since: undo that first.")
            raise ValidationError(words % {"gone": number, "keep": incident.merged_into_id}, code="merged")
        if incident.deleted_by_id is not None and incident.deleted_at is not None and incident.deleted_at > known.at:
            raise ValidationError(_("I-%s was deleted since: restore it first.") % number, code="deleted")


def _withdrawn(known: Action) -> dict[int, int]:
    """Return the incidents that this action brought into being -> those whose part they will be again."""
    rows = (row for row in known.rows if row["model"] == "incident" and "merged_into_id" in row["before"])
    return {row["pk"]: row["before"]["merged_into_id"] for row in rows if row["before"]["merged_into_id"] is not None}


def _refuse_built_on(act: Act, number: int) -> None:
    """What people set on an incident since it was split off must not vanish with it."""
    mine = [row["pk"] for row in act.rows if row["model"] == "override"]
    if Override.objects.filter(incident=number, taken_back_at=None).exclude(pk__in=mine).exists():
        raise ValidationError(_("I-%s was corrected since: take that back first.") % number, code="built_on")


def _take_along(act: Act, number: int, into: int) -> None:
    """Reports that joined an incident since go with it."""
    for event in Incident.objects.get(pk=number).events.select_for_update().order_by("pk"):
        act.set(event, incident_id=into)


@dataclass(frozen=True, slots=True)
class Reverted:
    """What came of reverting an account: actions undone, and those that could not be, each with why."""

    undone: list[Action]
    refused: list[tuple[Action, str]]


@transaction.atomic
def revert_account(*, account: User, since: datetime, until: datetime | None = None, user: User, reason: str = "") -> Reverted:
    """Undo everything an account did in a period, the latest first. What others built on stays, and is told."""
    done = Action.objects.filter(user=account, at__gte=since, undone_at=None).exclude(kind=Kind.UNDO)
    if until is not None:
        done = done.filter(at__lt=until)
    result = Reverted([], [])
    for action in done.order_by("-pk"):
        try:
            with transaction.atomic():
                undo(action=action, user=user, reason=reason)
        except ValidationError as error:
            result.refused.append((action, " ".join(error.messages)))
        else:
            result.undone.append(action)
    return result
