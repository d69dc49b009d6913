"""The page of changes: one entry for each incident that changed after a time, the latest change first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.db.models import Max
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from incidents.filters import IncidentFilter
from incidents.models import Change, Incident, Revision
from incidents.pages.changed import step
from incidents.pages.rows import Row, row

SIZE = 50
DAYS_BACK = {"today": 0, "yesterday": 1, "week": 7}
T = TypeVar("T", Change, Revision)
NEW_STATES = (Change.Kind.MERGED, Change.Kind.SPLIT, Change.Kind.DELETED, Change.Kind.RESTORED)


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one field in words, who made it and when; `by_person` is False for the machine."""

    words: str
    who: str
    by_person: bool
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to one incident: `kind` is the weightiest change, `into` the incident it was merged into.

    `steps` are the changes of its fields; of a new one those that people made, as all that the machine read is new.
    """

    row: Row
    number: str
    kind: str
    at: datetime
    last: int
    steps: list[Step]
    into: Incident | None


def moment(text: str, fallback: datetime) -> tuple[datetime, str]:
    """Return the time asked for (today, yesterday, week, an ISO day or time) and what is wrong with it, "" for nothing."""
    if not text:
        return fallback, ""
    if text in DAYS_BACK:
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - timedelta(days=DAYS_BACK[text]), ""
    try:
        at: datetime | date | None = parse_datetime(text) or parse_date(text)
    except ValueError:
        at = None
    if at is None:
        return fallback, _("“%s” is not a time: try yesterday, 2022-01-20 or 2022-01-20T18:30.") % text[:60]
    if not isinstance(at, datetime):
        at = datetime.combine(at, time.min)
    try:
        return (at if at.tzinfo else timezone.make_aware(at)), ""
    except OverflowError:
        return fallback, _("There is no time “%s”.") % text[:60]


@dataclass(frozen=True, slots=True)
class Since:
    """The time a page of changes begins at; `why` says why, where the reader did not choose it."""

    at: datetime
    why: str


def usual(visit: datetime | None, asked: IncidentFilter) -> Since:
    """Return where the page begins by itself: the last visit, else yesterday, else the last day on which anything changed."""
    yesterday = moment("yesterday", timezone.now())[0]
    if visit and _latest(asked, visit):
        return Since(visit, "")
    first = _("This is your first visit.") if visit is None else _("Nothing has changed since your last visit.")
    if _latest(asked, yesterday):
        return Since(yesterday, _("%(why)s What changed since yesterday:") % {"why": first})
    last = _latest(asked)
    if last is None:
        return Since(visit or yesterday, "")
    day = timezone.localtime(last).replace(hour=0, minute=0, second=0, microsecond=0)
    why = _("%(why)s Nothing has changed since yesterday either; the last changes were on %(day)s:")
    return Since(day, why % {"why": first, "day": date_format(day, "j M Y")})


def _latest(asked: IncidentFilter, after: datetime | None = None) -> datetime | None:
    """Return when the last change under the filter was made, None for none after the time."""
    found = Change.objects.filter(at__gt=after) if after else Change.objects.all()
    if asked.chips():
        found = found.filter(incident__in=asked.narrow(Incident.objects.all()))
    return found.order_by("-number").values_list("at", flat=True).first()


def entries(after: datetime, *, kind: str = "", before: int | None = None, asked: IncidentFilter | None = None) -> list[Entry]:
    """Return up to SIZE + 1 incidents that changed after a time; `before` is the change number the last page ended with."""
    found = Change.objects.filter(at__gt=after)
    if kind:
        found = found.filter(kind=kind)
    if asked is not None and asked.chips():
        found = found.filter(incident__in=asked.narrow(Incident.objects.all()))
    latest = found.values("incident").annotate(last=Max("number")).order_by("-last")
    if before is not None:
        latest = latest.filter(last__lt=before)
    order = {pair["incident"]: pair["last"] for pair in latest[: SIZE + 1]}
    incidents = Incident.objects.filter(pk__in=order).select_related("merged_into").defer("search").in_bulk()
    changes = _by_incident(Change.objects.filter(incident__in=order, at__gt=after).order_by("number"))
    revisions = _by_incident(Revision.objects.filter(incident__in=order, at__gt=after).select_related("user").order_by("id"))
    return [_entry(incidents[pk], last, changes[pk], revisions[pk]) for pk, last in order.items()]


def _by_incident(rows: Iterable[T]) -> dict[int, list[T]]:
    grouped: dict[int, list[T]] = defaultdict(list)
    for each in rows:
        grouped[each.incident_id].append(each)
    return grouped


def _entry(incident: Incident, last: int, changes: Sequence[Change], revisions: Sequence[Revision]) -> Entry:
    kinds = [change.kind for change in changes]
    kind = next((each for each in reversed(kinds) if each in NEW_STATES), "")
    kind = kind or (Change.Kind.CREATED if Change.Kind.CREATED in kinds else Change.Kind.UPDATED)
    return Entry(
        row=row(incident),
        number=incident.number,
        kind=kind,
        at=changes[-1].at,
        last=last,
        steps=[one for one in _steps(revisions) if one.by_person or kind != Change.Kind.CREATED],
        into=incident.merged_into,
    )


def _steps(revisions: Iterable[Revision]) -> Iterable[Step]:
    for revision in revisions:
        if words := step(revision.field, revision.before, revision.after):
            user = revision.user
            who = (user.get_full_name() or user.get_username()) if user else revision.machine or _("machine")
            yield Step(words, who, user is not None, revision.at, revision.why)
