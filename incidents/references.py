"""A number for each fault of the desk: the reader sees it, and the log's line carries it, so that one leads to the other."""

import logging
import secrets
from typing import Any

from django.http import HttpRequest

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another when it is read out
LENGTH = 8
NAME = "reference"


def reference(request: HttpRequest) -> str:
    """Return the request's number, made when it is first asked for."""
    known: str | None = getattr(request, NAME, None)
    if known is None:
        known = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        setattr(request, NAME, known)
    return known


class Lines(logging.Formatter):
    """Lines of the log; what is told of a request that has a number begins with it."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- the base class's name
        request: Any = getattr(record, "request", None)
        known = getattr(request, NAME, None)
        if known:
            record.message = f"[{known}] {record.message}"
        return super().formatMessage(record)
