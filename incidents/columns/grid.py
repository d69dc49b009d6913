"""Spots in map cells of each zoom. Pure."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.cells import FINEST
from incidents.columns import kernels
from incidents.columns.growing import Codes, Growing, Mask, Whole

Degrees = npt.NDArray[np.float64]
FEW = 500  # spots that are put into their cells one by one


class Cells:
    """The cells of one zoom that hold spots, areas apart: the cell of each spot; numbers stay as spots are added."""

    def __init__(self, zoom: int) -> None:
        self._shift, self._zoom = FINEST - zoom, zoom
        self._cell: Growing[np.int32] = Growing(np.int32)  # of each spot
        self._keys: Growing[np.int64] = Growing(np.int64)  # of each cell

    def of(self, x: Whole, y: Whole, is_area: Mask) -> Codes:
        """Return each spot's cell; x and y are its tile at the finest zoom."""
        known = len(self._cell)
        if len(x) > known:
            new = slice(known, None)
            keys = ((y[new] >> self._shift << self._zoom) | x[new] >> self._shift) * 2 + is_area[new]
            if known and len(keys) <= FEW:
                self._add(keys)
            else:
                self._number(((y >> self._shift << self._zoom) | x >> self._shift) * 2 + is_area)
        return self._cell.values

    @property
    def is_area(self) -> Mask:
        """Say of each cell whether its spots stand for areas."""
        found: Mask = self._keys.values % 2 == 1
        return found

    def _add(self, keys: Whole) -> None:
        for key in keys.tolist():
            found = np.flatnonzero(self._keys.values == key)
            self._cell.append(int(found[0]) if len(found) else len(self._keys))
            if not len(found):
                self._keys.append(key)

    def _number(self, keys: Whole) -> None:
        numbered, cells = np.unique(keys, return_inverse=True)
        self._keys, self._cell = Growing(np.int64, numbered), Growing(np.int32, cells.astype(np.int32))


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
