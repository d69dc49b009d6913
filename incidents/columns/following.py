"""The copy follows PostgreSQL: before each answer it takes in every row that was written since, whoever wrote it.

Each row of an incident carries the transaction that wrote it last (`touched`, set by the database itself, migration 0010), each
deleted one leaves its number in `incidents_gone`. A snapshot says which transactions were over when we last looked; what is
to be taken in is exactly what none of those wrote. So nothing depends on who wrote, in what order writers end, or on the change
log. What our own unfinished transaction wrote is looked at again the next time: it may be taken back.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from django.db import connection

from incidents.columns.held import Held
from incidents.columns.reading import read

FEW = 20_000  # rows that are taken in one by one; where more changed, and a fifth of all, everything is read anew
BEGINNING = "1:1:"

# System, timeline, database and file of the rows: another one means another set of rows (restored, emptied, replaced).
_POLL = """
SELECT concat_ws('/', s.system_identifier, c.timeline_id, d.oid, pg_relation_filenode('incidents_incident')),
       now.snapshot::text,
       ARRAY(SELECT id FROM incidents_incident WHERE {changed}),
       ARRAY(SELECT incident_id FROM incidents_gone WHERE {changed}),
       ARRAY(SELECT id FROM incidents_incident WHERE touched = pg_current_xact_id_if_assigned()
             UNION ALL SELECT incident_id FROM incidents_gone WHERE touched = pg_current_xact_id_if_assigned())
FROM (SELECT pg_current_snapshot() AS snapshot) AS now, pg_control_system() AS s, pg_control_checkpoint() AS c, pg_database AS d
WHERE d.datname = current_database()
"""
_CHANGED = """
(touched >= pg_snapshot_xmin(%(held)s::pg_snapshot) AND touched < pg_snapshot_xmax(pg_current_snapshot())
 AND NOT pg_visible_in_snapshot(touched, %(held)s::pg_snapshot)) OR touched = pg_current_xact_id_if_assigned()
"""


@dataclass(frozen=True, slots=True)
class News:
    """What one look at the database says: where it stands, what was written and deleted, what of it is our own and unfinished."""

    identity: str
    snapshot: str
    written: list[int]
    deleted: list[int]
    unfinished: list[int]

    @property
    def reached(self) -> int:
        """The first transaction that had not begun."""
        return int(self.snapshot.split(":")[1])


@dataclass
class Copy:
    """The copy and how far it has followed."""

    held: Held = field(default_factory=Held)
    identity: str = ""
    snapshot: str = BEGINNING
    reached: int = 0
    unfinished: set[int] = field(default_factory=set)

    def follow(self) -> None:
        """Take in what was written since the last time, or everything where this is another database."""
        news = look(self.snapshot)
        if news.identity != self.identity or news.reached < self.reached:
            self._load(news)
            return
        due = {*news.written, *news.deleted, *self.unfinished}
        if len(due) > FEW and len(due) * 5 > len(self.held):
            self._load(news)
            return
        if due:
            take_in(self.held, due)
        self._stand(news)

    def _load(self, news: News) -> None:
        """Read everything. What is written meanwhile is taken in again the next time: the snapshot is older than the rows."""
        held = Held()
        for batch in read(held.tables):
            held.apply(batch)
        held.generation += self.held.generation
        self.held = held
        self._stand(news)

    def _stand(self, news: News) -> None:
        self.identity, self.snapshot, self.reached = news.identity, news.snapshot, news.reached
        self.unfinished = set(news.unfinished)


def take_in(held: Held, ids: set[int]) -> None:
    """Read these incidents anew; those that are not there are dropped."""
    there: set[int] = set()
    for batch in read(held.tables, sorted(ids)):
        held.apply(batch)
        there.update(batch.ids.tolist())
    if gone := sorted(ids - there):
        held.drop(np.array(gone, np.int64))


def look(snapshot: str) -> News:
    """Ask what was written that was not over at the snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(_POLL.format(changed=_CHANGED), {"held": snapshot})
        identity, now, written, deleted, unfinished = cursor.fetchone()
    return News(identity, now, written, deleted, unfinished)


_lock = threading.RLock()
_copy = Copy()


@contextmanager
def current() -> Iterator[Held]:
    """Give the copy as the database stands now; it stays as it is while the block lasts."""
    with _lock:
        _copy.follow()
        yield _copy.held
