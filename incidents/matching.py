"""Is this event the same happening as that incident? Pure: plain values in, a score with its parts in words out.

Each part adds or takes points and says why; some differences rule a match out whatever else agrees. Surely the same is joined,
plausibly the same is proposed to people, everything else stands apart. docs/matching.md explains the points.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal

from incidents.extraction.values import FAMILY_OF

Decision = Literal["join", "propose", "apart"]
JOIN = 5.5
PROPOSE = 4.0
EARTH_KM = 6371.0
POINTS = ("site", "settlement", "near")  # precisions whose distance means something
FOLLOW_UP_DAYS = 30  # how long after a happening a report without a date of its own may still speak of it
FEW_DAYS = 7
NAMES_OUTWEIGH = 3.0  # points: two names that no other incident has
OUTWEIGHED = {"date": -2.5, "place": -3.6, "stage": -2.0}
TOO_EARLY = "reported before it happened"
VAGUE = frozenset({"attack", "casualties", "other"})
# Types that reports of one happening choose between.
ALIKE = (
    frozenset({"bombing", "suicide_bombing"}),
    frozenset({"shooting", "armed_clash", "assassination", "execution"}),
    frozenset({"shelling", "air_strike", "drone_strike"}),
    frozenset({"kidnapping", "hostage_taking"}),
    frozenset({"protest", "riot"}),
    frozenset({"arrest", "recapture"}),
)
# Types that stand for two sides of one happening.
AKIN = (
    frozenset({"kidnapping", "attack"}),
    frozenset({"hostage_taking", "attack"}),
    frozenset({"release", "raid"}),
    frozenset({"escape", "attack"}),
    frozenset({"arrest", "raid"}),
    frozenset({"weapons_seizure", "raid"}),
    *(frozenset({"raid", kind}) for kind in ("armed_clash", "air_strike", "shooting", "drone_strike", "assassination")),
    *(frozenset({"riot", kind}) for kind in ("armed_clash", "arson", "attack")),
)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event or an incident, as far as matching cares. `said` is the day an event's article appeared; radius in kilometres."""

    type: str
    family: str
    stage: str = "accomplished"
    earliest: date | None = None
    latest: date | None = None
    date_precision: str = ""
    date_basis: str = ""
    said: date | None = None
    place_id: str | None = None
    place_precision: str = "none"
    country: str = ""
    admin1: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    actors: frozenset[int] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)
    tolls: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)  # outcome -> lowest, highest figure
    updates: bool = False  # whether a statement says that it replaces earlier figures
    origins: frozenset[int] = field(default_factory=frozenset)
    readings: frozenset[tuple[int, str]] = field(default_factory=frozenset)  # article and extractor


@dataclass(frozen=True, slots=True)
class Part:
    """One reason for or against, with its points; `rules_out` where nothing else could outweigh it."""

    points: float
    words: str
    rules_out: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """The parts by name and what they add up to."""

    parts: Mapping[str, Part]

    @property
    def points(self) -> float:
        return sum(part.points for part in self.parts.values())

    @property
    def decision(self) -> Decision:
        if any(part.rules_out for part in self.parts.values()):
            return "apart"
        return "join" if self.points >= JOIN else "propose" if self.points >= PROPOSE else "apart"


def compare(event: Happening, incident: Happening, common: Mapping[str, int] | None = None) -> Score:
    """Score the event against the incident.

    `common` says in how many of the incidents under comparison a name occurs: one that is in all of them tells none apart.
    """
    parts = {
        "type": _type(event, incident),
        "stage": _stage(event, incident),
        "date": _date(event, incident),
        "place": _place(event, incident),
        "names": _names(event, incident, common or {}),
        "actors": _actors(event, incident),
        "toll": _toll(event, incident),
        "follows": _follows(event, incident),
        "origin": _origin(event, incident),
        "article": _article(event, incident),
    }
    return Score(_outweighed({name: part for name, part in parts.items() if part is not None}))


def _outweighed(parts: dict[str, Part]) -> dict[str, Part]:
    """Let names in common outweigh one difference: a day or a place is misread more easily than two people's names."""
    names = parts.get("names")
    against = [name for name, part in parts.items() if part.rules_out]
    if names is None or names.points < NAMES_OUTWEIGH or len(against) != 1 or against[0] not in OUTWEIGHED:
        return parts
    (name,) = against
    if parts[name].words == TOO_EARLY:
        return parts
    return parts | {name: Part(OUTWEIGHED[name], f"{parts[name].words}, but they name the same people")}


