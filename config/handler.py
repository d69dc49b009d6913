"""How the desk's pages run under an asynchronous server."""

import asyncio
import select
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, cast

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import connections
from django.http import HttpResponseBase
from django.urls import set_script_prefix

AT_ONCE = 2  # requests a process works on: more threads would only take the interpreter from one another; others wait in order


class DeskHandler(ASGIHandler):
    """Does all of a request in one of a few threads that stay: one hop there, one back, and no more work at once than pays.

    Django's own handler starts a thread for each request and hops for every piece of middleware: both cost more than most of the
    desk's answers. What is sent bit by bit (streams, long polls, exports) is sent as Django does it, and holds none of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(AT_ONCE, "request", initializer=_keep_connection)

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: FBT001, FBT002 -- Django's own signature
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        try:
            response = await sync_to_async(self._answered, thread_sensitive=False, executor=self._threads)(scope, body)
            if response.streaming:
                await self._streamed(response, receive, send)
            else:
                await self.send_response(response, send)
        finally:
            body.close()

    def _answered(self, scope: Any, body: Any) -> HttpResponseBase:
        """Return the answer; one that is whole is closed."""
        _leave_dead_connection()
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=type(self), scope=scope)
        request, refusal = self.create_request(scope, body)
        response: Any = refusal if request is None else self.get_response(request)
        response._handler_class = type(self)  # the sender of the signal when it is closed
        if not response.streaming:
            response.close()
        return cast("HttpResponseBase", response)

    async def _streamed(self, response: HttpResponseBase, receive: Any, send: Any) -> None:
        """Send an answer as it comes, until its end or until the client has gone."""
        async with ThreadSensitiveContext():
            sending = asyncio.create_task(self._sent(response, send))
            leaving = asyncio.create_task(self._left(receive))
            try:
                await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
            finally:
                leaving.cancel()
                sending.cancel()
                await asyncio.wait((sending, leaving))
                await sync_to_async(response.close)()
            if not sending.cancelled() and (error := sending.exception()):
                raise error

    async def _sent(self, response: HttpResponseBase, send: Any) -> None:
        with suppress(asyncio.CancelledError):  # kept, it would hold what the stream holds: a seat among those who wait
            await self.send_response(response, send)

    async def _left(self, receive: Any) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass


def _keep_connection() -> None:
    """Let this thread keep a connection of its own: lending one for each request costs two questions to the database."""
    mine = connections["default"]
    options = {name: value for name, value in mine.settings_dict["OPTIONS"].items() if name != "pool"}
    mine.settings_dict = mine.settings_dict | {"OPTIONS": options, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}


def _leave_dead_connection() -> None:
    """Close the thread's connection where its server has: that is seen without asking it, by there being something to read."""
    raw = connections["default"].connection
    if raw is None:
        return
    if not raw.closed:
        look = select.poll()
        look.register(raw.fileno(), select.POLLIN)
        if not look.poll(0):
            return
    connections["default"].close()
