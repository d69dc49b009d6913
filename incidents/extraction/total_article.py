"""One article's figures: its wholes, and what the different groups it counts come to. Steps of the rule in totals.py."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from incidents.extraction.lexicons import words
from incidents.extraction.person_names import is_one_name, name_words
from incidents.extraction.total_claims import Claim, Figure, Judgement, day_of, group_of, same_people

COORDINATED: Final = 80  # characters between the parts of one list of people, or between who died later and the toll they raise
# Quantifiers so loose that an exact figure for the same people is always better.
VAGUE: Final = frozenset({"several", "a few", "few", "multiple"})


def figures_of_article(claims: Sequence[Claim], members: list[int], judged: dict[int, Judgement]) -> list[Figure]:
    """The figures of one article: its wholes, and what its different groups come to where that is no part of a whole."""
    stated = _without_more([summed(claims, run) for run in _runs(claims, members, judged)], claims, judged)
    runs = _without_summands(stated, claims, judged)
    runs = _without_round(claims, _without_ages(claims, runs, judged), judged)
    wholes = [run for run in runs if _speaks_of_all(claims, run)]
    groups = [run for run in runs if run not in wholes]
    wholes = _without_later_single(wholes, judged)
    together = _together(claims, groups, judged)
    if together is None:
        return _without_zeros(wholes, max(wholes, key=_size), judged) if wholes else []
    wholes = _without_zeros(wholes, together, judged)
    greatest = max((run.best for run in wholes if run.best is not None), default=None)
    if greatest is None or together.best is None or together.best > greatest:
        return sorted([*wholes, together], key=lambda figure: figure.members[0])
    for index in together.members:
        judged[index] = Judgement("inside", "One group of the people counted in the whole.")
    for run in wholes:
        run.times += together.times if run.best == together.best else 0
    return wholes


AGES: Final = words("person_ages")


def _without_ages(claims: Sequence[Claim], runs: list[Figure], judged: dict[int, Judgement]) -> list[Figure]:
    """Leave out women, children and the like where the article states a larger figure."""
    kept = []
    greatest = max((run.best or 0 for run in runs), default=0)
    for run in runs:
        who = (claims[run.members[0]].count.who or "").lower().split()[-1:]
        larger = greatest > (run.best or 0)
        if len(run.members) == 1 and larger and who and who[0] in AGES:
            judged[run.members[0]] = Judgement("inside", "Some of the people counted in a larger figure.")
        else:
            kept.append(run)
    return kept


# Words that leave a round figure open upwards.
BEYOND: Final = frozenset({"more than", "over", "above", "well over", "upwards of", "upward of", "in excess of"})
ROUND: Final = 10
AND_A_QUARTER: Final = 1.25


def _without_round(claims: Sequence[Claim], runs: list[Figure], judged: dict[int, Judgement]) -> list[Figure]:
    """Leave out "more than 50" where the article also says 51: the round figure is the same one, told shortly."""
    kept = []
    for run in runs:
        count = claims[run.members[0]].count
        is_round = len(run.members) == 1 and count.quantifier in BEYOND and bool(count.best) and (count.best or 0) % ROUND == 0
        exact = next((other for other in runs if is_round and _refines(claims, other, run)), None)
        if exact is None:
            kept.append(run)
        else:
            exact.times += 1
            judged[run.members[0]] = Judgement("agrees", "The same figure, told shortly.")
    return kept


def _refines(claims: Sequence[Claim], other: Figure, run: Figure) -> bool:
    low, exact = run.best or 0, other.best or 0
    return low < exact <= low * AND_A_QUARTER and (
        other.group_only or not run.group_only or same_people(claims[other.members[0]], claims[run.members[0]])
    )


def _without_more(runs: list[Figure], claims: Sequence[Claim], judged: dict[int, Judgement]) -> list[Figure]:
    """Leave out "three more die" before "the toll is now 17", which counts them."""
    if len(runs) == 1:
        return runs
    (more, *_), (toll, *_) = runs[0].members, runs[1].members
    first, second = claims[more].count, claims[toll].count
    near = first.span.in_title == second.span.in_title and second.span.start - first.span.end <= COORDINATED
    if not (first.further and len(runs[0].members) == 1 and near) or second.further or claims[toll].is_group:
        return runs
    if (second.best or 0) <= (first.best or 0):
        return runs
    judged[more] = Judgement("inside", "Counted in the toll that is told with it.")
    return runs[1:]


def _without_zeros(wholes: list[Figure], together: Figure, judged: dict[int, Judgement]) -> list[Figure]:
    """ "No casualties" in an article that counts people of one side is said of the others."""
    if not together.best:
        return wholes
    for run in wholes:
        if run.best == 0:
            judged[run.members[0]] = Judgement("rival", "None, where the article counts some: said of others.")
    return [run for run in wholes if run.best != 0]


def _without_later_single(wholes: list[Figure], judged: dict[int, Judgement]) -> list[Figure]:
    """Leave out one person told of alone after a toll: one of those it counts, or somebody killed elsewhere."""
    first = next((number for number, run in enumerate(wholes) if (run.best or 0) > 1 and not run.vague), len(wholes))
    for run in wholes[first:]:
        if run.best == 1:
            judged[run.members[0]] = Judgement("inside", "One person, told of after the toll of all.")
    return wholes[:first] + [run for run in wholes[first:] if run.best != 1]


def _without_summands(runs: list[Figure], claims: Sequence[Claim], judged: dict[int, Judgement]) -> list[Figure]:
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


def _takes_in(claims: Sequence[Claim], whole: Figure, part: Figure) -> bool:
    counted = claims[part.members[0]].count
    return any(
        claims[index].count.best == counted.best and same_people(claims[index], claims[part.members[0]])
        for index in whole.members
    )


def _runs(claims: Sequence[Claim], members: list[int], judged: dict[int, Judgement]) -> list[list[int]]:
    """Statements in order, "a child" of "five women and a child" and "three others" with those before them."""
    runs: list[list[int]] = []
    for index in members:
        if not (claims[index].count.further and runs) or _repeats(claims, runs[-1], index):
            runs.append([index])
        elif _is_in_toll(claims, members, runs[-1], index):
            judged[index] = Judgement("inside", "Counted in the toll that the headline or an update gives.")
        else:
            runs[-1].append(index)
    return runs


def _is_in_toll(claims: Sequence[Claim], members: list[int], run: list[int], index: int) -> bool:
    """Whether "three others", told apart, are in the figure before: it is the headline's, or an earlier toll and the three."""
    count, base, before = claims[index].count, claims[run[0]].count, claims[run[-1]].count
    if count.span.in_title or count.span.start - before.span.end <= COORDINATED or not base.best or count.best is None:
        return False
    others = [claims[other].count for other in members if other != index]
    return any(other.best == base.best and other.span.in_title for other in others) or any(
        other.best == base.best - count.best and not other.further for other in others
    )


