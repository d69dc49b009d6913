"""While a command shows what failed in its closing table, the log does not say it a second time."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_log() -> Iterator[None]:
    """Keep the log of the desk's own code to what is critical, and give it its level back."""
    logger = logging.getLogger("incidents")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
