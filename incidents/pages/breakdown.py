"""What a filter's incidents come to by type, actor, claimant, and by family: the bars and switches beside the list."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from geo import country_names
from incidents.extraction.values import FAMILIES, FAMILY_OF
from incidents.filters import IncidentFilter
from incidents.pages.words import noun

Counts = Mapping[str, Mapping[str, int]]
BARS = 7


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a chart; `share` is its length in hundredths of the longest, `query` puts it into or out of the filter."""

    value: str
    label: str
    count: int
    share: float
    family: str
    checked: bool
    query: str


@dataclass(frozen=True, slots=True)
class Chart:
    name: str
    label: str
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Switch:
    """A family, whether it is let in, and the query string that turns it over."""

    name: str
    label: str
    count: int
    on: bool
    query: str


def charts(asked: IncidentFilter, counts: Counts) -> list[Chart]:
    """Return the charts that have something to show, the longest bar first."""
    titles = {"type": _("Type"), "actor": _("Actor"), "claimant": _("Who says so"), "country": _("Country")}
    return [Chart(name, title, _bars(asked, name, counts[name])) for name, title in titles.items() if counts.get(name)]


def _bars(asked: IncidentFilter, name: str, counts: Mapping[str, int]) -> list[Bar]:
    longest = max(counts.values(), default=1) or 1
    chosen = asked.asked[name]
    ordered = sorted(counts.items(), key=lambda item: (item[0] not in chosen, -item[1], item[0]))
    return [
        Bar(
            value=value,
            label=_label(name, value),
            count=count,
            share=round(100 * count / longest, 2),
            family=FAMILY_OF.get(value, "") if name == "type" else "",
            checked=value in chosen,
            query=toggled(asked.query, name, value),
        )
        for value, count in ordered[: max(BARS, len(chosen))]
        if count and value
    ]


def _label(name: str, value: str) -> str:
    if name == "type":
        return noun(value).capitalize()
    return country_names.name_of(value) if name == "country" else value


def switches(asked: IncidentFilter, counts: Mapping[str, int]) -> list[Switch]:
    """Return the families in their order. No family named in the filter means all of them."""
    on = asked.asked["family"] or list(FAMILIES)
    found = []
    for family in FAMILIES:
        turned = [each for each in FAMILIES if (each in on) != (each == family)]
        values = [] if len(turned) in (0, len(FAMILIES)) else turned
        found.append(
            Switch(family, _(family.capitalize()), counts.get(family, 0), family in on, _with(asked.query, "family", values))
        )
    return found


def toggled(query: QueryDict, name: str, value: str) -> str:
    """Return the query string with a value put in, or taken out where it is there."""
    given = query.getlist(name)
    if name in ("type", "country", "family"):
        given = [part.strip() for item in given for part in item.split(",") if part.strip()]
    values = [item for item in given if item != value] if value in given else [*given, value]
    return _with(query, name, values)


def _with(query: QueryDict, name: str, values: list[str]) -> str:
    kept = query.copy()
    for each in (name, "page", "cursor"):
        kept.pop(each, None)
    if values:
        kept.setlist(name, values)
    return f"?{kept.urlencode(safe=',')}"
