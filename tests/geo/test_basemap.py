"""The offline basemap: small, whole, and readable without a library."""

import gzip
import json
from pathlib import Path

from geo.topology import decode_arcs, rings_of

FOLDER = Path(__file__).resolve().parents[2] / "static" / "basemap"


def test_it_is_small_enough_to_send() -> None:
    raw = (FOLDER / "countries.topo.json").read_bytes()
    assert len(raw) < 800_000
    assert len(gzip.compress(raw)) < 230_000


def test_every_country_decodes_to_closed_rings_on_the_globe() -> None:
    topology = json.loads((FOLDER / "countries.topo.json").read_text(encoding="utf-8"))
    arcs = decode_arcs(topology)
    shapes = topology["objects"]["countries"]["geometries"]
    assert len(shapes) > 230
    for shape in shapes:
        for ring in rings_of(shape, arcs):
            assert ring[0] == ring[-1]
            assert all(-180.01 <= lon <= 180.01 and -90.01 <= lat <= 90.01 for lon, lat in ring)


def test_syria_lies_where_it_lies() -> None:
    topology = json.loads((FOLDER / "countries.topo.json").read_text(encoding="utf-8"))
    syria = next(shape for shape in topology["objects"]["countries"]["geometries"] if shape["id"] == "SY")
    points = [point for ring in rings_of(syria, decode_arcs(topology)) for point in ring]
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    assert 35.5 < west < 36
    assert 42 < east < 42.6


def test_labels_name_countries_and_cities_with_a_zoom() -> None:
    labels = json.loads((FOLDER / "labels.json").read_text(encoding="utf-8"))
    kinds = {label[4] for label in labels}
    assert kinds == {"country", "capital", "city"}
    assert all(2 <= label[3] <= 7 for label in labels)
    assert any(label[0] == "Damascus" and label[4] == "capital" for label in labels)
