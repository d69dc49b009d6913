"""Arrays that grow at their end. Pure."""

from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T", bound=np.generic)
SPARE = 1.25  # what is allocated beyond what is needed, so that adding one by one stays cheap
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]
Whole = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]


class Growing(Generic[T]):
    """An array that grows at its end; `values` is what is in use of it."""

    def __init__(self, kind: type[T], held: npt.NDArray[T] | None = None) -> None:
        self._held: npt.NDArray[T] = np.empty(0, kind) if held is None else held
        self._size = len(self._held)
        self._waiting: list[Any] = []  # appended one by one: put into the array together

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

    def extend(self, values: npt.NDArray[Any]) -> None:
        start = len(self.values)
        needed = start + len(values)
        if needed > len(self._held):
            grown = np.empty(int(needed * SPARE) + 16, self._held.dtype)
            grown[:start] = self._held[:start]
            self._held = grown
        self._held[start:needed] = values
        self._size = needed
