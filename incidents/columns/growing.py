"""Arrays that grow at their end. Pure."""

import mmap
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T", bound=np.generic)
SPARE = 1.25  # what is allocated beyond what is needed, so that adding one by one stays cheap
KEPT_SPARE = 1.05  # the same of what is kept on disk: what is added goes there, instead of all into memory of the process's own
MOST_WAITING = 4096
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]
Whole = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]


def paged(kind: type[T], size: int) -> npt.NDArray[T]:
    """Return zeros in pages of their own: taken when they are written, given back to the system with the array."""
    pages = mmap.mmap(-1, size * np.dtype(kind).itemsize + 1, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    return np.frombuffer(pages, kind, size)


class Growing(Generic[T]):
    """An array that grows at its end; `values` is what is in use of it."""

    def __init__(self, kind: type[T], held: npt.NDArray[T] | None = None, size: int | None = None) -> None:
        self._held: npt.NDArray[T] = np.empty(0, kind) if held is None else held
        self._size = len(self._held) if size is None else size
        self._waiting: list[Any] = []  # appended one by one: put into the array together

    def __reduce__(self) -> tuple[Any, ...]:
        room = int(len(self.values) * KEPT_SPARE) + 16
        self._reserve(room)
        return Growing, (self._held.dtype.type, self._held[:room], self._size)

    @property
    def values(self) -> npt.NDArray[T]:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self.extend(np.array(waiting, self._held.dtype))
        return self._held[: self._size]

    def __len__(self) -> int:
        return self._size + len(self._waiting)

    def append(self, value: Any) -> None:
        self._waiting.append(value)
        if len(self._waiting) == MOST_WAITING:
            _ = self.values

    def extend(self, values: npt.NDArray[Any]) -> None:
        start = len(self.values)
        needed = start + len(values)
        if needed > len(self._held):
            self._reserve(int(needed * SPARE) + 16)
        self._held[start:needed] = values
        self._size = needed

    def _reserve(self, room: int) -> None:
        if room > len(self._held):
            grown = paged(self._held.dtype.type, room)
            grown[: self._size] = self._held[: self._size]
            self._held = grown
