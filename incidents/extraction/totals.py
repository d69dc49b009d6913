"""The one rule for best counts, for one article's statements as for an incident's over many articles. Pure; docs/best-counts.md.

1. A figure over a longer time or over many happenings is set aside.
2. What a later claim of the same claimant supersedes is dropped. Where nobody is named, a later day's higher figure supersedes:
   unnamed tolls are updated, and an old one repeated late is not news.
3. A part is inside the whole and never added to it. Where an article states no whole, the different groups it counts are summed;
   "three others" are added to what they are other than.
4. One side's losses stand inside a whole that another article states, unless they exceed it.
5. Of the remaining figures for the whole, best is the one carried by most independent origins, then the latest, then the one
   stated most often, then the one its article states first, then the lower.
6. Low and high are the least and greatest live figures; "at least" gives no high, "nearly" no low.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from incidents.extraction.values import Count, Total

Verdict = Literal["best", "agrees", "added", "inside", "sets the low", "sets the high", "rival", "superseded", "set aside"]

# Quantifiers so loose that an exact figure for the same people is always better.
VAGUE = frozenset({"several", "a few", "few", "multiple"})


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


@dataclass(frozen=True, slots=True)
class Toll:
    """What the claims of one outcome come to; `judgements` are in the order of the claims."""

    total: Total
    judgements: tuple[Judgement, ...]


@dataclass(slots=True)
class _Figure:
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


def tolls(claims: Iterable[Claim]) -> dict[str, Toll]:
    """Return the toll of each outcome that is claimed."""
    by_outcome: dict[str, list[Claim]] = {}
    for claim in claims:
        by_outcome.setdefault(claim.count.outcome, []).append(claim)
    return {outcome: toll(of_one) for outcome, of_one in by_outcome.items()}


def toll(claims: Sequence[Claim]) -> Toll:
    """Return what the claims of one outcome come to. `chosen` is an index into `claims`, or into none where best is a sum."""
    judged: dict[int, Judgement] = {}
    live = _not_superseded(claims, judged)
    figures = _figures(claims, live, judged)
    figures = _without_sides(claims, figures, judged)
    best = _best(figures)
    total = Total(_low(figures), best.best if best else None, _high(figures), _chosen(best))
    _judge_figures(claims, figures, best, total, judged)
    return Toll(total, tuple(judged[index] for index in range(len(claims))))


def _day(claim: Claim) -> date:
    return claim.said_on or date.min


def _value(count: Count) -> int:
    return next((value for value in (count.best, count.low, count.high) if value is not None), 0)


def _not_superseded(claims: Sequence[Claim], judged: dict[int, Judgement]) -> list[int]:
    """Steps 1 and 2: return the indices of live claims; judge the others."""
    live = []
    for index, claim in enumerate(claims):
        if claim.count.cumulative:
            judged[index] = Judgement("set aside", "A figure over a longer time or over many happenings.")
        elif later := _successor(claims, index):
            who = claim.count.claimant or "Nobody named"
            judged[index] = Judgement("superseded", f"{who}, a later figure: {_value(later.count):,}.")
        else:
            live.append(index)
    return live


def _successor(claims: Sequence[Claim], index: int) -> Claim | None:
    """Return the claim that supersedes this one: same claimant, same people, later."""
    claim = claims[index]
    for other in claims:
        comparable = not other.count.cumulative and other.count.part_of_whole == claim.count.part_of_whole
        if not comparable or not _same_people(claim, other) or _value(other.count) == _value(claim.count):
            continue
        if _says_it_replaces(other, claim) if other.count.supersedes else _updates(other, claim):
            return other
    return None


def _says_it_replaces(other: Claim, claim: Claim) -> bool:
    """ "bringing the toll to 19": replaces what the same article or an earlier day says."""
    return not claim.count.supersedes and (other.article == claim.article or _day(other) >= _day(claim))


def _updates(other: Claim, claim: Claim) -> bool:
    """A later day's figure of one claimant; of nobody named only where it is higher."""
    if _voice(other) != _voice(claim) or _day(other) <= _day(claim):
        return False
    return bool(claim.count.claimant) or _value(other.count) > _value(claim.count)


