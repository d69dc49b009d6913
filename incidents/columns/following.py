"""The copy follows PostgreSQL: before each answer it takes in every row that was written since, whoever wrote it.

Each row of an incident, and of its case in the review queue, carries the transaction that wrote it last (`touched`, set by the
database itself, migrations 0010 and 0018), each deleted one leaves its number in `incidents_gone`. A snapshot says which
transactions were over when we last looked; what is to be taken in is exactly what none of those wrote. So nothing depends on who
wrote, in what order writers end, or on the change log. What our own unfinished transaction wrote is looked at again the next
time: it may be taken back.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import numpy as np
from django.db import DatabaseError, connection

from incidents import prepared
from incidents.columns import keeping
from incidents.columns.held import Held
from incidents.columns.reading import read

FEW = 20_000  # rows that are taken in one by one; where more changed, and a fifth of all, everything is read anew
PATIENCE = 1.5  # seconds a question waits for everything to be read before it says how far that is

logger = logging.getLogger(__name__)

# System, timeline, database and file of the rows: another one means another set of rows (restored, emptied, replaced).
_POLL = """
SELECT concat_ws('/', s.system_identifier, c.timeline_id, d.oid, pg_relation_filenode('incidents_incident'),
                 pg_relation_filenode('incidents_reviewcase')),
       now.snapshot::text,
       ARRAY(SELECT id FROM incidents_incident WHERE {changed}
             UNION SELECT incident_id FROM incidents_reviewcase WHERE {changed}),
       ARRAY(SELECT incident_id FROM incidents_gone WHERE {changed}),
       ARRAY(SELECT id FROM incidents_incident WHERE touched = pg_current_xact_id_if_assigned()
             UNION SELECT incident_id FROM incidents_reviewcase WHERE touched = pg_current_xact_id_if_assigned()
             UNION SELECT incident_id FROM incidents_gone WHERE touched = pg_current_xact_id_if_assigned())
FROM (SELECT pg_current_snapshot() AS snapshot) AS now, pg_control_system() AS s, pg_control_checkpoint() AS c, pg_database AS d
WHERE d.datname = current_database()
"""
_CHANGED = """
(touched >= pg_snapshot_xmin(%(held)s::pg_snapshot) AND touched < pg_snapshot_xmax(pg_current_snapshot())
 AND NOT pg_visible_in_snapshot(touched, %(held)s::pg_snapshot)) OR touched = pg_current_xact_id_if_assigned()
"""
NEWS, STANDING = _POLL.format(changed=_CHANGED), _POLL.format(changed="false")


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


class NotReady(Exception):
    """Everything is being read for the first time; `done` of about `total` incidents are."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"{done} of about {total} incidents are read")
        self.done, self.total = done, total


@dataclass
class Copy:
    """The copy and how far it has followed."""

    held: Held = field(default_factory=Held)
    identity: str = ""
    snapshot: str = ""
    reached: int = 0
    unfinished: set[int] = field(default_factory=set)

    def follow(self) -> bool:
        """Take in what was written since the last time; return False where everything must be read: this is another database."""
        news = look(self.snapshot if self.identity else None)
        if news.identity != self.identity or news.reached < self.reached:
            return False
        due = {*news.written, *news.deleted, *self.unfinished}
        if len(due) > FEW and len(due) * 20 > len(self.held):
            return False
        if due:
            take_in(self.held, due)
        self._stand(news)
        return True

    def load(self, tell: Callable[[int], None] = lambda done: None) -> None:
        """Read everything, from what was kept where there is something."""
        with keeping.alone(look(None).identity):
            news = look(None)  # before the rows: what is written meanwhile is taken in again the next time
            if self._resume(news):
                return
            held = Held()
            for batch in read(held.tables):
                held.apply(batch)
                tell(len(held))
            self.held = held
            self._stand(news)
            del held  # what is kept takes its place, and its memory is free
            if len(self.held) >= keeping.WORTH_KEEPING and keeping.keep(self.held, news.identity, news.snapshot):
                self._resume(news)

    def _resume(self, news: News) -> bool:
        """Go on from a copy that was kept; return whether that will do."""
        found = keeping.kept(news.identity)
        if found is None:
            return False
        kept = Copy(found[0], news.identity, found[1], int(found[1].split(":")[1]))
        if not kept.follow():
            return False
        self.held, self.identity, self.snapshot, self.reached = kept.held, kept.identity, kept.snapshot, kept.reached
        self.unfinished = kept.unfinished
        return True

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


def look(snapshot: str | None) -> News:
    """Ask what was written that was not over at the snapshot; None asks only where the database stands."""
    ((identity, now, written, deleted, unfinished),) = prepared.rows(NEWS if snapshot else STANDING, {"held": snapshot})
    return News(identity, now, written, deleted, unfinished)


@dataclass
class Inside:
    """How many blocks of `current` the thread that holds the lock is in."""

    depth: int = 0


_lock = threading.RLock()
_inside = Inside()
_copy = Copy()
_loader: "Loader | None" = None


class Loader(threading.Thread):
    """Reads everything beside the requests, on a connection of its own."""

    def __init__(self, total: int) -> None:
        super().__init__(daemon=True, name="columns")
        self.total, self.done, self.began = total, 0, time.monotonic()
        self.copy = Copy()

    def run(self) -> None:
        try:
            self.copy.load(self._tell)
            gc.freeze()  # the copy stays: the collector need not look through it again and again
        except DatabaseError:
            logger.exception("The incidents could not be read; the next question tries again.")
        finally:
            connection.close()

    def _tell(self, done: int) -> None:
        self.done = done


@contextmanager
def current() -> Iterator[Held]:
    """Give the copy as the database stands now, unchanged while the block lasts, for inner blocks too. Raises NotReady."""
    with _lock:
        if not _inside.depth and not _copy.follow():
            _load()
        _inside.depth += 1
        try:
            yield _copy.held
        finally:
            _inside.depth -= 1


def _load() -> None:
    """Read everything: at once where that is quick or our own transaction must be seen, else beside the requests."""
    global _copy, _loader
    total = about_how_many()
    if connection.in_atomic_block or total < keeping.WORTH_KEEPING:
        _copy.load()
        return
    if _loader is None or (not _loader.is_alive() and not _loader.copy.identity):
        _loader = Loader(total)
        _loader.start()
    _loader.join(max(0.0, _loader.began + PATIENCE - time.monotonic()))
    if _loader.is_alive():
        raise NotReady(_loader.done, max(_loader.total, _loader.done))
    loaded, _loader = _loader.copy, None
    if loaded.identity and loaded.follow():
        _copy = loaded
    else:
        raise NotReady(0, total)


def about_how_many() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(reltuples, pg_relation_size(oid) / 4096)::bigint FROM pg_class"
            " WHERE oid = 'incidents_incident'::regclass"
        )
        number: int = cursor.fetchone()[0]
        return number


def begin() -> None:
    """Start reading when the process starts, so that its first reader need not wait."""

    def first_look() -> None:
        try:
            with suppress(NotReady), current():
                pass
        except DatabaseError as error:  # no table yet, or no database: the first question will say so
            logger.warning("The incidents are not read ahead: %s", error)
        finally:
            connection.close()

    threading.Thread(target=first_look, daemon=True, name="columns-begin").start()


def adopt(copy: Copy) -> None:
    """Go on with a copy that was loaded elsewhere: the benchmark's."""
    global _copy
    with _lock:
        _copy = copy
