"""How often people changed what the machine read: by engine version and field."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count

from incidents.agreement import wilson
from incidents.models import Event, Override

KEPT = 10 * 60  # seconds the figures are kept: counting them reads every event


@dataclass(frozen=True, slots=True)
class Share:
    """Incidents in which a person's value stands for the field, of all that the version read; the share with its 95% interval."""

    field: str
    changed: int
    read: int

    @property
    def percent(self) -> float:
        return 100 * self.changed / self.read

    @property
    def low(self) -> float:
        return 100 * wilson(self.changed, self.read)[0]

    @property
    def high(self) -> float:
        return 100 * wilson(self.changed, self.read)[1]


@dataclass(frozen=True, slots=True)
class Version:
    """One engine version: the incidents it read a report of, and its fields that people changed, the most changed first."""

    extractor: str
    read: int
    shares: list[Share]


def record() -> list[Version]:
    """Return the engine versions by name; the figures are up to ten minutes old."""
    return cache.get_or_set("machine-record", _counted, KEPT) or []


def _counted() -> list[Version]:
    standing = {"incident__merged_into": None, "incident__deleted_at": None}
    read = Event.objects.filter(**standing, incident__isnull=False).order_by("extractor").values_list("extractor")
    rows = Override.objects.filter(**standing, taken_back_at=None).values_list("incident__events__extractor", "field")
    changed = list(rows.annotate(n=Count("incident", distinct=True)).order_by("-n", "field"))
    return [
        Version(extractor, total, [Share(field, n, total) for by, field, n in changed if by == extractor])
        for extractor, total in read.annotate(n=Count("incident", distinct=True))
    ]
