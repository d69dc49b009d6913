"""Spots in map cells of each zoom. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.cells import FINEST, cell_of
from incidents.columns import kernels
from incidents.columns.growing import Codes, Growing, Mask, Whole

Degrees = npt.NDArray[np.float64]
FEW = 500  # spots that are put into their cells one by one
AREA = 1 << 2 * FINEST


def key_of(lat: float, lon: float, *, is_area: bool) -> int:
    """Return the finest cell around a spot, areas behind all points: what is in one cell is together at every zoom."""
    return cell_of(lat, lon) + AREA * is_area


class Cells:
    """The cells of one zoom that hold spots, areas apart: the cell of each spot; numbers stay as spots are added."""

    def __init__(self, zoom: int) -> None:
        self._shift = 2 * (FINEST - zoom)
        self._cell: Growing[np.int32] = Growing(np.int32)  # of each spot
        self._keys: Growing[np.int64] = Growing(np.int64)  # of each cell

    def of(self, keys: Whole, in_order: Callable[[], Codes]) -> Codes:
        """Return each spot's cell, given the spots' keys and, where it is needed, their order."""
        known = len(self._cell)
        if known and len(keys) - known <= FEW:
            self._add(keys[known:] >> self._shift)
        else:
            self._number(keys >> self._shift, in_order())
        return self._cell.values

    @property
    def is_area(self) -> Mask:
        """Say of each cell whether its spots stand for areas."""
        found: Mask = self._keys.values >= AREA >> self._shift
        return found

    def _add(self, keys: Whole) -> None:
        for key in keys.tolist():
            found = np.flatnonzero(self._keys.values == key)
            self._cell.append(int(found[0]) if len(found) else len(self._keys))
            if not len(found):
                self._keys.append(key)

    def _number(self, keys: Whole, order: Codes) -> None:
        keys, cell = keys[order], np.empty(len(keys), np.int32)
        begins = np.diff(keys, prepend=-1) != 0
        cell[order] = np.cumsum(begins) - 1
        self._keys, self._cell = Growing(np.int64, keys[begins]), Growing(np.int32, cell)


@dataclass(frozen=True, slots=True)
class Spread:
    """How many incidents stand in each cell, and where.

    `place` has sums of latitude and longitude, south, west, north and east ends, and the widest radius (negative: none).
    `spot` is one of the cell's spots that something stands on.
    """

    counts: Whole
    place: Degrees
    spot: Codes


def spread(cells: Codes, number: int, seen: Mask, counts: Whole, where: tuple[Degrees, Degrees, Degrees]) -> Spread:
    """Add up by cell what stands on the spots seen; `where` are their latitude, longitude and radius."""
    place = np.zeros((number, 7))
    place[:, 2:4], place[:, 4:6], place[:, 6] = np.inf, -np.inf, -1.0
    told = Spread(np.zeros(number, np.int64), place, np.zeros(number, np.int32))
    kernels.spread_out(cells, seen, counts, *where, told.counts, told.place, told.spot)
    return told
