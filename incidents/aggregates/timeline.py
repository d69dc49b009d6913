"""Incidents over time: bins by family or by outcome, those that last as bars, those known too vaguely for a bin apart.

An hour is that of the clocks at the place; what is known to the day alone never pretends to one.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from incidents.aggregates.stacks import STACKS
from incidents.columns import kernels
from incidents.columns.choosing import Chosen, chosen
from incidents.columns.growing import Mask, Whole
from incidents.columns.masks import day_of, number_of
from incidents.columns.ordering import most_reported
from incidents.columns.tables import NO_DAY, NONE
from incidents.columns.tallies import Stack
from incidents.columns.units import UNITS, starts
from incidents.filters import IncidentFilter
from incidents.models import Incident

DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}
MOST_BINS = 1500
MOST_LASTING = 40
LASTING_DAYS = 2
# What is known to this precision is too vague for bins of these units.
VAGUE = {
    "day": ("hour",),
    "days": ("hour",),
    "month": ("hour", "day", "week"),
    "longer": ("hour", "day", "week", "month"),
    "upper_bound": ("hour", "day", "week"),
}


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time that is seen, both ends included; None leaves an end open."""

    unit: str
    first: date | None = None
    last: date | None = None
    by: str = "family"


def timeline(asked: IncidentFilter, window: Window) -> dict[str, Any]:
    """Return bins (each incident in that of its first day), lasting ones in the window, imprecise ones apart, the ends of all.

    `unit` is the one asked for, or the next coarser one with which the window has no more than MOST_BINS bins. The parts of a bin
    add up to its incidents: `families`, or `outcomes`, where each incident stands by the gravest that it states (GRAVITY).
    """
    with chosen(asked.asked) as found:
        counted, lasting = found.once(window, lambda: _counted(found, window))
    return counted | {"lasting": _told(lasting)}


def _counted(found: Chosen, window: Window) -> tuple[dict[str, Any], list[int]]:
    """Return what the copy alone tells, and which incidents lasted."""
    when = found.held.tables.when
    stack = STACKS[window.by]
    parts = found.tallies().by("when", stack)
    counts = np.zeros(len(parts), np.int64)
    kernels.across(parts, counts)
    dated = (counts > 0) & (when.day.values != NO_DAY)
    ends = _ends(found, dated)
    unit = _fitting(window, *ends)
    seen = dated & _within(found, window)
    vague = when.precisions.among([precision for precision, units in VAGUE.items() if unit in units])[when.precision.values]
    vague |= (when.hour.values == NONE) & (unit == "hour")
    told = {
        "unit": unit,
        "first": ends[0],
        "last": ends[1],
        "bins": _bins(found, seen & ~vague, unit, stack),
        "imprecise": _imprecise(found, seen & vague, counts, unit),
        "undated": int(counts[when.day.values == NO_DAY].sum()),
    }
    return told, _lasting(found, seen)


def _ends(found: Chosen, dated: Mask) -> tuple[date | None, date | None]:
    if not dated.any():
        return None, None
    when = found.held.tables.when
    latest = np.where(when.latest.values == NO_DAY, when.day.values, when.latest.values)
    return day_of(when.day.values[dated].min()), day_of(latest[dated].max())


def _within(found: Chosen, window: Window) -> Mask:
    when = found.held.tables.when
    inside = np.ones(len(when), np.bool_)
    if window.first:
        begins = number_of(window.first)
        inside &= (when.day.values >= begins) | (when.latest.values >= begins)
    if window.last:
        inside &= when.day.values <= number_of(window.last)
    return inside


def _fitting(window: Window, first_day: date | None, last_day: date | None) -> str:
    start, end = window.first or first_day, window.last or last_day
    if start is None or end is None:
        return window.unit
    days = max((end - start).days, 0)
    candidates = UNITS[UNITS.index(window.unit) :]
    return next((unit for unit in candidates if days / DAYS[unit] <= MOST_BINS), "year")


def _bins(found: Chosen, wanted: Mask, unit: str, stack: Stack) -> list[dict[str, Any]]:
    if not wanted.any():
        return []
    at = found.held.tables.when.number_in(unit)
    first, last = int(at[wanted].min()), int(at[wanted].max())
    sums = np.zeros((last - first + 1, len(stack.parts)), np.int64)
    kernels.together(at, wanted, found.tallies().by("when", stack), first, sums)
    there = np.flatnonzero(sums.any(axis=1))
    return [
        {"start": start, stack.name: {part: n for part, n in zip(stack.parts, row, strict=True) if n}}
        for start, row in zip(starts(unit, there + first), sums[there].tolist(), strict=True)
    ]


def _lasting(found: Chosen, seen: Mask) -> list[int]:
    """Return the most reported of those that went on for days; a vague date is no duration."""
    when = found.held.tables.when
    exact = when.precisions.among(["day", "days"])[when.precision.values]
    known = (when.earliest.values != NO_DAY) & (when.latest.values != NO_DAY)
    going_on = seen & exact & known & (when.latest.values.astype(np.int64) >= when.earliest.values + np.int64(LASTING_DAYS))
    return most_reported(found, found.having("when", going_on), MOST_LASTING)


def _told(ids: list[int]) -> list[dict[str, Any]]:
    fields = ("id", "headline", "family", "earliest", "latest")
    rows = {row["id"]: row for row in Incident.objects.filter(pk__in=ids).values(*fields)}
    return [dict(rows[number]) for number in ids if number in rows]


def _imprecise(found: Chosen, wanted: Mask, counts: Whole, unit: str) -> list[dict[str, Any]]:
    """Return what is too vague for the bins, counted in the stretches that it is known to."""
    when = found.held.tables.when
    to_the_day = wanted & when.precisions.among(["day", "days", "time"])[when.precision.values]
    told: list[dict[str, Any]] = []
    for span, those in (("day", to_the_day), ("year" if unit == "month" else "month", wanted & ~to_the_day)):
        numbers, at = np.unique(when.number_in(span)[those], return_inverse=True)
        sums = np.bincount(at, counts[those], len(numbers)).astype(np.int64).tolist()
        told += [{"start": start, "count": n, "unit": span} for start, n in zip(starts(span, numbers), sums, strict=True)]
    return told
