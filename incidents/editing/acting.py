"""How every action of a person is done: under the locks, in one transaction, with each changed column written down.

What an action does beyond deriving is a list of changed columns of rows, from what, to what. Taking it back is therefore one
thing for all actions (incidents/editing/undoing.py): put the columns back, derive again.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents import changes, corrections, pipeline
from incidents.deriving import Author, derive_incidents
from incidents.editing.people import PARTS
from incidents.models import Action, Event, Incident, MatchProposal, Override, ReviewItem, Revision, Verdict
from sources.models import Article

Kind = Action.Kind
MODELS: dict[str, type[Model]] = {
    "article": Article,
    "incident": Incident,
    "event": Event,
    "override": Override,
    "proposal": MatchProposal,
    "verdict": Verdict,
    "review_item": ReviewItem,
}
TOUCHING = (Kind.CORRECT_EVENT, Kind.ADD_EVENT, Kind.REJECT_EVENT, Kind.SPLIT, Kind.MOVE)  # what says something of single reports
PUBLISHED = "day_of_publication"  # of an article, in the history of the incidents it tells of
NAMES = {model: name for name, model in MODELS.items()}


class Act:
    """An action under way: the changes it has made so far and the incidents that must be derived again."""

    def __init__(self, action: Action) -> None:
        self.action = action
        self.rows: list[dict[str, Any]] = []
        self.incidents: set[int] = set()
        self.split_from: dict[int, int] = {}

    def set(self, row: Model, **values: Any) -> None:
        """Set columns of a row (foreign keys by their `_id`) and write down from what to what; what is so already is left out."""
        before = {name: read(row, name) for name in values}
        parts = {name: values.pop(name) for name in PARTS if name in values}
        values = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in values.items():
            setattr(row, name, value)
        if values:
            row.save(update_fields=[name.removesuffix("_id") for name in values])
        for name, value in parts.items():
            PARTS[name].write(row, value)
        after = {name: read(row, name) for name in before}
        changed = [name for name in before if before[name] != after[name]]
        if changed:
            both = {"before": {name: before[name] for name in changed}, "after": {name: after[name] for name in changed}}
            self.rows.append({"model": NAMES[type(row)], "pk": row.pk} | both)

    @property
    def articles(self) -> list[int]:
        """The articles that were changed, which must be read again."""
        return [row["pk"] for row in self.rows if row["model"] == "article"]

    def touch(self, *incidents: Incident | int | None) -> None:
        """Remember that these must be derived again."""
        self.incidents |= {one.pk if isinstance(one, Incident) else one for one in incidents if one is not None}


def read(row: Model, name: str) -> Any:
    """Return a column as JSON holds it."""
    if name in PARTS:
        return PARTS[name].read(row)
    value = getattr(row, name)
    return value.isoformat() if isinstance(value, date | datetime) else value


@contextmanager
def acting(kind: str, user: User, reason: str = "", *, moves_events: bool = False) -> Iterator[Act]:
    """Do something as a person: what the block sets is kept as one Action, and the incidents it touched are derived at its end.

    `moves_events` also holds the lock under which the machine joins events, so that both never move them at once.
    """
    reason = corrections.checked_reason(reason)
    with transaction.atomic():
        if moves_events:
            changes.hold(changes.MATCHING)
        changes.hold(changes.LOCK)
        action = Action.objects.create(kind=kind, user=user, reason=reason)
        act = Act(action)
        yield act
        action.rows, action.incidents = act.rows, sorted(act.incidents)
        action.save(update_fields=["rows", "incidents"])
        if kind in TOUCHING:
            keep_touched([row["pk"] for row in act.rows if row["model"] == "event"])
        derive_incidents(action.incidents, by=Author(user, reason, action), split_from=act.split_from)
        _tell_of_articles(act)


def _tell_of_articles(act: Act) -> None:
    """Write what became of an article into the history of its incidents, and let it be read again."""
    if not act.articles:
        return
    changed = [row for row in act.rows if row["model"] == "article"]
    told = Incident.objects.filter(pk__in=act.incidents).order_by("pk").values_list("pk", flat=True)
    said = {"user": act.action.user, "why": act.action.reason, "action": act.action}
    Revision.objects.bulk_create(
        Revision(
            incident_id=number, field=PUBLISHED, before=row["before"]["published_on"], after=row["after"]["published_on"], **said
        )
        for row in changed
        for number in told
    )
    pipeline.queue_again(act.articles)


def keep_touched(events: Collection[int]) -> None:
    """Mark the events that what people did still stands on, so that no reading replaces them; let go of the others."""
    for number in events:
        row = {"model": "event", "pk": number}
        stands = Action.objects.filter(rows__contains=[row], kind__in=TOUCHING, undone_at=None).exists()
        touched = Event.objects.filter(pk=number, touched_at__isnull=stands)
        touched.update(touched_at=timezone.now() if stands else None)


def standing(incident: Incident | int, expected_version: int | None = None) -> Incident:
    """Return the incident's row as it is now, locked until the transaction ends.

    Raises ValidationError where it was merged or deleted, Conflict where it is not at the version the person saw.
    """
    row = locked(incident)
    if row.merged_into_id is not None:
        raise ValidationError(_("This incident was merged into I-%s: correct that one.") % row.merged_into_id, code="merged")
    if row.deleted_at is not None:
        raise ValidationError(_("This incident was deleted: restore it first."), code="deleted")
    if expected_version is not None and row.version != expected_version:
        raise Conflict(row, "", expected_version)
    return row


def locked(incident: Incident | int) -> Incident:
    """Return the incident's row as it is now, locked until the transaction ends, whatever its state."""
    number = incident.pk if isinstance(incident, Incident) else incident
    row = Incident.objects.select_for_update(no_key=True).defer("search").filter(pk=number).first()
    if row is None:
        raise ValidationError(_("There is no incident I-%s.") % number, code="unknown")
    return row


class Conflict(ValidationError):
    """The incident changed since the person looked.

    `field` is "" where the whole incident is meant; `yours` is the value to be set, `now` the one that stands, `who` set it
    (None: the machine), `version` is the incident's present one.
    """

    def __init__(
        self, incident: Incident, field: str, seen: int, *, yours: Any = None, now: Any = None, who: User | None = None
    ) -> None:
        words = _("I-%(number)s changed while you had it open: you saw version %(seen)s, now it is version %(version)s.")
        super().__init__(words % {"number": incident.pk, "seen": seen, "version": incident.version}, code="conflict")
        self.incident, self.field, self.yours, self.now, self.who = incident, field, yours, now, who
        self.version = incident.version
