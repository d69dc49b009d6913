"""Map cells: one integer for a point, whose leading bits name the coarser cells around it. Pure.

A cell is the Morton code of web-mercator tile numbers at zoom 26 (52 bits, about 0.6 m at the equator): the bits of x and y take
turns. The cell of zoom z that holds it is `cell >> 2 * (FINEST - z)`, so grouping by map cell is grouping by a shifted integer.
"""

import math
from typing import NamedTuple

FINEST = 26
MERCATOR_LIMIT = 85.05112877980659  # degrees of latitude at which the square map ends
_SPREAD = (
    (16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F), (2, 0x3333333333333333), (1, 0x5555555555555555),
)  # fmt: skip


class Bounds(NamedTuple):
    """A stretch of the map in degrees."""

    west: float
    south: float
    east: float
    north: float


def tile_of(lat: float, lon: float, zoom: int = FINEST) -> tuple[int, int]:
    """Return x (eastward) and y (southward) of the tile that holds the point; poles go to the outermost row."""
    size = 1 << zoom
    sine = math.sin(math.radians(max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, lat))))
    x = (lon + 180) / 360 * size
    y = (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * size
    return max(0, min(size - 1, int(x))), max(0, min(size - 1, int(y)))


def cell_of(lat: float, lon: float, zoom: int = FINEST) -> int:
    """Return the cell of that zoom which holds the point, in degrees."""
    x, y = tile_of(lat, lon, zoom)
    return _spread(x) | _spread(y) << 1


def parent(cell: int, zoom: int, *, of: int = FINEST) -> int:
    """Return the coarser cell, of `zoom`, around a cell of zoom `of`."""
    return cell >> 2 * (of - zoom)


def bounds(cell: int, zoom: int) -> Bounds:
    """Return the cell's edges in degrees."""
    x, y, size = _gather(cell), _gather(cell >> 1), 1 << zoom
    return Bounds(x / size * 360 - 180, _latitude((y + 1) / size), (x + 1) / size * 360 - 180, _latitude(y / size))


def _latitude(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def _spread(number: int) -> int:
    for shift, mask in _SPREAD:
        number = (number | number << shift) & mask
    return number


def _gather(number: int) -> int:
    number &= 0x5555555555555555
    for shift, mask in [
        (1, 0x3333333333333333),
        (2, 0x0F0F0F0F0F0F0F0F),
        (4, 0x00FF00FF00FF00FF),
        (8, 0x0000FFFF0000FFFF),
        (16, 0xFFFFFFFF),
    ]:
        number = (number | number >> shift) & mask
    return number