@cache
def comparable(kind: str) -> tuple[str, ...]:
    """Return the types that do not rule out that an incident of theirs is the happening an event of this type tells of."""
    event = Happening(kind, FAMILY_OF[kind])
    return tuple(other for other, family in FAMILY_OF.items() if not _type(event, Happening(other, family)).rules_out)


def _type(event: Happening, incident: Happening) -> Part:
    kinds = {event.type, incident.type}
    if len(kinds) == 1:
        return Part(1.5, "the same type")
    if any(kinds <= group for group in ALIKE):
        return Part(1.0, "types that are hard to tell apart")
    if event.family == incident.family == "attack":
        return Part(1.0, "one says it less exactly") if kinds & VAGUE else Part(-0.5, "different kinds of attack")
    if "casualties" in kinds and {event.family, incident.family} & {"attack", "operation", "people"}:
        return Part(0.8, "casualties of an act")
    if any(kinds <= group for group in AKIN):
        return Part(0.3, "types that go together")
    return Part(-4.0, "acts of different kinds", rules_out=True)


def _stage(event: Happening, incident: Happening) -> Part | None:
    if event.stage == incident.stage:
        return None
    if {event.stage, incident.stage} <= {"accomplished", "attempted", "foiled"}:
        return Part(-1.0, f"{event.stage}, {incident.stage}")
    return Part(-4.0, f"{event.stage}, {incident.stage}", rules_out=True)


def _date(event: Happening, incident: Happening) -> Part:
    if incident.latest is None and incident.earliest is None:
        return Part(0.0, "one has no date")
    if event.latest is None and event.earliest is None:
        return _date_from_publication(event.said, incident)
    if event.date_basis == "published" and incident.date_basis != "published":
        return _date_from_publication(event.latest, incident)
    days = _days_apart(event, incident)
    exact = _is_day(event) and _is_day(incident)
    if days == 0:
        return Part(3.0, "the same day") if exact else _overlap(event, incident)
    if event.said is not None and _ends_before(event.said, incident):
        return Part(-4.0, TOO_EARLY, rules_out=True)
    stated = "published" not in (event.date_basis, incident.date_basis)
    if days == 1:
        return Part(1.2, "a day apart")  # night, time zones and "late on" blur midnight
    if days <= 3 and not (exact and stated):
        return Part(0.8, f"{days} days apart, not stated exactly")
    if "published" in (event.date_basis, incident.date_basis) and days <= FOLLOW_UP_DAYS:
        return Part(0.0, f"{days} days apart, one only by its day of publication")
    if days <= 3:
        return Part(-1.0, f"{days} days apart")
    return Part(-4.0, f"{days} days apart", rules_out=True)


def _date_from_publication(said: date | None, incident: Happening) -> Part:
    """Where the event's own day is not known, its article must have appeared at or after the happening."""
    happened = incident.latest or incident.earliest
    if said is None or happened is None:
        return Part(0.0, "no day to compare")
    days = (said - happened).days
    if days < -1:
        return Part(-4.0, TOO_EARLY, rules_out=True)
    if days <= 2:
        return Part(2.0, "reported right after")
    if days <= FOLLOW_UP_DAYS:
        return Part(0.5, f"reported {days} days after")
    return Part(-1.5, f"reported {days} days after")


def _ends_before(day: date, incident: Happening) -> bool:
    first = incident.earliest or incident.latest
    return first is not None and (first - day).days > 1


def _overlap(event: Happening, incident: Happening) -> Part:
    narrow = _width(event) <= FEW_DAYS and _width(incident) <= FEW_DAYS
    return Part(2.2, "days that overlap") if narrow else Part(1.5, "longer times that overlap")


def _width(value: Happening) -> int:
    """Return how many days the date leaves open; what has an open end leaves very many."""
    return (value.latest - value.earliest).days if value.earliest and value.latest else 10_000


def _is_day(value: Happening) -> bool:
    return value.earliest == value.latest and value.date_precision in ("day", "time")


def _days_apart(a: Happening, b: Happening) -> int:
    first = max(a.earliest or a.latest or date.min, b.earliest or b.latest or date.min)
    last = min(a.latest or a.earliest or date.max, b.latest or b.earliest or date.max)
    return max(0, (first - last).days)


