"""The rule of politeness: over all workers, at most one request per FETCH_PAUSE seconds to one news host."""

import time

from django.conf import settings
from django.core.cache import cache
from redis import RedisError

from sources.refusals import Refused

MAX_WAIT = 60  # seconds; who has not had a turn by then comes back later


def wait_for_turn(host: str) -> None:
    """Return once this process may ask the host.

    The turn is a key in Redis that only one process can make and that expires by itself, so no worker that dies keeps a
    host shut. Raises Refused, temporary, where too many others wait for the same host.
    """
    if not settings.FETCH_PAUSE:
        return
    deadline = time.monotonic() + MAX_WAIT
    while not _take_turn(host):
        if time.monotonic() > deadline:
            raise Refused(host, f"no turn within {MAX_WAIT} s: too many requests wait for this host", temporary=True)
        time.sleep(0.1)


def _take_turn(host: str) -> bool:
    try:
        return cache.add(f"fetch-turn:{host.lower()}", 1, timeout=settings.FETCH_PAUSE)
    except RedisError:
        raise Refused(host, "not asked: Redis, which keeps the turns, does not answer", temporary=True) from None
