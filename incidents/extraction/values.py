"""What goes into the engine and what comes out: plain values, each carrying the span it was read from.

Offsets are Unicode code points into the document's text (or its title, where `in_title` is set), end exclusive.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

Stage = Literal["accomplished", "attempted", "foiled", "threatened", "planned"]
Role = Literal["perpetrator", "target", "victim", "security_force", "captive", "unknown"]
WhoClass = Literal["civilian", "security_force", "armed_group", "captive", "unknown"]
DatePrecision = Literal["time", "day", "days", "month", "longer", "upper_bound"]
DateBasis = Literal["stated", "relative", "published", "editor"]
PlacePrecision = Literal["site", "settlement", "near", "adm2", "adm1", "area", "country", "sea", "none"]

FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "attack": (
        "attack", "armed_clash", "shooting", "bombing", "suicide_bombing", "shelling", "air_strike", "drone_strike",
        "assassination", "execution", "chemical_attack", "arson", "robbery", "sexual_violence",
    ),
    "casualties": ("casualties",),
    "captivity": ("kidnapping", "hostage_taking", "release", "escape", "arrest", "recapture"),
    "operation": ("raid", "weapons_seizure", "curfew", "deployment", "territory_change"),
    "people": ("displacement", "protest", "riot"),
    "other": ("threat", "other"),
}  # fmt: skip
FAMILY_OF: Final = {kind: family for family, kinds in FAMILIES.items() for kind in kinds}
OUTCOMES: Final = (
    "killed", "wounded", "missing", "abducted", "captured", "recaptured", "escaped", "released", "displaced", "participants",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of the text, or of the title."""

    start: int
    end: int
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One news document as the engine reads it. `published` is the day it appeared, None where it is not known."""

    id: str
    title: str
    text: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class DateValue:
    """When something happened. `month_day` keeps "Jan. 20" (1, 20) or (1, None) where no year can be known."""

    earliest: date | None
    latest: date | None
    precision: DatePrecision
    basis: DateBasis
    span: Span | None
    month_day: tuple[int, int | None] | None = None
    time: str | None = None  # "18:00", local to the place, where a clock time is stated


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """Where something happened. Coordinates come from the gazetteer alone; `radius_km` belongs to `near`."""

    name: str
    precision: PlacePrecision
    span: Span | None
    place_id: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    country_name: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    candidates: tuple[tuple[str, float], ...] = ()  # other gazetteer ids considered, with their scores


@dataclass(frozen=True, slots=True)
class Actor:
    """A named or described party with its role in one event."""

    name: str
    role: Role
    span: Span
    claimant: str | None = None  # who attributes the act to this party; the party itself where it claimed the act
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """One statement about a number of people.

    `low`, `best` and `high` are people; None is "not stated" and 0 a stated none. "at least" leaves `high` None, "dozens" has a
    range and no best where none can be defended. `part_of_whole` marks people already counted in another statement
    ("including three children"); `supersedes` a toll that replaces earlier ones ("bringing the toll to 19"); `cumulative`
    a figure over a longer time or over many happenings ("more than 40,000 since 2006"), which is never this event's toll.
    """

    outcome: str
    low: int | None
    best: int | None
    high: int | None
    quantifier: str | None
    who: str | None
    who_class: WhoClass
    span: Span
    claimant: str | None = None
    claimant_span: Span | None = None
    part_of_whole: bool = False
    supersedes: bool = False
    cumulative: bool = False
    further: bool = False  # "three others": people beside those counted before
    replaced: bool = False  # "it had first spoken of ten": the text itself says that another figure has taken its place


@dataclass(frozen=True, slots=True)
class Total:
    """What the statements of one outcome come to. `chosen` is the index of the statement `best` follows, if one does."""

    low: int | None
    best: int | None
    high: int | None
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Weapon:
    """A means of attack as the text names it, by its head ("car bomb")."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Event:
    """One thing the document reports."""

    type: str
    stage: Stage
    background: bool
    confidence: float  # 0 to 1
    date: DateValue | None
    place: PlaceValue | None
    actors: tuple[Actor, ...] = ()
    counts: tuple[Count, ...] = ()
    totals: dict[str, Total] = field(default_factory=dict)
    weapons: tuple[Weapon, ...] = ()
    evidence: tuple[Span, ...] = ()
    trigger: Span | None = None  # the words that say what happened


@dataclass(frozen=True, slots=True)
class Toponym:
    """A mention of a place. `place_id` and the rest are None where the gazetteer has no entry that fits."""

    span: Span
    name: str
    place_id: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything read from one document, the main event first."""

    id: str
    relevant: bool
    events: tuple[Event, ...]
    toponyms: tuple[Toponym, ...]
    language: str = "en"
    extractor: str = "rules"
    version: str = ""
    truncated: bool = False  # the text is longer than the engine reads; what follows is not in the record
