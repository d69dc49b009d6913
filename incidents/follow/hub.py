"""One listener a process: hears of commits on one connection, reads what came once, and wakes whoever waits.

Clients take from `recent` at their own pace: a slow one falls behind and reads from the database, so it costs no memory here.
One hub belongs to one event loop; it starts with the first client and ends with the process.
"""

import asyncio
import logging
import signal
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import psycopg
from django.db import Error, close_old_connections, connections

from incidents.changes import CHANNEL
from incidents.follow import log

T = TypeVar("T")
KEPT = 2000  # entries in memory: a client that is further behind reads from the database
BATCH = 500
LISTEN_SECONDS = 10.0  # between two looks at the log without any notice: a pooler may swallow notices
IDLE_SECONDS = 30.0  # without any client, after which the listener ends
AGAIN_SECONDS = 1.0  # before a broken connection is opened again

logger = logging.getLogger(__name__)


async def in_thread(work: Callable[[], T]) -> T:
    """Run a piece of work on the database in a thread and let go of the thread's connection as its settings say."""

    def job() -> T:
        close_old_connections()
        try:
            return work()
        finally:
            close_old_connections()

    return await asyncio.to_thread(job)


class Hub:
    """The newest entries of the log, and who waits for more."""

    def __init__(self) -> None:
        self.recent: list[log.Entry] = []
        self.numbers: list[int] = []
        self.base = 0  # `recent` holds everything after this number
        self.head: int | None = None  # unknown until the listener has begun
        self.clients = 0
        self.closing = False
        self._left = 0.0  # when the last client went, on the loop's clock
        self._came = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None

    @contextmanager
    def client(self) -> Iterator[None]:
        """Count a client while it follows; the first one starts the listener."""
        self.clients += 1
        if not self.closing and (self._listener is None or self._listener.done()):
            self._listener = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            self.clients -= 1
            self._left = asyncio.get_running_loop().time()

    def close(self) -> None:
        """End every wait at once and the listener with it; nothing starts again."""
        self.closing = True
        if self._listener:
            self._listener.cancel()
        self._wake()

    def holds(self, after: int) -> bool:
        """Whether everything after a number is in memory."""
        return self.head is not None and self.base <= after <= self.head

    def after(self, number: int, limit: int) -> list[log.Entry]:
        """Return up to `limit` entries in memory after a number."""
        start = bisect_right(self.numbers, number)
        return self.recent[start : start + limit]

    async def news(self, after: int, seconds: float) -> None:
        """Return once the log goes beyond a number, or the time is over, or the process ends."""
        async with asyncio.timeout(seconds):
            while not self.closing and (self.head is None or self.head <= after):
                await self._came.wait()

    def _wake(self) -> None:
        came, self._came = self._came, asyncio.Event()
        came.set()

    async def _listen(self) -> None:
        while not (self.closing or self._idle()):
            try:
                await self._follow()
            except (psycopg.Error, Error, OSError) as error:
                logger.warning("following the change log: %s; again in %g s", error, AGAIN_SECONDS)
                await asyncio.sleep(AGAIN_SECONDS)

    async def _follow(self) -> None:
        async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            while not self._idle():
                await self._catch_up()
                async for notice in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                    logger.debug("change %s", notice.payload)

        self.recent, self.numbers, self.head = [], [], None

    def _idle(self) -> bool:
        """Whether nobody has followed for a while: then the log is not read either."""
        return not self.clients and asyncio.get_running_loop().time() - self._left > IDLE_SECONDS

    async def _catch_up(self) -> None:
        """Read what the log has beyond `head`."""
        if self.head is None:
            await self._begin()
        more = True
        while more:
            try:
                page = await in_thread(partial(log.read, self.head or 0, BATCH))
            except (log.Ahead, log.Expired):  # another log has taken this one's place
                await self._begin()
                return
            more = page.more
            self._keep(page.entries)

    async def _begin(self) -> None:
        self.recent, self.numbers = [], []
        self.base = self.head = await in_thread(log.head)
        self._wake()

    def _keep(self, entries: Sequence[log.Entry]) -> None:
        if not entries:
            return
        both = [*self.recent, *entries]
        if len(both) > KEPT:
            self.base = both[-KEPT - 1].number
        self.recent = both[-KEPT:]
        self.numbers = [entry.number for entry in self.recent]
        self.head = self.numbers[-1]
        self._wake()


_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def hub() -> Hub:
    """Return the running event loop's hub."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


def close_on_signals() -> None:
    """End the streams when the process is told to end: the server waits for its answers, and a stream never ends by itself."""
    loop, mine = asyncio.get_running_loop(), hub()
    for number in (signal.SIGINT, signal.SIGTERM):
        earlier = signal.getsignal(number)

        def handler(number: int, frame: FrameType | None, earlier: Any = earlier) -> None:
            loop.call_soon_threadsafe(mine.close)
            if callable(earlier):
                earlier(number, frame)

        signal.signal(number, handler)


def _parameters() -> dict[str, Any]:
    """Return how Django connects, without what belongs to its own kind of connection."""
    given: dict[str, Any] = connections["default"].get_connection_params()
    own = ("cursor_factory", "context", "prepare_threshold", "server_side_binding")
    return {name: value for name, value in given.items() if name not in own} | {"application_name": "incident desk: following"}
