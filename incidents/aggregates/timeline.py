"""Incidents over time: bins by family, those that last as bars, those known too vaguely for a bin apart."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, ExpressionWrapper, F, Max, Min, Q
from django.db.models.functions import Coalesce, Trunc

from incidents.filters import IncidentFilter
from incidents.models import Incident

UNITS = ("day", "week", "month", "year")
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
MOST_BINS = 1500
MOST_LASTING = 40
LASTING_DAYS = timedelta(days=2)
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


def timeline(asked: IncidentFilter, window: Window) -> dict[str, Any]:
    """Return bins (each incident in that of its first day), lasting ones in the window, imprecise ones apart, the ends of all.

    `unit` is the one asked for, or the next coarser one with which the window has no more than MOST_BINS bins.
    """
    incidents = asked.narrow(Incident.objects.visible()).filter(day__isnull=False)
    ends = incidents.aggregate(first=Min("day"), last=Max(Coalesce("latest", "day")))
    unit = _fitting(window, ends["first"], ends["last"])
    seen = incidents.filter(_within(window))
    vague = [precision for precision, units in VAGUE.items() if unit in units]
    return {
        "unit": unit,
        "first": ends["first"],
        "last": ends["last"],
        "bins": _bins(seen.exclude(date_precision__in=vague), unit),
        "lasting": _lasting(seen),
        "imprecise": _imprecise(seen.filter(date_precision__in=vague), unit),
        "undated": asked.narrow(Incident.objects.visible()).filter(day=None).count(),
    }


def _within(window: Window) -> Q:
    found = Q()
    if window.first:
        found &= Q(day__gte=window.first) | Q(latest__gte=window.first, day__lt=window.first)
    if window.last:
        found &= Q(day__lte=window.last)
    return found


def _fitting(window: Window, first: date | None, last: date | None) -> str:
    start, end = window.first or first, window.last or last
    if start is None or end is None:
        return window.unit
    days = max((end - start).days, 0)
    candidates = UNITS[UNITS.index(window.unit) :]
    return next((unit for unit in candidates if days / DAYS[unit] <= MOST_BINS), "year")


def _bins(incidents: Any, unit: str) -> list[dict[str, Any]]:
    rows = incidents.annotate(start=Trunc("day", unit)).values_list("start", "family").annotate(n=Count("pk")).order_by("start")
    bins: dict[date, dict[str, int]] = defaultdict(dict)
    for start, family, n in rows:
        bins[start][family] = n
    return [{"start": start, "families": families} for start, families in bins.items()]


def _lasting(incidents: Any) -> list[dict[str, Any]]:
    """Return the most reported of those that went on for days; a vague date is no duration."""
    going_on = incidents.filter(date_precision__in=["day", "days"], latest__gte=_after_start()).order_by("-origin_count", "-id")
    fields = ("id", "headline", "family", "earliest", "latest")
    return list(going_on.values(*fields)[:MOST_LASTING])


def _after_start() -> Any:
    return ExpressionWrapper(F("earliest") + LASTING_DAYS, output_field=DateField())


def _imprecise(incidents: Any, unit: str) -> list[dict[str, Any]]:
    span = "year" if unit == "month" else "month"
    rows = incidents.annotate(start=Trunc("day", span)).values("start").annotate(count=Count("pk")).order_by("start")
    return [row | {"unit": span} for row in rows]