def _place(event: Happening, incident: Happening) -> Part:
    if "none" in (event.place_precision, incident.place_precision):
        return Part(0.0, "one has no place")
    if event.country and incident.country and event.country != incident.country:
        return Part(-4.0, "different countries", rules_out=True)
    if event.place_id is not None and event.place_id == incident.place_id:
        exact = event.place_precision in POINTS
        return Part(2.5, "the same place") if exact else Part(1.0, "the same area")
    distance = kilometres(event, incident)
    if distance is not None and event.place_precision in POINTS and incident.place_precision in POINTS:
        return _near(distance, event, incident)
    if event.admin1 and incident.admin1:
        return Part(0.8, "the same province") if event.admin1 == incident.admin1 else _provinces(event, incident)
    if event.country and event.country == incident.country:
        return Part(0.2, "the same country, no closer")
    return Part(0.0, "places that cannot be compared")


def _provinces(event: Happening, incident: Happening) -> Part:
    areas = {"area", "sea"} & {event.place_precision, incident.place_precision}
    return Part(0.0, "areas that may overlap") if areas else Part(-3.0, "different provinces", rules_out=True)


def _near(distance: float, event: Happening, incident: Happening) -> Part:
    if distance <= 5 + (event.radius_km or 0) + (incident.radius_km or 0):
        return Part(2.2, f"{distance:.0f} km apart")
    if distance <= 30:
        return Part(1.0, f"{distance:.0f} km apart")
    if distance <= 100:
        return Part(-1.0, f"{distance:.0f} km apart")
    return Part(-4.0, f"{distance:.0f} km apart", rules_out=True)


def kilometres(a: Happening, b: Happening) -> float | None:
    """Return the great-circle distance, None where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _names(event: Happening, incident: Happening, common: Mapping[str, int]) -> Part | None:
    shared = event.names & incident.names
    whole = sorted(name for name in shared if not name.startswith("*"))
    lone = sorted(name for name in shared if name.startswith("*") and not any(w.endswith(name[1:]) for w in whole))
    points = sum(_rarity(name, common) for name in whole) * 1.5 + sum(_rarity(name, common) for name in lone) * 0.8
    if points:
        said = ", ".join([*whole, *(name[1:] for name in lone)][:3])
        return Part(round(min(points, 4.5), 2), f"both name {said}")
    if len(event.names) >= 4 and len(incident.names) >= 4:
        return Part(-1.0, "no name in common")
    return None


def _rarity(name: str, common: Mapping[str, int]) -> float:
    return 1 / max(1, common.get(name, 1))


def _actors(event: Happening, incident: Happening) -> Part | None:
    return Part(0.5, "a party in common") if event.actors & incident.actors else None


def _toll(event: Happening, incident: Happening) -> Part | None:
    """Tolls that fit speak for a match; later reports raise tolls, so differing ones speak against it only far off."""
    found: list[Part] = []
    for outcome in event.tolls.keys() & incident.tolls.keys():
        found.append(_one_toll(outcome, event.tolls[outcome], incident.tolls[outcome]))
    return max(found, key=lambda part: abs(part.points)) if found else None


def _one_toll(outcome: str, a: tuple[int | None, int | None], b: tuple[int | None, int | None]) -> Part:
    low, high = max(a[0] or 0, b[0] or 0), min(_top(a), _top(b))
    if low == high and low > 0:
        return Part(0.8 if low < 3 else 1.5, f"{low} {outcome} in both")
    if low <= high:
        return Part(0.5, f"figures of {outcome} that fit")
    ratio = (low + 1) / (high + 1)
    return Part(0.0, f"{outcome}: {high:.0f} and {low}") if ratio <= 2 else Part(-1.0, f"{outcome}: {high:.0f} against {low}")


def _top(toll: tuple[int | None, int | None]) -> float:
    return math.inf if toll[1] is None else toll[1]


def _origin(event: Happening, incident: Happening) -> Part | None:
    copies = event.origins & incident.origins and not event.readings & incident.readings
    return Part(3.0, "copies of one report") if copies else None


def _follows(event: Happening, incident: Happening) -> Part | None:
    """A toll that replaces earlier ones speaks of something reported before."""
    return Part(1.0, "brings a toll up to date") if event.updates and incident.tolls else None


def _article(event: Happening, incident: Happening) -> Part | None:
    """One reading of one article that tells two happenings apart knows better; a bare toll belongs to the act beside it."""
    if not event.readings & incident.readings or "casualties" in (event.type, incident.type):
        return None
    return Part(-3.0, "one article tells them apart")
