"""The one rule for best counts, for one article's statements as for an incident's over many articles. Pure; docs/best-counts.md.

1. A figure over a longer time or over many happenings is set aside.
2. What a later claim of the same claimant supersedes is dropped, and what its own article says is replaced. Where nobody is
   named, a later day's higher figure supersedes: unnamed tolls are updated, and an old one repeated late is not news.
3. A part is inside the whole and never added to it; parts alone, whose whole is told nowhere, are figures themselves. Where an
   article states no whole, the different sides it counts are summed; "three others" are added to what they are other
   than (total_article.py).
4. One side's losses stand inside a whole that another article states, unless they exceed it.
5. Of the remaining figures for the whole, best is the one carried by most independent origins, then the latest, then the one
   stated most often, then the one its article states first, then the lower.
6. Low and high are the least and greatest live figures; "at least" gives no high, "nearly" no low. A plural without a figure
   ("soldiers died") is two or more where nothing else is said, and nothing beside a figure.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from incidents.extraction.total_article import figures_of_article
from incidents.extraction.total_claims import Claim, Figure, Judgement, Verdict, day_of, group_of, same_people, value_of, voice_of
from incidents.extraction.values import Count, Total

__all__ = ["Claim", "Judgement", "Toll", "Verdict", "toll", "tolls"]


@dataclass(frozen=True, slots=True)
class Toll:
    """What the claims of one outcome come to; `judgements` are in the order of the claims."""

    total: Total
    judgements: tuple[Judgement, ...]


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
    figures = _with_figures(claims, figures, judged)
    best = _best(figures)
    total = Total(_low(figures), best.best if best else None, _high(figures), _chosen(best))
    _judge_figures(claims, figures, best, total, judged)
    return Toll(total, tuple(judged[index] for index in range(len(claims))))


def _superseded(claim: Claim, later: Claim) -> Judgement:
    number = ("n", f"{value_of(later.count):,}")
    if not claim.count.claimant:
        return Judgement("superseded", "Nobody named, a later figure: %(n)s.", (number,))
    return Judgement("superseded", "%(who)s, a later figure: %(n)s.", (("who", claim.count.claimant), number))


def _inside(claim: Claim) -> Judgement:
    if not claim.count.who:
        return Judgement("inside", "One group, inside the whole that others state.")
    return Judgement("inside", "%(who)s: inside the whole that others state.", (("who", claim.count.who),))


def _not_superseded(claims: Sequence[Claim], judged: dict[int, Judgement]) -> list[int]:
    """Steps 1 and 2: return the indices of live claims; judge the others."""
    live = []
    newer = _able_to_supersede(claims)
    standing = {_people_of(claim) for claim in claims if not (claim.count.replaced or claim.count.cumulative)}
    for index, claim in enumerate(claims):
        if claim.count.cumulative:
            judged[index] = Judgement("set aside", "A figure over a longer time or over many happenings.")
        elif claim.count.replaced and _people_of(claim) in standing:
            judged[index] = Judgement("superseded", "The article itself says that another figure took its place.")
        elif later := _successor(claim, newer):
            judged[index] = _superseded(claim, later)
        else:
            live.append(index)
    return live


def _people_of(claim: Claim) -> Hashable:
    """The article and whom it counts there: everybody, or one side."""
    return claim.article, group_of(claim) if claim.is_group else ""


def _able_to_supersede(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that say they replace others or were said after the first day, of claims that act alike the first."""
    first = min(map(day_of, claims), default=None)
    found: dict[Hashable, Claim] = {}
    for claim in claims:
        count = claim.count
        if not count.cumulative and (count.supersedes or day_of(claim) != first):
            said = (claim.article, day_of(claim), count.supersedes, count.claimant)
            found.setdefault((*said, count.part_of_whole, count.who_class, value_of(count)), claim)
    return list(found.values())


def _successor(claim: Claim, newer: Sequence[Claim]) -> Claim | None:
    """Return the claim that supersedes this one: same claimant, same people, later."""
    for other in newer:
        if (
            other.count.part_of_whole != claim.count.part_of_whole
            or not same_people(claim, other)
            or value_of(other.count) == value_of(claim.count)
        ):
            continue
        if _says_it_replaces(other, claim) if other.count.supersedes else _updates(other, claim):
            return other
    return None


