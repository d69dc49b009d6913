"""Connections to Redis that all of a process shares."""

from functools import cache
from typing import Any

from redis import ConnectionPool


class SharedPool(ConnectionPool):
    """One pool for each address: served asynchronously, Django makes a cache for every request, and would a pool for each."""

    @classmethod
    @cache
    def from_url(cls, url: str, **options: Any) -> ConnectionPool:
        return super().from_url(url, **options)
