"""What the statements behind an incident come to, per outcome."""

from collections import defaultdict
from typing import Any

from incidents.models import Count
from incidents.reports import Reported


def totals(events: list[Reported]) -> dict[str, dict[str, Any]]:
    """Return outcome -> low, best, high and the number of the statement that best follows."""
    found: dict[str, list[tuple[Reported, Count]]] = defaultdict(list)
    for one in events:
        for count in one.counts:
            if not (count.part_of_whole or count.cumulative):
                found[count.outcome].append((one, count))
    return {outcome: _total(statements) for outcome, statements in found.items()}


def _total(statements: list[tuple[Reported, Count]]) -> dict[str, Any]:
    def rank(item: tuple[Reported, Count]) -> tuple[int, int, int]:
        one, count = item
        origins = {other.report.origin for other, theirs in statements if theirs.best == count.best}
        return len(origins), one.report.order, -(count.best or 0)

    stated = [item for item in statements if item[1].best is not None]
    chosen = max(stated, key=rank)[1] if stated else None
    lows = [count.low if count.low is not None else count.best for _, count in statements]
    highs = [count.high for _, count in statements]
    known = [low for low in lows if low is not None]
    return {
        "low": min(known) if known else None,
        "best": chosen.best if chosen else None,
        "high": None if None in highs else max(high for high in highs if high is not None),
        "chosen": chosen.pk if chosen else None,
    }