def _says_it_replaces(other: Claim, claim: Claim) -> bool:
    """ "bringing the toll to 19": replaces what the same article or an earlier day says."""
    return not claim.count.supersedes and (other.article == claim.article or day_of(other) >= day_of(claim))


def _updates(other: Claim, claim: Claim) -> bool:
    """A later day's figure of one claimant; of nobody named only where it is higher."""
    if voice_of(other) != voice_of(claim) or day_of(other) <= day_of(claim):
        return False
    return bool(claim.count.claimant) or value_of(other.count) > value_of(claim.count)


def _figures(claims: Sequence[Claim], live: list[int], judged: dict[int, Judgement]) -> list[Figure]:
    """Step 3: return the figures for the whole, article by article; judge the parts."""
    by_article: dict[Hashable, list[int]] = {}
    parts_alone = all(claims[index].count.part_of_whole for index in live)
    for index in live:
        claim = claims[index]
        if claim.count.part_of_whole and not parts_alone:
            judged[index] = Judgement("inside", "A part of the people already counted.")
        else:
            by_article.setdefault((claim.origin, claim.article), []).append(index)
    figures: list[Figure] = []
    for members in by_article.values():
        of_article = figures_of_article(claims, members, judged)
        for place, figure in enumerate(of_article):
            figure.place = place
        figures += of_article
    return figures


def _without_sides(claims: Sequence[Claim], figures: list[Figure], judged: dict[int, Judgement]) -> list[Figure]:
    """Step 4: drop one side's figures that fit inside a whole another article states."""
    kept = []
    for figure in figures:
        wholes = [
            other.best for other in figures if not other.group_only and other.article != figure.article and other.best is not None
        ]
        if figure.group_only and (figure.best or figure.low or 0) <= max(wholes, default=-1):
            for index in figure.members:
                judged[index] = _inside(claims[index])
        else:
            kept.append(figure)
    return kept


def _with_figures(claims: Sequence[Claim], figures: list[Figure], judged: dict[int, Judgement]) -> list[Figure]:
    """Step 6: "soldiers died" gives no figure, and sets no bound where any statement gives one above one."""
    given = [figure for figure in figures if not all(_is_plural_alone(claims[index].count) for index in figure.members)]
    if not any((figure.best or figure.low or figure.high or 0) > 1 for figure in given):
        return figures
    for figure in figures:
        if figure not in given:
            judged.update(dict.fromkeys(figure.members, Judgement("agrees", "More than one, without a figure.")))
    return given


def _is_plural_alone(count: Count) -> bool:
    return (count.low, count.best, count.high, count.quantifier) == (2, None, None, None)


def _best(figures: list[Figure]) -> Figure | None:
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


def _low(figures: list[Figure]) -> int | None:
    """Step 6: the least live figure, where any statement gives a low at all."""
    lows = [figure.low for figure in figures if figure.low is not None]
    return min([*lows, *_bests(figures)]) if lows else None


def _high(figures: list[Figure]) -> int | None:
    """Step 6: the greatest live figure, unless "at least" goes beyond it."""
    highs = [figure.high for figure in figures if figure.high is not None]
    floors = [figure.best or figure.low or 0 for figure in figures if figure.high is None]
    greatest = max([*highs, *_bests([figure for figure in figures if figure.high is not None])], default=0)
    return greatest if highs and max(floors, default=0) <= greatest else None


def _bests(figures: list[Figure]) -> list[int]:
    return [figure.best for figure in figures if figure.best is not None]


def _chosen(best: Figure | None) -> int | None:
    return best.members[0] if best is not None and len(best.members) == 1 else None


def _judge_figures(
    claims: Sequence[Claim], figures: list[Figure], best: Figure | None, total: Total, judged: dict[int, Judgement]
) -> None:
    for figure in figures:
        for index in figure.members:
            if index not in judged or best is figure:
                judged[index] = _judgement(claims[index].count, figure, best, total)


def _judgement(count: Count, figure: Figure, best: Figure | None, total: Total) -> Judgement:
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
