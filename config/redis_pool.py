"""Connections to Redis that all of a process shares."""

from functools import cache
from typing import Any

from redis import ConnectionPool


class SharedPool(ConnectionPool):
    """One pool for each address: served asynchronously, Django makes a cache for every request, and would a pool for each."""

    @classmethod
    def from_url(cls, url: str, **options: Any) -> "SharedPool":
        return _shared(url, **options)


@cache
def _shared(url: str, **options: Any) -> SharedPool:
    return super(SharedPool, SharedPool).from_url(url, **options)
