"""The web application: `uvicorn config.asgi:application`."""

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import django
from django.conf import settings
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

Message = dict[str, Any]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
django.setup(set_prefix=False)
# Each request runs in a thread of its own and wants a connection: a new one costs more
# than most answers, so the process lends its own.
connections.settings["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": settings.DATABASE_POOL}

from config.handler import DeskHandler  # noqa: E402 -- models can be imported from here on
from incidents.columns.following import begin  # noqa: E402
from incidents.follow.hub import close_on_signals  # noqa: E402

pages = DeskHandler()


async def application(scope: Message, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
    """Serve Django, and let the streams of changes end with the server."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    else:
        await pages(scope, receive, send)


async def _live(receive: Callable[[], Awaitable[Message]], send: Send) -> None:
    await receive()
    close_on_signals()
    begin()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})
