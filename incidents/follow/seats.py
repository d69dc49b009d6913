"""How many clients may wait at once, in this process: all together, and each one."""

from collections import Counter
from threading import Lock
from weakref import finalize

from django.conf import settings


class Full(Exception):
    """There is no seat: the client has as many as one may have (`own`), or all are taken."""

    def __init__(self, *, own: bool) -> None:
        super().__init__()
        self.own = own


class Seat:
    """A place among those who wait; it is free again once nothing refers to it, however the client went."""


_lock = Lock()
_taken: Counter[str] = Counter()


def take(client: str) -> Seat:
    """Return a seat for the client. Raises Full."""
    with _lock:
        if _taken[client] >= settings.FOLLOW_CLIENTS_EACH:
            raise Full(own=True)
        if _taken.total() >= settings.FOLLOW_CLIENTS:
            raise Full(own=False)
        _taken[client] += 1
    seat = Seat()
    finalize(seat, _leave, client)
    return seat


def taken() -> int:
    return _taken.total()


def _leave(client: str) -> None:
    with _lock:
        _taken[client] -= 1
        if not _taken[client]:
            del _taken[client]
