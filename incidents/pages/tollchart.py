"""People killed and wounded under a filter, added up over time: a line for best figures in a band from low to high."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from incidents.columns.growing import Whole
from incidents.columns.masks import day_of, number_of
from incidents.columns.summing import ByDay, by_day
from incidents.columns.units import first_days, number_in
from incidents.filters import IncidentFilter
from incidents.pages import words

WIDTH, BASE, TOP = 228, 96, 14
Sums = Any  # people, added up at each step: a float array
FINEST = ((150, "day"), (1100, "week"), (9000, "month"))  # up to so many days: steps of this unit


@dataclass(frozen=True, slots=True)
class TollChart:
    """What the template draws: paths in a box of 228 by 116, the value at the upper line, the ends of time in words.

    `query` asks for incidents that state people with the outcome, or no longer where it is `on`; a point of the drawing is a
    stretch of one `unit` between the days `since` and `until`.
    """

    outcome: str
    label: str
    band: str
    line: str
    mark_value: str
    mark_y: float
    first: str
    last: str
    words: str
    since: str
    until: str
    unit: str = ""
    query: str = ""
    on: bool = False


def toll_charts(asked: IncidentFilter) -> list[TollChart]:
    """Return a drawing for each outcome of which some dated incident states people."""
    labels = {"killed": _("Killed, added up"), "wounded": _("Wounded, added up")}
    told = {outcome: by_day(asked.asked, outcome) for outcome in labels}
    return [_chart(asked, outcome, labels[outcome], people) for outcome, people in told.items() if people.high.sum()]


def _stating(asked: IncidentFilter, outcome: str) -> tuple[str, bool]:
    """Return the query string that asks for incidents which state people with the outcome, or, where it does, asks no longer."""
    on = asked.asked["min"] is not None and (asked.asked["outcome"] or "killed") == outcome
    kept = asked.query.copy()
    for name in ("page", "cursor", "outcome", "min"):
        kept.pop(name, None)
    if not on:
        kept["outcome"], kept["min"] = outcome, "1"
    return f"?{kept.urlencode(safe=',')}", on


def _chart(asked: IncidentFilter, outcome: str, label: str, people: ByDay) -> TollChart:
    first, last = day_of(people.days[0]), day_of(people.days[-1])
    unit = next((unit for longest, unit in FINEST if (last - first).days <= longest), "year")
    numbers, at = np.unique(number_in(unit, people.days), return_inverse=True)
    low, best, high = (np.bincount(at, sums).cumsum() for sums in (people.low, people.best, people.high))
    drawn = _drawn((outcome, label), Period(first, last), first_days(unit, numbers), low, best, high)
    query, on = _stating(asked, outcome)
    return replace(drawn, query=query, on=on, unit=unit)


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day that is drawn."""

    first: date
    last: date

    def places(self, days: Whole) -> list[float]:
        """Where days (since 1970) lie across the drawing."""
        shares = (days - number_of(self.first)) / max((self.last - self.first).days, 1)
        found: list[float] = (WIDTH * shares.clip(0, 1)).round(1).tolist()
        return found


def _drawn(named: tuple[str, str], period: Period, starts: Whole, low: Sums, best: Sums, high: Sums) -> TollChart:
    x = period.places(starts)
    scale = (BASE - TOP) / high[-1]
    lowest, line, highest = ((BASE - sums * scale).round(1).tolist() for sums in (low, best, high))
    mark = _round(int(best[-1]))
    return TollChart(
        *named,
        band=_path(x, highest) + f"V{lowest[-1]}" + _back(x, lowest) + "Z",
        line=_path(x, line),
        mark_value=words.figure(mark),
        mark_y=round(BASE - mark * scale, 1),
        first=_end(period, period.first),
        last=_end(period, period.last),
        words=" – ".join(words.figure(int(sums[-1])) for sums in (low, best, high)),
        since=period.first.isoformat(),
        until=period.last.isoformat(),
    )


def _end(period: Period, day: date) -> str:
    """Return the name of an end of time: two of them stand side by side in the width of a chart."""
    return words.day(day) if (period.last - period.first).days <= FINEST[0][0] else date_format(day, "M Y")


def _path(x: list[float], y: list[float]) -> str:
    """Return a line that keeps its height until the next day something is added."""
    return f"M0 {BASE}" + "".join(f"H{across}V{height}" for across, height in zip(x, y, strict=True)) + f"H{WIDTH}"


def _back(x: list[float], y: list[float]) -> str:
    """Return the same line from its end to its beginning."""
    heights = [*reversed(y[:-1]), BASE]
    return "".join(f"H{across}V{height}" for across, height in zip(reversed(x), heights, strict=True))


def _round(top: int) -> int:
    """Return the largest of 1, 2, 5, 10, 20, … that is no greater than the top; 0 for 0."""
    sizes = [factor * 10**power for power in range(10) for factor in (1, 2, 5)]
    return max((size for size in sizes if size <= top), default=0)
