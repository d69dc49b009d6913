"""The change log read in pages. A page is one statement, so its entries and the incidents beside them are of one moment."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Min

from incidents.models import Change

BIGGEST = 2**63 - 1


class Expired(Exception):
    """The cursor lies before the first entry that is kept: what came between is not known any more."""


class Ahead(Exception):
    """The cursor lies beyond the last entry: it is of another desk, or of this one before a backup was put back."""


@dataclass(frozen=True, slots=True)
class Page:
    """Entries in commit order, their incidents as they stood when the page was read; whether there are more by then."""

    entries: Sequence[Change]
    more: bool


def head() -> int:
    """Return the number of the last entry, 0 while there is none."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(number) FROM {Change._meta.db_table}")  # noqa: S608 -- our own name
        row = cursor.fetchone()
    return int(row[0] or 0) if row else 0


def read(after: int, limit: int) -> Page:
    """Return up to `limit` entries with numbers greater than `after`. Raises Expired and Ahead."""
    rows = Change.objects.filter(number__gt=after).select_related("incident").defer("incident__search").order_by("number")
    found = list(rows[: limit + 1])
    if not found and after > head():
        raise Ahead
    if found and found[0].number > after + 1 and after + 1 < (Change.objects.aggregate(first=Min("number"))["first"] or 0):
        raise Expired
    return Page(found[:limit], len(found) > limit)


def is_current(entry: Change) -> bool:
    """Whether the incident beside the entry is of the entry's version, not of a later one."""
    return entry.incident.version == entry.number
