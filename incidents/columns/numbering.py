"""Texts with numbers, in the order they were first seen. Pure."""

from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from incidents.columns.growing import Codes

WIDE = 16  # bytes of a digest: enough that no two texts ever share one


class Numbering:
    """The number of each text. What was kept on disk has digests of the texts in order: mapped, not held as objects."""

    def __init__(self) -> None:
        self._new: dict[str, int] = {}
        self._digests: npt.NDArray[np.bytes_] = np.empty(0, f"S{WIDE}")
        self._numbers: Codes = np.empty(0, np.int32)

    def __len__(self) -> int:
        return len(self._digests) + len(self._new)

    def find(self, text: str) -> int | None:
        found = self._new.get(text)
        if found is not None or not len(self._digests):
            return found
        digest = _digest(text)
        at = int(np.searchsorted(self._digests, digest))
        return int(self._numbers[at]) if at < len(self._digests) and self._digests[at] == digest else None

    def add(self, text: str) -> int:
        """Give a text the next number that has none."""
        found = self._new[text] = len(self)
        return found

    def __getstate__(self) -> dict[str, Any]:
        new = np.array([_digest(text) for text in self._new], self._digests.dtype)
        digests = np.concatenate([self._digests, new])
        numbers = np.concatenate([self._numbers, np.fromiter(self._new.values(), np.int32)])
        order = np.argsort(digests)
        return {"_new": {}, "_digests": digests[order], "_numbers": numbers[order]}


def _digest(text: str) -> np.bytes_:
    return np.bytes_(blake2b(text.encode(), digest_size=WIDE).digest().rstrip(b"\0"))  # as an array gives it back
