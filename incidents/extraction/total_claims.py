"""What the rule for best counts works on: claims, what is judged of each, and figures for the whole."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from incidents.extraction.values import Count

Verdict = Literal["best", "agrees", "added", "inside", "sets the low", "sets the high", "rival", "superseded", "set aside"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement, the independent origin that carries it, and the day it was said (None: not known, before all others)."""

    count: Count
    origin: Hashable = None
    article: Hashable = None
    said_on: date | None = None

    @property
    def is_group(self) -> bool:
        """Whether it counts some of the people only: one side of those there are."""
        return self.count.who_class != "unknown"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rule makes of one claim, and why, in words a reader understands."""

    verdict: Verdict
    reason: str
    values: tuple[tuple[str, str], ...] = ()  # what the reason names: it is translated without them

    @property
    def words(self) -> str:
        """The reason with what it names, untranslated."""
        return self.reason % dict(self.values)


@dataclass(slots=True)
class Figure:
    """A figure for the whole as one article carries it: one claim, or the sum of several."""

    members: list[int]
    low: int | None
    best: int | None
    high: int | None
    origin: Hashable
    said_on: date
    group_only: bool
    article: Hashable = None
    times: int = 1  # statements of the article that give it
    vague: bool = False
    place: int = 0  # among the figures of its article: the first stated is the headline's or the lead's


def day_of(claim: Claim) -> date:
    return claim.said_on or date.min


def value_of(count: Count) -> int:
    return next((value for value in (count.best, count.low, count.high) if value is not None), 0)


def voice_of(claim: Claim) -> str:
    return (claim.count.claimant or "").lower()


def same_people(one: Claim, other: Claim) -> bool:
    if not one.is_group or not other.is_group:
        return one.is_group == other.is_group
    return group_of(one) == group_of(other)


def group_of(claim: Claim) -> str:
    return claim.count.who_class if claim.count.who_class != "unknown" else (claim.count.who or "").lower()
