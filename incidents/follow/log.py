"""The change log read in pages. A page is one statement, so its entries and the incidents beside them are of one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from incidents import prepared
from incidents.models import Change
from incidents.stored import COLUMNS, Stored

BIGGEST = 2**63 - 1
READ = f"""SELECT c.number, c.kind, c.at, c.other_id, {COLUMNS}
FROM incidents_change AS c JOIN incidents_incident AS i ON i.id = c.incident_id
WHERE c.number > %s::bigint ORDER BY c.number LIMIT %s::bigint"""  # noqa: S608 -- our own names
HEAD = "SELECT coalesce(max(number), 0) FROM incidents_change"
FIRST = "SELECT coalesce(min(number), 0) FROM incidents_change"


class Expired(Exception):
    """The cursor lies before the first entry that is kept: what came between is not known any more."""


class Ahead(Exception):
    """The cursor lies beyond the last entry: it is of another desk, or of this one before a backup was put back."""


class Entry(NamedTuple):
    """One entry, and the incident as it stood when the entry was read."""

    number: int
    kind: str
    at: datetime
    other: int | None
    incident: Stored

    @property
    def into(self) -> int | None:
        """The number of the incident that this one was merged into."""
        return self.other if self.kind == Change.Kind.MERGED else None

    @property
    def taken_from(self) -> int | None:
        """The number of the incident that this one was split from."""
        return self.other if self.kind == Change.Kind.SPLIT else None

    @property
    def is_current(self) -> bool:
        """Whether the incident is of this entry's version, not of a later one."""
        return self.incident.version == self.number


@dataclass(frozen=True, slots=True)
class Page:
    """Entries in commit order, their incidents as they stood when the page was read; whether there are more by then."""

    entries: Sequence[Entry]
    more: bool


def head() -> int:
    """Return the number of the last entry, 0 while there is none."""
    return int(prepared.rows(HEAD)[0][0])


def read(after: int, limit: int) -> Page:
    """Return up to `limit` entries with numbers greater than `after`. Raises Expired and Ahead."""
    found = [Entry(row[0], row[1], row[2], row[3], Stored._make(row[4:])) for row in prepared.rows(READ, (after, limit + 1))]
    if not found and after > head():
        raise Ahead
    if found and found[0].number > after + 1 and after + 1 < prepared.rows(FIRST)[0][0]:
        raise Expired
    return Page(found[:limit], len(found) > limit)
