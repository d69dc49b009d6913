"""The one written rule for best counts: what many statements about the same people come to, and which of them `best` follows.

The same rule serves the statements of one article and the claims of an incident over many articles. docs/best-counts.md states it
with examples; the test reads the examples from there.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from incidents.extraction.values import OUTCOMES, Count, Total

Word = Literal["best", "inside", "low", "high", "rival", "superseded", "cumulative"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One count as somebody gave it.

    `origin` names the independent report it came from (one article alone: any one key); `said_at` is the day it was said, None where that
    is not known; `order` is its place in the text, or among reports of one day.
    """

    count: Count
    origin: str = ""
    said_at: date | None = None
    order: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one claim, with the reason in plain words."""

    word: Word
    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure for the whole: one statement, or the sum of statements about different people of one origin."""

    low: int | None
    best: int | None
    high: int | None
    open_high: bool
    members: tuple[int, ...]


def totals(claims: Sequence[Claim]) -> tuple[dict[str, Total], list[Verdict]]:
    """Return the total of each outcome that is stated, and one verdict for each claim, in the order given."""
    verdicts: list[Verdict] = [Verdict("inside", "")] * len(claims)
    found: dict[str, Total] = {}
    for outcome in OUTCOMES:
        indexes = [index for index, claim in enumerate(claims) if claim.count.outcome == outcome]
        if indexes:
            total = _total(claims, indexes, verdicts)
            if total is not None:
                found[outcome] = total
    return found, verdicts


def _total(claims: Sequence[Claim], indexes: list[int], verdicts: list[Verdict]) -> Total | None:
    live: list[int] = []
    for index in indexes:
        verdict = _set_aside(claims, index, indexes)
        if verdict is None:
            live.append(index)
        else:
            verdicts[index] = verdict
    if not live:  # parts alone: they are at least that many people
        parts = [index for index in indexes if claims[index].count.part_of_whole and not claims[index].count.cumulative]
        if not parts:
            return None
        live = parts
    by_origin: dict[str, list[int]] = defaultdict(list)
    for index in live:
        by_origin[claims[index].origin].append(index)
    figures = [figure for members in by_origin.values() for figure in _figures(claims, members, verdicts)]
    return _decide(claims, figures, verdicts)


def _set_aside(claims: Sequence[Claim], index: int, indexes: list[int]) -> Verdict | None:
    """Why a claim is no figure for the whole, None where it may be one."""
    claim = claims[index]
    if claim.count.cumulative:
        return Verdict("cumulative", "counts a longer time or other happenings too")
    if claim.count.part_of_whole:
        return Verdict("inside", "already counted in another statement")
    for other_index in indexes:
        if other_index != index and _supersedes(claims[other_index], claim):
            return Verdict("superseded", f"replaced by the later figure {_shown(claims[other_index].count)}")
    return None


def _supersedes(later: Claim, earlier: Claim) -> bool:
    """Whether `later` replaces `earlier`: a toll that says so, or a newer word of the same claimant on the same people."""
    if later.count.cumulative or later.count.part_of_whole:
        return False
    if later.count.supersedes and not earlier.count.supersedes and _not_before(later, earlier):
        return later.origin == earlier.origin or (later.count.best or 0) >= (earlier.count.best or 0)
    same = later.count.claimant is not None and later.count.claimant == earlier.count.claimant and later.origin == earlier.origin
    if later.count.claimant is not None and later.count.claimant == earlier.count.claimant and later.said_at != earlier.said_at:
        return later.said_at is not None and earlier.said_at is not None and later.said_at > earlier.said_at
    return same and later.count.supersedes and later.order > earlier.order


def _not_before(later: Claim, earlier: Claim) -> bool:
    if later.said_at is None or earlier.said_at is None or later.said_at == earlier.said_at:
        return True
    return later.said_at > earlier.said_at


def _figures(claims: Sequence[Claim], members: list[int], verdicts: list[Verdict]) -> list[Figure]:
    """The figures of one origin for the whole: statements of the whole, or the sum of groups that make up no stated whole."""
    general = [index for index in members if _is_whole(claims[index].count)]
    groups = [index for index in members if index not in general]
    largest = max((_size(claims[index].count) for index in general), default=None)
    rivals = [_single(claims, index) for index in general]
    distinct = _distinct(claims, groups, verdicts)
    summed = _sum(claims, distinct)
    if summed is None:
        return rivals
    if largest is None:
        return [summed]
    if (summed.best or summed.low or 0) <= largest:
        for index in distinct:
            verdicts[index] = Verdict("inside", f"part of the whole of {largest}")
        return rivals
    return (
        [*rivals, summed]
        if len(distinct) > 1 and largest > max(_size(claims[index].count) for index in distinct)
        else _larger(rivals, summed)
    )


def _larger(rivals: list[Figure], summed: Figure) -> list[Figure]:
    return [*rivals, summed]