def _voice(claim: Claim) -> str:
    return (claim.count.claimant or "").lower()


def _same_people(one: Claim, other: Claim) -> bool:
    if not one.is_group or not other.is_group:
        return one.is_group == other.is_group
    return _group(one) == _group(other)


def _group(claim: Claim) -> str:
    return claim.count.who_class if claim.count.who_class != "unknown" else (claim.count.who or "").lower()


def _figures(claims: Sequence[Claim], live: list[int], judged: dict[int, Judgement]) -> list[_Figure]:
    """Step 3: return the figures for the whole, article by article; judge the parts."""
    by_article: dict[Hashable, list[int]] = {}
    for index in live:
        claim = claims[index]
        if claim.count.part_of_whole:
            judged[index] = Judgement("inside", "A part of the people already counted.")
        else:
            by_article.setdefault((claim.origin, claim.article), []).append(index)
    figures: list[_Figure] = []
    for members in by_article.values():
        of_article = _figures_of_article(claims, members, judged)
        for place, figure in enumerate(of_article):
            figure.place = place
        figures += of_article
    return figures


def _figures_of_article(claims: Sequence[Claim], members: list[int], judged: dict[int, Judgement]) -> list[_Figure]:
    """The figures of one article: its wholes, and what its different groups come to where that is no part of a whole."""
    runs = _without_summands([_sum(claims, run) for run in _runs(claims, members)], claims, judged)
    runs = _without_ages(claims, runs, judged)
    wholes = [run for run in runs if _speaks_of_all(claims, run)]
    groups = [run for run in runs if run not in wholes]
    together = _together(claims, groups, judged)
    if together is None:
        return wholes
    wholes = _without_zeros(wholes, together, judged)
    greatest = max((run.best for run in wholes if run.best is not None), default=None)
    if greatest is None or together.best is None or together.best > greatest:
        return sorted([*wholes, together], key=lambda figure: figure.members[0])
    for index in together.members:
        judged[index] = Judgement("inside", "One group of the people counted in the whole.")
    for run in wholes:
        run.times += together.times if run.best == together.best else 0
    return wholes


# Words for people by age or sex: where a larger figure stands beside them, they are some of those.
AGES = frozenset(
    {
        "children",
        "women",
        "girls",
        "boys",
        "men",
        "babies",
        "infants",
        "minors",
        "teenagers",
        "schoolchildren",
        "students",
        "adults",
        "youths",
    }
)


def _without_ages(claims: Sequence[Claim], runs: list[_Figure], judged: dict[int, Judgement]) -> list[_Figure]:
    """Leave out women, children and the like where the article states a larger figure."""
    kept = []
    for run in runs:
        who = (claims[run.members[0]].count.who or "").lower().split()[-1:]
        larger = any((other.best or 0) > (run.best or 0) for other in runs)
        if len(run.members) == 1 and larger and who and who[0] in AGES:
            judged[run.members[0]] = Judgement("inside", "Some of the people counted in a larger figure.")
        else:
            kept.append(run)
    return kept


def _without_zeros(wholes: list[_Figure], together: _Figure, judged: dict[int, Judgement]) -> list[_Figure]:
    """ "No casualties" in an article that counts people of one side is said of the others."""
    if not together.best:
        return wholes
    for run in wholes:
        if run.best == 0:
            judged[run.members[0]] = Judgement("rival", "None, where the article counts some: said of others.")
    return [run for run in wholes if run.best != 0]


def _without_summands(runs: list[_Figure], claims: Sequence[Claim], judged: dict[int, Judgement]) -> list[_Figure]:
    """Leave out figures that a sum of the article takes in: "58 civilians … 58 civilians and 24 others" come to 82."""
    sums = [run for run in runs if len(run.members) > 1 and run.best is not None]
    kept = []
    for run in runs:
        taken_in = len(run.members) == 1 and run.best and any(_takes_in(claims, one, run) for one in sums)
        if taken_in:
            judged[run.members[0]] = Judgement("inside", "One group of the people added up elsewhere in the article.")
        else:
            kept.append(run)
    return kept


