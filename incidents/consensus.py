"""What the reports of one happening come to: one type, date, place, stage and list of actors out of many. Pure.

Independent origins are counted, never articles. The rules are written out in docs/matching.md.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, TypeVar

from incidents.vocabulary import DATE_PRECISIONS, PLACE_PRECISIONS

T = TypeVar("T", bound=Hashable)
VAGUE_TYPES = ("other", "casualties", "attack")  # the vaguest first: a report that says less contradicts nobody
UNPLACED = ("none", "country")  # never drawn as a point
MOST_CERTAIN = 0.99


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days with its precision and basis (DESIGN.md, Precision); with "time" the clock of the place."""

    earliest: date | None
    latest: date | None
    precision: str
    basis: str
    clock: time | None = None

    def contains(self, other: "When") -> bool:
        starts = self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)
        ends = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return starts and ends


def clock_of(value: Any) -> time | None:
    """Return a time of day out of "18:00", None for anything else: what a reading says is not what it must be."""
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class Where:
    """A place with its precision; coordinates in degrees, radius in kilometres."""

    place_id: str | None
    name: str
    precision: str
    country: str = ""
    admin1: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None

    def contains(self, other: "Where") -> bool:
        """Whether `other` may be this place said more precisely."""
        if self.place_id is not None and self.place_id == other.place_id:
            return True
        if not self.country or self.country != other.country:
            return self == other
        return self.precision == "country" or (self.precision == "adm1" and self.admin1 == other.admin1)


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a role, as one report has it."""

    actor: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Report:
    """One event as the derivation sees it. `said` is the day its article appeared, `order` its place among the reports."""

    origin: int
    order: int
    said: date | None
    type: str
    stage: str
    background: bool
    confidence: float
    when: When | None = None
    where: Where | None = None
    parties: frozenset[Party] = field(default_factory=frozenset)


def _supported(
    reports: Sequence[Report], value: Callable[[Report], T | None], agrees: Callable[[T, T], bool], finer: Callable[[T], Any]
) -> T | None:
    """Return the value most independent origins agree with; then the more precise; then the one reported last."""
    given = [(report, found) for report in reports if (found := value(report)) is not None]
    if not given:
        return None

    def rank(item: tuple[Report, T]) -> tuple[Any, ...]:
        report, mine = item
        origins = {other.origin for other, theirs in given if agrees(theirs, mine)}
        return len(origins), finer(mine), report.said or date.min, report.order

    return max(given, key=rank)[1]


def kind(reports: Sequence[Report]) -> str:
    """Return the type most origins report; vague types only where no report says more."""
    for dropped in (VAGUE_TYPES, VAGUE_TYPES[:2], VAGUE_TYPES[:1], ()):
        rest = [report for report in reports if report.type not in dropped]
        if rest:
            return _supported(rest, lambda report: report.type, lambda a, b: a == b, lambda _: 0) or "other"
    return "other"


def stage(reports: Sequence[Report]) -> str:
    return _supported(reports, lambda report: report.stage, lambda a, b: a == b, lambda _: 0) or "accomplished"


def when(reports: Sequence[Report]) -> When | None:
    """Return the date; a day of publication that only stands in counts where no report states one."""
    stated = [report for report in reports if report.when and report.when.basis != "published"]
    return _supported(stated or reports, lambda report: report.when, When.contains, _date_rank)


def _date_rank(value: When) -> int:
    return -DATE_PRECISIONS.index(value.precision) if value.precision in DATE_PRECISIONS else -len(DATE_PRECISIONS)


def where(reports: Sequence[Report]) -> Where | None:
    """Return the place; its coordinates are left out where no point may be drawn."""
    found = _supported(
        reports, lambda report: report.where, Where.contains, lambda place: -PLACE_PRECISIONS.index(place.precision)
    )
    return drawable(found) if found else None


def drawable(place: Where) -> Where:
    """Return the place without a point where all that is known is the country, or less."""
    if place.precision not in UNPLACED:
        return place
    return Where(place.place_id, place.name, place.precision, place.country, place.admin1)


def parties(reports: Iterable[Report]) -> list[dict[str, Any]]:
    """Return the actors in their roles with the number of origins that name them, the most named first."""
    origins: dict[Party, set[int]] = defaultdict(set)
    for report in reports:
        for party in report.parties:
            origins[party].add(report.origin)
    ranked = sorted(origins.items(), key=lambda item: (-len(item[1]), item[0].name, item[0].role))
    return [{"actor": party.actor, "name": party.name, "role": party.role, "origins": len(found)} for party, found in ranked]


def confidence(reports: Iterable[Report]) -> float:
    """Return how sure the reading is: the doubts of independent origins multiply, and some always remains."""
    best: dict[int, float] = {}
    for report in reports:
        best[report.origin] = max(best.get(report.origin, 0.0), report.confidence)
    doubt = 1.0
    for value in best.values():
        doubt *= 1 - value
    return round(min(1 - doubt, MOST_CERTAIN), 4)
