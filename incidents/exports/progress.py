"""How far an export has come, for the page that waits for it; and its end before its time where nobody wants it any more.

The page makes up a word that nobody guesses and sends it along: who knows the word sees that one export, and may stop it. What
is told stands in the cache, for all processes together; an export goes on where the cache does not answer, and tells nothing.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

from incidents.exports.rows import Fetched

WORD = re.compile(r"[0-9a-f]{32}")
KEPT = 3600  # seconds after the last news
PACE = 0.25  # seconds between two looks at the cache
EVERY = 200  # rows between two looks at the clock
UNKNOWN, RUNNING, DONE, STOPPED, BUSY = "unknown", "running", "done", "stopped", "busy"
logger = logging.getLogger(__name__)


class Stopped(Exception):
    """Whoever asked for the export wants it no more."""


class Progress:
    """Tells of one export while it is written. Raises Stopped, at the start too: some browsers ask again for what has ended."""

    def __init__(self, word: str, total: int) -> None:
        self._word, self._total = word, total
        self._rows, self._mark = 0, EVERY
        self._told = 0.0
        self._tell(RUNNING)

    def counted(self, rows: Iterable[Fetched]) -> Iterator[Fetched]:
        """Yield the rows, and tell their number as they go."""
        for row in rows:
            self._rows += 1
            if not self._rows % EVERY and (self._rows == self._mark or monotonic() - self._told >= PACE):
                self._mark = 2 * self._rows  # the first rows are told at once: a slow reader holds up those after them
                self._tell(RUNNING)
            yield row

    def ended(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the file's pieces, and tell whether it came to its end."""
        state = STOPPED
        try:
            yield from pieces
            state = DONE
        finally:
            tell(self._word, state, self._rows, self._total)

    def _tell(self, state: str) -> None:
        self._told = monotonic()
        if is_stopped(self._word):
            raise Stopped
        tell(self._word, state, self._rows, self._total)


def word_in(given: str | None) -> str:
    """Return the word that a query string holds, "" for none and for what is no such word."""
    return given if given and WORD.fullmatch(given) else ""


def tell(word: str, state: str, rows: int = 0, total: int = 0) -> None:
    """Put down how far the export of this word has come."""
    try:
        cache.set(_key(word), {"state": state, "rows": rows, "total": total}, KEPT)
    except RedisError as error:
        logger.warning("The progress of an export is not kept: %s", error)


def told(word: str) -> dict[str, Any]:
    """Return what was told of an export: its state, rows written, and their total."""
    found: dict[str, Any] | None = cache.get(_key(word))
    return found or {"state": UNKNOWN, "rows": 0, "total": 0}


def stop(word: str) -> None:
    """Let the export of this word end where it is."""
    cache.set(_stop_key(word), 1, KEPT)


def is_stopped(word: str) -> bool:
    try:
        return bool(cache.get(_stop_key(word)))
    except RedisError:
        return False


def _key(word: str) -> str:
    return f"export:{word}"


def _stop_key(word: str) -> str:
    return f"export:{word}:stop"