def _takes_in(claims: Sequence[Claim], whole: _Figure, part: _Figure) -> bool:
    counted = claims[part.members[0]].count
    return any(
        claims[index].count.best == counted.best and _same_people(claims[index], claims[part.members[0]])
        for index in whole.members
    )


def _runs(claims: Sequence[Claim], members: list[int]) -> list[list[int]]:
    """Statements in order, "a child" of "five women and a child" and "three others" with those before them."""
    runs: list[list[int]] = []
    for index in members:
        if claims[index].count.further and runs:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _speaks_of_all(claims: Sequence[Claim], run: _Figure) -> bool:
    """Whether a figure counts everybody: people of no special kind, or several kinds in one breath."""
    kinds = {claims[index].count.who_class for index in run.members} - {"unknown"}
    if len(run.members) == 1 or len(kinds) == 1:
        return not claims[run.members[0]].is_group
    return True


def _size(figure: _Figure) -> int:
    return next((value for value in (figure.best, figure.low, figure.high) if value is not None), 0)


def _together(claims: Sequence[Claim], groups: list[_Figure], judged: dict[int, Judgement]) -> _Figure | None:
    """One figure for each side, added up. Of several figures for one side the most repeated counts, then the first stated."""
    sides: dict[str, list[_Figure]] = {}
    for run in groups:
        sides.setdefault(_side(claims, run), []).append(run)
    if not sides:
        return None
    single = _different_people(claims, sides.pop(SINGLE, []), judged)
    mains = [_main_of_side(claims, runs, judged) for runs in sides.values()]
    kept = [index for main in mains for index in main.members]
    if len(single) > max((_size(main) for main in mains), default=0):
        kept += [index for run in single for index in run.members]
    else:
        for run in single:
            judged[run.members[0]] = Judgement("inside", "One of the people counted elsewhere in the article.")
    total = _sum(claims, sorted(kept))
    total.times = min((main.times for main in mains), default=1)
    return total


SINGLE = "one"


def _side(claims: Sequence[Claim], run: _Figure) -> str:
    """The side a figure counts; people named or told of one by one without a side are a side of their own."""
    first = claims[run.members[0]]
    if first.count.who_class == "unknown" and run.best == 1:
        return SINGLE
    return _group(first)


def _main_of_side(claims: Sequence[Claim], runs: list[_Figure], judged: dict[int, Judgement]) -> _Figure:
    """A side's figure: single people one by one, else the figure most repeated, then first stated."""
    if all(run.best == 1 for run in runs):
        return _sum(claims, [index for run in _different_people(claims, runs, judged) for index in run.members])
    times = [sum(other.best == run.best for other in runs) if run.best is not None else 0 for run in runs]
    main = max(range(len(runs)), key=lambda number: (not runs[number].vague, times[number], -number))
    for number, run in enumerate(runs):
        if number != main:
            same = run.best is not None and run.best == runs[main].best
            verdict = (
                Judgement("agrees", "The same figure again.")
                if same
                else Judgement("rival", "Another figure for the same people.")
            )
            judged.update(dict.fromkeys(run.members, verdict))
    runs[main].times = times[main]
    return runs[main]


def _different_people(claims: Sequence[Claim], runs: list[_Figure], judged: dict[int, Judgement]) -> list[_Figure]:
    """Single people of one side. Names and descriptions may be of the same people, so the more numerous of the two stand for both."""
    described: dict[str, _Figure] = {}
    named: dict[str, _Figure] = {}
    for run in runs:
        who = (claims[run.members[0]].count.who or "").split()
        name = bool(who) and who[-1][:1].isupper()
        kept = named if name else described
        if kept.setdefault(who[-1] if name else " ".join(who).lower(), run) is not run:
            judged.update(dict.fromkeys(run.members, Judgement("agrees", "The same person again.")))
    more, fewer = (named, described) if len(named) > len(described) else (described, named)
    for run in fewer.values():
        judged.update(dict.fromkeys(run.members, Judgement("inside", "One of the people named or described elsewhere.")))
    return list(more.values())


