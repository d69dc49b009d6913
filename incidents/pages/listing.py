"""One page of the list under a filter."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from geo.country_names import name_of
from incidents.aggregates import cells
from incidents.columns import ordering
from incidents.columns.choosing import Chosen, chosen, incidents_in_order
from incidents.columns.summing import how_many
from incidents.filters import Chip, IncidentFilter
from incidents.models import Incident

SIZE = 25  # two screens; fifty take 5 to 10 % more of a change of the filter (`python -m bench --only browser`)
DEEPEST = 400  # pages; further down a narrower filter finds it faster than paging


@dataclass(frozen=True, slots=True)
class Listing:
    """Incidents `first` to `last` of `total`; pages count from 1, 0 where there is none before or after."""

    incidents: Sequence[Incident]
    total: int
    first: int
    last: int
    before: int
    after: int


def listing(asked: IncidentFilter, number: str | None, total: int) -> Listing:
    """Return the page asked for; anything that is no page number means the first."""
    page = int(number) if number and number.isdecimal() and len(number) < 6 else 1
    page = max(1, min(page, DEEPEST, -(-total // SIZE) or 1))
    start = (page - 1) * SIZE
    with chosen(asked.asked) as left:
        ids = ordering.page(left, asked.ordering, SIZE, skip=start)
    found = incidents_in_order(ids)
    more = start + len(found) < total and page < DEEPEST
    return Listing(found, total, start + 1 if found else 0, start + len(found), page - 1, page + 1 if more else 0)


@dataclass(frozen=True, slots=True)
class Badge:
    """How many incidents are known to a country only; `code` is "" for those without any place."""

    code: str
    words: str
    precision: str
    count: int


def badges(by_country: dict[str, int], most: int = 6) -> list[Badge]:
    """Return the badges of the strip below the map, the fullest first: countries, and "no place"."""
    found = sorted(by_country.items(), key=lambda item: -item[1])
    return [_badge(code, count) for code, count in found[:most] + [each for each in found[most:] if not each[0]]]


def _badge(code: str, count: int) -> Badge:
    if not code:
        return Badge("", _("no place stated"), "none", count)
    return Badge(code, _("%(country)s, somewhere") % {"country": name_of(code)}, "country", count)


def loosened(asked: IncidentFilter) -> list[tuple[Chip, int]]:
    """Return the filters without which alone there would be incidents, with how many; those that help most come first."""
    found = [(chip, how_many(IncidentFilter(QueryDict(chip.query)).asked)) for chip in asked.chips()[:12]]
    return sorted((pair for pair in found if pair[1]), key=lambda pair: -pair[1])


def unplaced(asked: IncidentFilter) -> dict[str, int]:
    """Return how many incidents are not on the map, by country; "" for those without any place."""
    with _off_map(asked) as left:
        return {row["country"]: row["count"] for row in cells.unplaced(left)["by_country"]}


def latest_unplaced(asked: IncidentFilter, most: int = 20) -> Sequence[Incident]:
    """Return the latest incidents that are not on the map."""
    with _off_map(asked) as left:
        ids = ordering.page(left, "date", most)
    return incidents_in_order(ids)


def _off_map(asked: IncidentFilter) -> AbstractContextManager[Chosen]:
    return chosen(asked.asked | {"placed": "no"})
