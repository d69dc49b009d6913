"""GeoJSON (RFC 7946) and NDJSON: one incident a line in both."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import Any

from incidents.api.geojson import POINTS
from incidents.api.reports import fields_of
from incidents.api.shapes import IncidentShape
from incidents.api.shown import WRITTEN, date_of, place_of
from incidents.exports.about import About
from incidents.exports.cells import YES
from incidents.exports.columns import INCIDENTS, plain
from incidents.exports.rows import Fetched
from incidents.moments import moment

PIECE = 200  # lines handed on at once


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def in_pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield the lines in pieces worth sending."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) == PIECE:
            yield "".join(held).encode()
            held.clear()
    yield "".join(held).encode()


def write_geojson(rows: Iterable[Fetched], about: About) -> Iterator[bytes]:
    """Yield a FeatureCollection; what the export is stands before the features. Only what has a point of its own gets one."""

    def lines() -> Iterator[str]:
        yield _line({"type": "FeatureCollection", "export": about.fields()})[:-1] + ',"features":[\n'
        parting = ""
        for row in rows:
            yield parting + _line(feature(row))
            parting = ",\n"
        yield "\n]}\n"

    return in_pieces(lines())


def feature(row: Fetched) -> dict[str, Any]:
    geometry = None
    if row.place_precision in POINTS and row.lat is not None and row.lon is not None:
        geometry = {"type": "Point", "coordinates": [float(row.lon), float(row.lat)]}
    return {"type": "Feature", "id": int(row.id), "geometry": geometry, "properties": plain(INCIDENTS, row)}


def write_ndjson(rows: Iterable[Fetched], _about: About) -> Iterator[bytes]:
    """Yield the incidents as the API's list gives them, one a line and nothing else."""
    return in_pieces(_line(as_in_the_api(row)) + "\n" for row in rows)


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


# How the API's fields are read from a row of text; the others are written as everywhere.
FROM_TEXT: dict[str, Callable[[Fetched], Any]] = WRITTEN | {
    "id": lambda row: int(row.id),
    "url": attrgetter("url"),
    "background": lambda row: row.background == YES,
    "confidence": lambda row: float(row.confidence),
    "date": lambda row: date_of(row, row.earliest, row.latest, row.time_of_day and row.time_of_day[:5]),
    "place": lambda row: place_of(row, _number(row.lat), _number(row.lon), _number(row.radius_km)),
    "article_count": lambda row: int(row.article_count),
    "origin_count": lambda row: int(row.origin_count),
    "version": lambda row: int(row.version),
    "created_at": lambda row: moment(datetime.fromisoformat(row.created_at)),
    "changed_at": lambda row: moment(datetime.fromisoformat(row.changed_at)),
}
FIELDS = [(name, FROM_TEXT[name]) for name in fields_of(IncidentShape)]


def as_in_the_api(row: Fetched) -> dict[str, Any]:
    """Return the incident as the API's lists give it."""
    return {name: write(row) for name, write in FIELDS}
