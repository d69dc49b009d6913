"""What changed, in words: from the change log and the revisions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from incidents.filters import IncidentFilter
from incidents.models import Change, Incident, Revision
from incidents.pages.history import in_words
from incidents.pages.words import label


@dataclass(frozen=True, slots=True)
class Counts:
    """How many incidents came, changed and were merged since a time; one that came and changed is new."""

    new: int
    changed: int
    merged: int

    @property
    def any(self) -> bool:
        return bool(self.new or self.changed or self.merged)


def counts(since: datetime, asked: IncidentFilter | None = None) -> Counts:
    """Count the incidents in the change log after a time, under a filter where there is one."""
    log = Change.objects.filter(at__gt=since)
    if asked is not None and asked.chips():
        log = log.filter(incident__in=asked.narrow(Incident.objects.all()))
    seen = dict(log.values("kind").annotate(n=Count("incident", distinct=True)).values_list("kind", "n"))
    new = log.filter(kind=Change.Kind.CREATED).values("incident")
    updated = log.filter(kind=Change.Kind.UPDATED, incident__merged_into=None, incident__deleted_at=None)
    changed = updated.exclude(incident__in=new).aggregate(n=Count("incident", distinct=True))["n"]
    return Counts(seen.get(Change.Kind.CREATED, 0), changed, seen.get(Change.Kind.MERGED, 0))


def last_number() -> int:
    """Return the change log's last number, 0 while it is empty."""
    return Change.objects.aggregate(last=Max("number"))["last"] or 0


def after_number(number: int, asked: IncidentFilter) -> dict[str, int]:
    """Count the incidents under a filter that came and that changed after a number of the change log."""
    found = Change.objects.filter(number__gt=number)
    if asked.chips():
        found = found.filter(incident__in=asked.narrow(Incident.objects.visible()))
    new = set(found.filter(kind=Change.Kind.CREATED).values_list("incident", flat=True))
    touched = set(found.exclude(kind=Change.Kind.CREATED).values_list("incident", flat=True))
    return {"new": len(new), "changed": len(touched - new)}


def since_visit(incidents: Iterable[Incident], since: datetime | None) -> dict[int, str]:
    """Return what changed for each incident after a time, in few words."""
    if since is None:
        return {}
    later = [incident.pk for incident in incidents if incident.changed_at > since]
    found = Revision.objects.filter(incident__in=later, at__gt=since).order_by("id") if later else Revision.objects.none()
    by_incident: dict[int, list[Revision]] = defaultdict(list)
    for revision in found:
        by_incident[revision.incident_id].append(revision)
    return {number: in_few_words(revisions) for number, revisions in by_incident.items()}


def in_few_words(revisions: Sequence[Revision], most: int = 2) -> str:
    """Return the changes of one incident: each field once, from its first value to its last."""
    first: dict[str, Revision] = {}
    last: dict[str, Revision] = {}
    for revision in revisions:
        first.setdefault(revision.field, revision)
        last[revision.field] = revision
    parts = [text for field in first if (text := step(field, first[field].before, last[field].after))]
    more = _(" and %(n)s more") % {"n": len(parts) - most} if len(parts) > most else ""
    return "; ".join(parts[:most]) + more


def step(field: str, before: object, after: object) -> str:
    """Return one change: "killed 374 → nearly 500"; "" where nothing a reader sees changed."""
    old, new = in_words(field, before), in_words(field, after)
    if old == new:
        return ""
    name = label(field)
    if not old:
        return f"{name}: {new}"
    return f"{name} {old} → {new}" if new else _("%(field)s %(old)s → not known") % {"field": name, "old": old}