def _repeats(claims: Sequence[Claim], run: list[int], index: int) -> bool:
    """Whether a statement gives a figure of the run again ("also killed 60 rebels" after "60 rebels were killed")."""
    best = claims[index].count.best
    if best is None or best <= 2:
        return False
    return any(claims[other].count.best == best and same_people(claims[other], claims[index]) for other in run)


def _speaks_of_all(claims: Sequence[Claim], run: Figure) -> bool:
    """Whether a figure counts everybody: people of no special kind, or several kinds in one breath."""
    kinds = {claims[index].count.who_class for index in run.members} - {"unknown"}
    if len(run.members) == 1 or len(kinds) == 1:
        return not claims[run.members[0]].is_group
    return True


def _size(figure: Figure) -> int:
    return next((value for value in (figure.best, figure.low, figure.high) if value is not None), 0)


def _together(claims: Sequence[Claim], groups: list[Figure], judged: dict[int, Judgement]) -> Figure | None:
    """One figure for each side, added up. Of several figures for one side the most repeated counts, then the first stated."""
    sides: dict[str, list[Figure]] = {}
    for run in groups:
        sides.setdefault(_side(claims, run), []).append(run)
    if not sides:
        return None
    single = _different_people(claims, sides.pop(SINGLE, []), judged)
    mains = _of_the_headline(claims, [_main_of_side(claims, runs, judged) for runs in sides.values()], judged)
    mains = _with_figures(mains, judged)
    kept = [index for main in mains for index in main.members]
    if len(single) > max((_size(main) for main in mains), default=0) or _are_other_names(claims, single, kept):
        kept += [index for run in single for index in run.members]
    else:
        for run in single:
            judged[run.members[0]] = Judgement("inside", "One of the people counted elsewhere in the article.")
    total = summed(claims, sorted(kept))
    total.times = min((main.times for main in mains), default=1)
    return total


