"""Incidents over time: bins by family or by outcome, those that last as bars, those known too vaguely for a bin apart.

Days are the finest unit: an incident is dated by days, and no hour is stored that a finer bin could tell.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from incidents.aggregates.stacks import STACKS, Stack
from incidents.columns.choosing import Chosen, chosen
from incidents.columns.growing import Mask, Whole
from incidents.columns.masks import day_of, number_of
from incidents.columns.ordering import first
from incidents.columns.tables import NO_DAY
from incidents.filters import IncidentFilter
from incidents.models import Incident

UNITS = ("day", "week", "month", "year")
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
MOST_BINS = 1500
MOST_LASTING = 40
LASTING_DAYS = 2
# What is known to this precision is too vague for bins of these units.
VAGUE = {
    "month": ("day", "week"),
    "longer": ("day", "week", "month"),
    "upper_bound": ("day", "week"),
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
        when = found.held.tables.when
        stack = STACKS[window.by]
        parts = _by_part(found, stack)
        counts = parts.sum(axis=1)
        dated = (counts > 0) & (when.day.values != NO_DAY)
        ends = _ends(found, dated)
        unit = _fitting(window, *ends)
        seen = dated & _within(found, window)
        vague = when.precisions.among([precision for precision, units in VAGUE.items() if unit in units])[when.precision.values]
        lasting = _lasting(found, seen)
        days = when.day.values
        told = {
            "bins": _bins(days[seen & ~vague], parts[seen & ~vague], unit, stack),
            "imprecise": _imprecise(days[seen & vague], counts[seen & vague], unit),
            "undated": int(counts[when.day.values == NO_DAY].sum()),
        }
    return {"unit": unit, "first": ends[0], "last": ends[1], "lasting": _told(lasting)} | told


def _by_part(found: Chosen, stack: Stack) -> Whole:
    """Count by time (one row a distinct one) and part of the stack (one column each)."""
    part = found.of(stack.column, stack.of(found.held.tables))
    size = len(found.held.tables.when), len(stack.parts)
    codes = found.held.column("when")[found.rows()] * np.int64(size[1]) + part
    return np.bincount(codes, minlength=size[0] * size[1]).reshape(size)


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


def starts_of(days: Any, unit: str) -> Whole:
    """Return the first day of the day's week (from Monday), month or year, in days since 1970."""
    days = days.astype(np.int64)
    if unit == "day":
        return days  # type: ignore[no-any-return]
    if unit == "week":
        return days - (days + 3) % 7  # type: ignore[no-any-return]  # 1970-01-01 was a Thursday
    code = {"month": "M", "year": "Y"}[unit]
    return days.astype("datetime64[D]").astype(f"datetime64[{code}]").astype("datetime64[D]").astype(np.int64)  # type: ignore[no-any-return]


def _bins(days: Any, parts: Whole, unit: str, stack: Stack) -> list[dict[str, Any]]:
    starts, at = np.unique(starts_of(days, unit), return_inverse=True)
    sums = np.stack([np.bincount(at, parts[:, n], len(starts)) for n in range(len(stack.parts))], axis=1).astype(np.int64)
    return [
        {"start": day_of(start), stack.name: {part: n for part, n in zip(stack.parts, row, strict=True) if n}}
        for start, row in zip(starts.tolist(), sums.tolist(), strict=True)
    ]


def _lasting(found: Chosen, seen: Mask) -> list[int]:
    """Return the most reported of those that went on for days; a vague date is no duration."""
    when = found.held.tables.when
    exact = when.precisions.among(["day", "days"])[when.precision.values]
    known = (when.earliest.values != NO_DAY) & (when.latest.values != NO_DAY)
    going_on = seen & exact & known & (when.latest.values.astype(np.int64) >= when.earliest.values + np.int64(LASTING_DAYS))
    rows = found.rows()[found.of("when", going_on)]
    ids: list[int] = first(found.held.origins.values[rows], found.held.ids.values[rows], MOST_LASTING).tolist()
    return ids


def _told(ids: list[int]) -> list[dict[str, Any]]:
    fields = ("id", "headline", "family", "earliest", "latest")
    rows = {row["id"]: row for row in Incident.objects.filter(pk__in=ids).values(*fields)}
    return [dict(rows[number]) for number in ids if number in rows]


def _imprecise(days: Any, counts: Whole, unit: str) -> list[dict[str, Any]]:
    span = "year" if unit == "month" else "month"
    starts, at = np.unique(starts_of(days, span), return_inverse=True)
    sums = np.bincount(at, counts, len(starts)).astype(np.int64).tolist()
    return [{"start": day_of(start), "count": n, "unit": span} for start, n in zip(starts.tolist(), sums, strict=True)]
