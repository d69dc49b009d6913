"""What a client that waits is sent: server-sent events, or one long-polled page. Asynchronous; nothing here holds a thread."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from functools import partial
from typing import Any

from incidents.follow import log
from incidents.follow.hub import Hub, hub, in_thread
from incidents.follow.seats import Seat

Shown = Callable[[log.Entry], dict[str, Any]]
PAGE = 200  # entries read and written at once
HEARTBEAT_SECONDS = 15.0  # a comment so often: proxies keep the connection, and a client that is gone is noticed
STUCK_SECONDS = 60.0  # a client that takes nothing for so long is dropped
RETRY_MS = 2000  # how long an EventSource waits before it connects again


def event(number: int, shown: dict[str, Any]) -> str:
    """Return one server-sent event; its id is where to go on."""
    return f"id: {number}\nevent: change\ndata: {json.dumps(shown, ensure_ascii=False, separators=(',', ':'))}\n\n"


async def events(seat: Seat, after: int | None, shown: Shown, *, seconds: float) -> AsyncGenerator[str]:
    """Yield server-sent events after a number (None: from now on) for so many seconds, or until the process ends.

    A log that is replaced meanwhile ends the stream: the client asks again and is told what is wrong with its cursor.
    """
    mine, loop = hub(), asyncio.get_running_loop()
    end = loop.time() + seconds
    with mine.client(), suppress(log.Ahead, log.Expired):
        yield f"retry: {RETRY_MS}\n\n"
        number = after if after is not None else await in_thread(log.head)
        while not mine.closing and loop.time() < end:
            if entries := await _next(mine, number):
                number = entries[-1].number
                yield "".join(event(entry.number, shown(entry)) for entry in entries)
            elif not await _news(mine, number, min(HEARTBEAT_SECONDS, end - loop.time())):
                yield f": {number}\n\n"


async def polled(seat: Seat, after: int, limit: int, shown: Callable[[log.Page], str], *, seconds: float) -> AsyncGenerator[str]:
    """Yield one page as soon as there is anything after the number, or an empty one when the seconds are over."""
    mine = hub()
    with mine.client():
        await _news(mine, after, seconds)
        page = await in_thread(partial(log.read, after, limit))
    yield shown(page)


async def watched(parts: AsyncGenerator[str]) -> AsyncGenerator[str]:
    """Pass the parts on; drop a client that does not take one in time, by cancelling the task that sends to it."""
    loop, sender = asyncio.get_running_loop(), asyncio.current_task()
    async with aclosing(parts) as source:
        async for part in source:
            timer = loop.call_later(STUCK_SECONDS, _drop, sender)
            try:
                yield part
            finally:
                timer.cancel()


async def _next(mine: Hub, number: int) -> Sequence[log.Entry]:
    if mine.holds(number):
        return mine.after(number, PAGE)
    return (await in_thread(partial(log.read, number, PAGE))).entries


async def _news(mine: Hub, after: int, seconds: float) -> bool:
    try:
        await mine.news(after, max(0.0, seconds))
    except TimeoutError:
        return False
    return True


def _drop(sender: "asyncio.Task[Any] | None") -> None:
    if sender:
        sender.cancel()