def _are_other_names(claims: Sequence[Claim], single: list[Figure], kept: list[int]) -> bool:
    """Whether all are people named one by one, and no two names can be of one person."""
    names = [name_of(claims[index]) for index in [*(run.members[0] for run in single), *kept]]
    return bool(single) and all(names) and not any(is_one_name(one, other) for one, other in combinations(names, 2))


def name_of(claim: Claim) -> list[str]:
    """Return the words of the name of a person counted alone, none for anybody else."""
    who = (claim.count.who or "").split()
    return name_words(" ".join(who)) if claim.count.best == 1 and who and who[-1][:1].isupper() else []


EARLY: Final = 500  # characters from the start of a text: its lead


def _of_the_headline(claims: Sequence[Claim], mains: list[Figure], judged: dict[int, Judgement]) -> list[Figure]:
    """Where the headline counts one side, that is the toll: another side counted deep in the text died elsewhere."""
    spans = {id(main): claims[main.members[0]].count.span for main in mains}
    if not any(spans[id(main)].in_title and main.best for main in mains):
        return mains
    for main in mains:
        if not spans[id(main)].in_title and spans[id(main)].start > EARLY:
            judged.update(dict.fromkeys(main.members, Judgement("rival", "Told deep in the text, beside the headline's toll.")))
    return [main for main in mains if spans[id(main)].in_title or spans[id(main)].start <= EARLY]


def _with_figures(mains: list[Figure], judged: dict[int, Judgement]) -> list[Figure]:
    """The sides that have a figure, where any has one: "soldiers" without a number does not undo the number of the others."""
    if all(main.best is None for main in mains):
        return mains
    for main in mains:
        if main.best is None:
            judged.update(dict.fromkeys(main.members, Judgement("rival", "No figure of its own to add.")))
    return [main for main in mains if main.best is not None]


SINGLE: Final = "one"


def _side(claims: Sequence[Claim], run: Figure) -> str:
    """The side a figure counts; people named or told of one by one without a side are a side of their own."""
    first = claims[run.members[0]]
    if first.count.who_class == "unknown" and run.best == 1:
        return SINGLE
    return group_of(first)


def _main_of_side(claims: Sequence[Claim], runs: list[Figure], judged: dict[int, Judgement]) -> Figure:
    """A side's figure: single people one by one, else the figure most repeated, then first stated."""
    if all(run.best == 1 for run in runs):
        return summed(claims, [index for run in _different_people(claims, runs, judged) for index in run.members])
    given = Counter(run.best for run in runs)
    times = [given[run.best] if run.best is not None else 0 for run in runs]

    def rank(number: int) -> tuple[bool, bool, int, int]:
        run = runs[number]
        return (run.best or 0) > 1, not run.vague, times[number], -number

    main = max(range(len(runs)), key=rank)
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


def _different_people(claims: Sequence[Claim], runs: list[Figure], judged: dict[int, Judgement]) -> list[Figure]:
    """Single people of one side. Names and descriptions may be of the same people: the more numerous stand for both."""
    described: dict[str, Figure] = {}
    named: list[tuple[list[str], Figure]] = []
    for run in runs:
        who = (claims[run.members[0]].count.who or "").split()
        if who and who[-1][:1].isupper():
            name = name_words(" ".join(who))
            same = any(is_one_name(name, other) for other, _ in named)
            named += [] if same else [(name, run)]
        else:
            same = described.setdefault(who[-1].lower() if who else "", run) is not run
        if same:
            judged.update(dict.fromkeys(run.members, Judgement("agrees", "The same person again.")))
    kept, left = [run for _, run in named], list(described.values())
    more, fewer = (kept, left) if len(kept) > len(left) else (left, kept)
    for run in fewer:
        judged.update(dict.fromkeys(run.members, Judgement("inside", "One of the people named or described elsewhere.")))
    return more


def summed(claims: Sequence[Claim], members: list[int]) -> Figure:
    counts = [claims[index].count for index in members]

    def added(values: list[int | None]) -> int | None:
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    first = claims[members[0]]
    return Figure(
        members,
        added([count.low for count in counts]),
        added([count.best for count in counts]),
        added([count.high for count in counts]),
        first.origin,
        max(day_of(claims[index]) for index in members),
        all(claims[index].is_group for index in members),
        first.article,
        vague=any(count.quantifier in VAGUE for count in counts),
    )
