"""Incidents over time as a table: the timeline for readers without scripts."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from incidents.aggregates.stacks import GRAVITY
from incidents.aggregates.timeline import Window, timeline
from incidents.extraction.values import FAMILIES
from incidents.filters import IncidentFilter

GRAVITY_WORDS = {
    "killed": _("killed"),
    "wounded": _("wounded"),
    "held": _("missing, held"),
    "moved": _("others"),
    "none": _("nobody"),
    "unstated": _("not stated"),
}
MOST_MONTHS = 36  # rows of months; a longer time is told by years


@dataclass(frozen=True, slots=True)
class Line:
    """One month or year: incidents by family in the families' order, and the query string that filters to it."""

    label: str
    counts: list[int]
    total: int
    query: str


def gravity() -> list[tuple[str, str]]:
    """Return the parts of a bin that is stacked by outcome, each with its words, the gravest first."""
    return [(part, str(GRAVITY_WORDS[part])) for part in GRAVITY]


def timetable(asked: IncidentFilter) -> list[Line]:
    """Return the months with incidents, or the years where there are too many months, the latest first."""
    told = timeline(asked, Window("month"))
    if len(told["bins"]) > MOST_MONTHS:
        told = timeline(asked, Window("year"))
    return [_line(asked, told["unit"], each["start"], each["families"]) for each in reversed(told["bins"])]


def _line(asked: IncidentFilter, unit: str, start: date, families: dict[str, int]) -> Line:
    year = unit == "year"
    end = date(start.year, 12, 31) if year else (start + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    query = asked.query.copy()
    for name in ("page", "cursor"):
        query.pop(name, None)
    query["since"], query["until"] = str(start), str(end)
    counts = [families.get(family, 0) for family in FAMILIES]
    return Line(date_format(start, "Y" if year else "M Y"), counts, sum(counts), f"?{query.urlencode(safe=',')}")


@dataclass(frozen=True, slots=True)
class Compared:
    """One month or year of two filters: incidents of each."""

    label: str
    a: int
    b: int


def compared(a: IncidentFilter, b: IncidentFilter) -> list[Compared]:
    """Return the months in which either filter has incidents, or the years where there are too many, the earliest first."""
    unit = "month"
    told = [timeline(asked, Window(unit)) for asked in (a, b)]
    if len({each["start"] for one in told for each in one["bins"]}) > MOST_MONTHS or any(one["unit"] != unit for one in told):
        unit = "year"
        told = [timeline(asked, Window(unit)) for asked in (a, b)]
    left, right = ({each["start"]: sum(each["families"].values()) for each in one["bins"]} for one in told)
    form = "Y" if unit == "year" else "M Y"
    return [Compared(date_format(start, form), left.get(start, 0), right.get(start, 0)) for start in sorted({*left, *right})]