def _is_whole(count: Count) -> bool:
    """A figure for everyone: people of no special kind, or nobody named ("12 people", "12 dead")."""
    head = (count.who or "").split()[-1:] or [""]
    return count.supersedes or (count.best != 1 and head[0].lower() in ("", "people", "persons", "victims", "dead", "lives"))


def _size(count: Count) -> int:
    return next((figure for figure in (count.best, count.low, count.high) if figure is not None), 0)


def _distinct(claims: Sequence[Claim], groups: list[int], verdicts: list[Verdict]) -> list[int]:
    """Statements about different people: of those that name the same people, the one said last with a figure."""
    kept: dict[str, int] = {}
    for index in groups:
        count = claims[index].count
        key = _who_key(count)
        known = kept.get(key)
        if known is None:
            kept[key] = index
        elif _size(count) == _size(claims[known].count) or count.best is None:
            verdicts[index] = Verdict("inside", "says the same again")
        elif _size(count) > _size(claims[known].count):
            verdicts[known] = Verdict("inside", f"part of the {_shown(count)} counted elsewhere")
            kept[key] = index
        else:
            verdicts[index] = Verdict("inside", f"part of the {_shown(claims[known].count)} counted elsewhere")
    return sorted(kept.values())


def _who_key(count: Count) -> str:
    """Who is counted, reduced to the noun, so that "five soldiers" and "the soldiers" meet; a person's name is a key of its own."""
    who = (count.who or "").lower()
    return who if count.best == 1 else who.split()[-1] if who else ""


def _single(claims: Sequence[Claim], index: int) -> Figure:
    count = claims[index].count
    return Figure(count.low, count.best, count.high, count.high is None, (index,))


def _sum(claims: Sequence[Claim], members: list[int]) -> Figure | None:
    if not members:
        return None
    if len(members) == 1:
        return _single(claims, members[0])
    counts = [claims[index].count for index in members]
    known = [count.best for count in counts if count.best is not None]
    low = sum(next((figure for figure in (count.low, count.best) if figure is not None), 0) for count in counts)
    open_high = any(count.high is None for count in counts)
    high = None if open_high else sum(count.high or 0 for count in counts)
    return Figure(low, sum(known) if known else None, high, open_high, tuple(members))


def _decide(claims: Sequence[Claim], figures: list[Figure], verdicts: list[Verdict]) -> Total | None:
    """Of the live figures: most independent origins, then the latest, then the lower."""
    valued = [figure for figure in figures if figure.best is not None]
    support: dict[int, set[str]] = defaultdict(set)
    for figure in valued:
        support[figure.best or 0].add(claims[figure.members[0]].origin)
    lows = [figure.low for figure in figures if figure.low is not None] + [
        figure.best for figure in valued if figure.best is not None and figure.low is not None
    ]
    chosen = min(valued, key=lambda figure: _rank(claims, figure, support), default=None)
    open_high = any(figure.open_high and (chosen is None or _reach(figure) >= _reach(chosen)) for figure in figures)
    highs = [figure.high if figure.high is not None else figure.best for figure in figures]
    known_highs = [figure for figure in highs if figure is not None]
    low = min(lows, default=None)
    high = None if open_high else max(known_highs, default=None)
    _judge(claims, figures, chosen, low, high, verdicts)
    if chosen is None:
        return Total(low, None, high)
    return Total(low, chosen.best, high, chosen.members[0] if len(chosen.members) == 1 else None)


def _reach(figure: Figure) -> int:
    return max(value for value in (figure.low, figure.best, figure.high, 0) if value is not None)


def _rank(claims: Sequence[Claim], figure: Figure, support: dict[int, set[str]]) -> tuple[int, int, int, int]:
    said = max((claims[index].said_at for index in figure.members if claims[index].said_at is not None), default=None)
    best = figure.best or 0
    supersedes = any(claims[index].count.supersedes for index in figure.members)
    return (-len(support[best]), -(said.toordinal() if said else 0), -int(supersedes), best)


def _judge(
    claims: Sequence[Claim],
    figures: list[Figure],
    chosen: Figure | None,
    low: int | None,
    high: int | None,
    verdicts: list[Verdict],
) -> None:
    for figure in figures:
        verdict = _verdict(figure, chosen, low, high)
        for index in figure.members:
            verdicts[index] = verdict


def _verdict(figure: Figure, chosen: Figure | None, low: int | None, high: int | None) -> Verdict:
    if figure is chosen or (chosen is not None and figure.best == chosen.best):
        summed = len(figure.members) > 1
        return Verdict("best", "added to the other groups, no whole being stated" if summed else "the figure that best follows")
    if low is not None and low in (figure.low, figure.best) and _reach(figure) <= (chosen.best or 0 if chosen else low):
        return Verdict("low", "the least live figure")
    if high is not None and high in (figure.high, figure.best):
        return Verdict("high", "the greatest live figure")
    return Verdict("rival", "another live figure for the whole")


def _shown(count: Count) -> str:
    return str(_size(count))
