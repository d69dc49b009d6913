"""Arrays that grow at their end. Pure."""

from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T", bound=np.generic)
SPARE = 1.25  # what is allocated beyond what is needed, so that adding one by one stays cheap
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]
Whole = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int64]


class Growing(Generic[T]):
    """An array that grows at its end; `values` is what is in use of it."""

    def __init__(self, kind: type[T], held: npt.NDArray[T] | None = None, size: int | None = None) -> None:
        self._held: npt.NDArray[T] = np.empty(0, kind) if held is None else held
        self._size = len(self._held) if size is None else size

    @property
    def values(self) -> npt.NDArray[T]:
        return self._held[: self._size]

    @property
    def held(self) -> npt.NDArray[T]:
        """The array with its spare room."""
        return self._held

    def __len__(self) -> int:
        return self._size

    def append(self, value: Any) -> None:
        self._make_room(1)
        self._held[self._size] = value
        self._size += 1

    def extend(self, values: npt.NDArray[Any]) -> None:
        self._make_room(len(values))
        self._held[self._size : self._size + len(values)] = values
        self._size += len(values)

    def _make_room(self, more: int) -> None:
        needed = self._size + more
        if needed > len(self._held):
            grown = np.empty(int(needed * SPARE) + 16, self._held.dtype)
            grown[: self._size] = self.values
            self._held = grown
