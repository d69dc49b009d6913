"""Map cells: a point's integer begins with those of the coarser cells around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cells import FINEST, bounds, cell_of, parent, tile_of

LAT, LON, ZOOM = st.floats(-85, 85), st.floats(-180, 179.999), st.integers(0, FINEST)


@pytest.mark.parametrize(
    ("lat", "lon", "zoom", "tile"),
    [(0.1, 0.1, 1, (1, 0)), (-0.1, -0.1, 1, (0, 1)), (51.5, -0.12, 10, (511, 340)), (90, 180, 3, (7, 0)), (-90, -180, 3, (0, 7))],
)
def test_tile(lat: float, lon: float, zoom: int, tile: tuple[int, int]) -> None:
    """The tile numbers of ordinary web maps; poles and date line stay on the map."""
    assert tile_of(lat, lon, zoom) == tile


@given(LAT, LON, ZOOM)
def test_coarser_cell_is_a_prefix(lat: float, lon: float, zoom: int) -> None:
    cell = cell_of(lat, lon)
    assert 0 <= cell < 2**52
    assert parent(cell, zoom) == cell_of(lat, lon, zoom)


@given(LAT, LON, st.integers(0, 20))
def test_bounds_hold_the_point(lat: float, lon: float, zoom: int) -> None:
    west, south, east, north = bounds(cell_of(lat, lon, zoom), zoom)
    assert west - 1e-9 <= lon <= east + 1e-9
    assert south - 1e-9 <= lat <= north + 1e-9
    assert east - west == pytest.approx(360 / 2**zoom)
