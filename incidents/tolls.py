"""What the statements behind an incident come to, per outcome, by the engine's one rule for best counts (docs/best-counts.md)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, cast

from incidents.extraction.totals import Claim, Judgement, toll
from incidents.extraction.values import Count as Statement
from incidents.extraction.values import Span, WhoClass
from incidents.models import Count
from incidents.reports import Reported

NOWHERE = Span(0, 0)  # the rule does not look at spans


def totals(events: Sequence[Reported]) -> dict[str, dict[str, Any]]:
    """Return outcome -> low, best, high and the id of the Count that best follows; None for a sum, or where there is no best."""
    found: dict[str, dict[str, Any]] = {}
    for outcome, statements in _by_outcome(events).items():
        total = toll([claim(one, count) for one, count in statements]).total
        if (total.low, total.best, total.high) == (None, None, None):
            continue
        chosen = None if total.chosen is None else statements[total.chosen][1].pk
        found[outcome] = {"low": total.low, "best": total.best, "high": total.high, "chosen": chosen}
    return found


def judged(events: Sequence[Reported]) -> dict[str, list[tuple[Reported, Count, Judgement]]]:
    """Return outcome -> every statement with what the rule makes of it and why."""
    found: dict[str, list[tuple[Reported, Count, Judgement]]] = {}
    for outcome, statements in _by_outcome(events).items():
        judgements = toll([claim(one, count) for one, count in statements]).judgements
        found[outcome] = [(one, count, judgement) for (one, count), judgement in zip(statements, judgements, strict=True)]
    return found


def _by_outcome(events: Sequence[Reported]) -> dict[str, list[tuple[Reported, Count]]]:
    found: dict[str, list[tuple[Reported, Count]]] = defaultdict(list)
    for one in events:
        for count in one.counts:
            found[count.outcome].append((one, count))
    return found


def claim(one: Reported, count: Count) -> Claim:
    """Return the stored statement as the rule takes it."""
    return Claim(statement(count), one.report.origin, one.event.article_id, one.report.said)


def statement(count: Any) -> Statement:
    """Return the statement alone; `count` is a Count, or anything with its columns."""
    return Statement(
        outcome=count.outcome,
        low=count.low,
        best=count.best,
        high=count.high,
        quantifier=count.quantifier or None,
        who=count.who or None,
        who_class=cast("WhoClass", count.who_class),
        span=NOWHERE,
        claimant=count.claimant or None,
        part_of_whole=count.part_of_whole,
        supersedes=count.supersedes,
        cumulative=count.cumulative,
        further=count.further,
        replaced=count.replaced,
    )
