"""What a filter's incidents come to: how many, how many people killed, and how numbers of people grew."""

from dataclasses import dataclass

import numpy as np

from incidents.columns import kernels
from incidents.columns.choosing import Chosen, chosen
from incidents.columns.growing import Whole
from incidents.columns.masks import Cleaned
from incidents.columns.tables import NO_DAY, NONE


@dataclass(frozen=True, slots=True)
class Sums:
    """Incidents; people killed by the sums of lows and highs; whether some toll has no upper end; how many state no toll."""

    incidents: int
    killed_low: int
    killed_high: int
    open_end: bool
    without_toll: int


def sums(asked: Cleaned) -> Sums:
    with chosen(asked) as found:
        counts = found.counts("toll")
        toll = found.held.tables.toll
        low, high = toll.first_known("killed", "low", "best", "high"), toll.first_known("killed", "high", "best", "low")
        stated = low != NONE
        return Sums(
            incidents=int(counts.sum()),
            killed_low=int((counts[stated] * low[stated]).sum()),
            killed_high=int((counts[stated] * high[stated]).sum()),
            open_end=bool(counts[stated & (toll.first_known("killed", "high") == NONE)].any()),
            without_toll=int(counts[~stated].sum()),
        )


def how_many(asked: Cleaned) -> int:
    with chosen(asked) as found:
        return len(found)


def in_both(one: Cleaned, other: Cleaned) -> int:
    """Count the incidents that stand under both filters."""
    with chosen(one) as first, chosen(other) as second:
        return len(np.intersect1d(first.rows(), second.rows(), assume_unique=True))


@dataclass(frozen=True, slots=True)
class ByDay:
    """People with one outcome, day by day: days since 1970 in order, and the sums of low, best and high figures of each."""

    days: Whole
    low: Whole
    best: Whole
    high: Whole


def by_day(asked: Cleaned, outcome: str) -> ByDay:
    """Add up what the dated incidents state of an outcome."""
    with chosen(asked) as found:
        return found.once(("by day", outcome), lambda: _by_day(found, outcome))


def _by_day(found: Chosen, outcome: str) -> ByDay:
    day, sums = found.held.tables.when.day.values, found.tallies().bounds("when", outcome)
    told = (day != NO_DAY) & (sums[:, 3] > 0)
    if not told.any():
        return ByDay(*np.zeros((4, 0), np.int64))
    known = day[told]
    first, last = int(known.min()), int(known.max())
    added = np.zeros((last - first + 1, sums.shape[1]), np.int64)
    kernels.together(day, told, sums, first, added)
    there = np.flatnonzero(added[:, 3])
    low, best, high, _ = added[there].T
    return ByDay(there + first, low, best, high)