def _sum(claims: Sequence[Claim], members: list[int]) -> _Figure:
    counts = [claims[index].count for index in members]

    def added(values: list[int | None]) -> int | None:
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    first = claims[members[0]]
    return _Figure(
        members,
        added([count.low for count in counts]),
        added([count.best for count in counts]),
        added([count.high for count in counts]),
        first.origin,
        max(_day(claims[index]) for index in members),
        all(claims[index].is_group for index in members),
        first.article,
        vague=any(count.quantifier in VAGUE for count in counts),
    )


def _without_sides(claims: Sequence[Claim], figures: list[_Figure], judged: dict[int, Judgement]) -> list[_Figure]:
    """Step 4: drop one side's figures that fit inside a whole another article states."""
    kept = []
    for figure in figures:
        wholes = [
            other.best for other in figures if not other.group_only and other.article != figure.article and other.best is not None
        ]
        if figure.group_only and (figure.best or figure.low or 0) <= max(wholes, default=-1):
            for index in figure.members:
                who = claims[index].count.who or "one group"
                judged[index] = Judgement("inside", f"{who}: inside the whole that others state.")
        else:
            kept.append(figure)
    return kept


def _best(figures: list[_Figure]) -> _Figure | None:
    """Step 5."""
    stated = [figure for figure in figures if figure.best is not None]
    if not stated:
        return None
    origins: dict[int | None, set[Hashable]] = {}
    times: dict[int | None, int] = {}
    for figure in stated:
        origins.setdefault(figure.best, set()).add(figure.origin)
        times[figure.best] = times.get(figure.best, 0) + figure.times
    return max(
        stated,
        key=lambda figure: (
            len(origins[figure.best]),
            figure.said_on,
            not figure.vague,
            times[figure.best],
            -figure.place,
            -(figure.best or 0),
            -figure.members[0],
        ),
    )


def _low(figures: list[_Figure]) -> int | None:
    """Step 6: the least live figure, where any statement gives a low at all."""
    lows = [figure.low for figure in figures if figure.low is not None]
    return min([*lows, *_bests(figures)]) if lows else None


def _high(figures: list[_Figure]) -> int | None:
    """Step 6: the greatest live figure, unless "at least" goes beyond it."""
    highs = [figure.high for figure in figures if figure.high is not None]
    floors = [figure.best or figure.low or 0 for figure in figures if figure.high is None]
    greatest = max([*highs, *_bests([figure for figure in figures if figure.high is not None])], default=0)
    return greatest if highs and max(floors, default=0) <= greatest else None


def _bests(figures: list[_Figure]) -> list[int]:
    return [figure.best for figure in figures if figure.best is not None]


def _chosen(best: _Figure | None) -> int | None:
    return best.members[0] if best is not None and len(best.members) == 1 else None


def _judge_figures(
    claims: Sequence[Claim], figures: list[_Figure], best: _Figure | None, total: Total, judged: dict[int, Judgement]
) -> None:
    for figure in figures:
        for index in figure.members:
            if index not in judged or best is figure:
                judged[index] = _judgement(claims[index].count, figure, best, total)


def _judgement(count: Count, figure: _Figure, best: _Figure | None, total: Total) -> Judgement:
    if figure is best:
        if len(figure.members) > 1:
            return Judgement("added", "No whole is stated: the groups are added up.")
        return Judgement("best", "Carried by most independent origins, then the latest, then the lower.")
    if best is not None and figure.best == best.best:
        return Judgement("agrees", "The same figure, from another statement.")
    if count.high is None and count.low is not None and count.low == total.low:
        return Judgement("sets the low", "“At least”: a floor, compatible with more.")
    if figure.low is not None and figure.low == total.low:
        return Judgement("sets the low", "The least live figure.")
    if figure.high is not None and figure.high == total.high:
        return Judgement("sets the high", "The greatest live figure.")
    return Judgement("rival", "Another live figure, between the least and the greatest.")
