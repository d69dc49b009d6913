"""One unchanging view of the incidents under a filter, with the number in the change log that it stands at."""

import logging
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.utils import timezone
from psycopg import Connection
from psycopg.pq import TransactionStatus

from incidents.exports.about import About, query_of, words_of
from incidents.exports.rows import COLUMNS, Fetched, fetched
from incidents.filters import IncidentFilter
from incidents.models import Change, Incident
from sources.models import Source

AT_ONCE = 4  # in one process: each holds a connection and a snapshot for as long as its reader takes
STALLED = "10min"  # a reader that takes nothing for so long is cut off: a snapshot keeps old rows from being cleared away

logger = logging.getLogger(__name__)
AT_REST = (TransactionStatus.INTRANS, TransactionStatus.INERROR)
_places = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """As many exports as this process carries are under way."""


class Snapshot:
    """The incidents a filter chooses, all as of one moment; `version` is the change log's number then, `total` their number.

    A connection of its own: what the request's own connection does meanwhile (sessions, sign-ins) is no part of it. Close it.
    Rows come in the order asked for, else by id. Raises Busy.
    """

    def __init__(self, asked: IncidentFilter, *, limited: bool = True) -> None:
        self._held = limited and _places.acquire(blocking=False)
        if limited and not self._held:
            raise Busy
        self._rows = asked.narrow(Incident.objects.visible())
        self._order = asked.apply(Incident.objects.visible()).query.order_by if asked.asked["sort"] else ("pk",)
        self._wrapper = connections.create_connection(DEFAULT_DB_ALIAS)
        self._open = True
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        self._wrapper.ensure_connection()
        connection = self._connection
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        connection.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{STALLED}'".encode())
        connection.execute("SET LOCAL DateStyle = 'ISO'; SET LOCAL TimeZone = 'UTC'; SET LOCAL extra_float_digits = 1")
        sql, params = self._rows.values_list("pk").query.sql_with_params()
        self.version = self._number(f"SELECT coalesce(max(number), 0) FROM {Change._meta.db_table}")  # noqa: S608 -- our own name
        self.total = self._number(f"SELECT count(*) FROM ({sql}) AS chosen", params)  # noqa: S608 -- the ORM's own SQL

    @property
    def _connection(self) -> Connection[Any]:
        connection: Connection[Any] = self._wrapper.connection
        return connection

    def _number(self, sql: str, params: Sequence[Any] = ()) -> int:
        row = self._connection.execute(sql.encode(), params).fetchone()
        return int(row[0]) if row else 0

    def rows(self, base: str) -> Iterator[Fetched]:
        """Yield the incidents one by one; `base` as in rows.fetched."""
        names = dict(self._connection.execute(f"SELECT id::text, name FROM {Source._meta.db_table}".encode()).fetchall())  # noqa: S608
        return fetched(self._lines(), names, base)

    def _lines(self) -> Iterator[str]:
        """Yield the rows as COPY writes them: the server makes the next ones meanwhile, and waits for a slow reader."""
        sql, params = self._rows.order_by(*self._order).values_list(*COLUMNS).query.sql_with_params()
        with self._connection.cursor().copy(f"COPY ({sql}) TO STDOUT".encode(), params) as copy:
            for line in copy:
                yield str(line, "utf-8")[:-1]

    def close(self) -> None:
        """End it; may be called again."""
        if not self._open:
            return
        self._open = False
        self._wrapper.inc_thread_sharing()  # a server may end a request in another thread than it began in
        try:
            # The pool takes back what has no transaction open. Where rows are still on their way, the connection ends with them.
            if self._wrapper.connection is not None and self._connection.info.transaction_status in AT_REST:
                self._wrapper.rollback()
        except DatabaseError:
            logger.info("An export lost its connection before its end.")
        finally:
            self._wrapper.close()
            if self._held:
                _places.release()

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()


def said_of(asked: IncidentFilter, snapshot: Snapshot, base: str) -> About:
    """Return what an export of the snapshot says of itself."""
    return About(query_of(asked.query), words_of(asked), timezone.now(), snapshot.version, snapshot.total, base)
