"""GeoJSON (RFC 7946) and NDJSON: one incident a line in both."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from geo import country_names
from incidents.api.geojson import POINTS
from incidents.exports.about import About
from incidents.exports.cells import YES
from incidents.exports.columns import BOUNDS, INCIDENTS, plain
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


def as_in_the_api(row: Fetched) -> dict[str, Any]:
    """Return the incident as incidents.api.shapes.IncidentShape writes it."""
    return {
        "id": int(row.id),
        "number": row.number,
        "url": row.url,
        "headline": row.headline,
        "type": row.type,
        "family": row.family,
        "stage": row.stage,
        "background": row.background == YES,
        "confidence": float(row.confidence),
        "date": {
            "earliest": row.earliest,
            "latest": row.latest,
            "precision": row.date_precision,
            "basis": row.date_basis,
            "time": row.time_of_day and row.time_of_day[:5],
        },
        "place": {
            "place_id": row.place_id,
            "name": row.place_name,
            "precision": row.place_precision,
            "country": row.country,
            "country_name": country_names.name_of(row.country) if row.country else "",
            "admin1": row.admin1,
            "lat": _number(row.lat),
            "lon": _number(row.lon),
            "radius_km": _number(row.radius_km),
        },
        "totals": {outcome: {bound: total.get(bound) for bound in BOUNDS} for outcome, total in row.totals.items()},
        "actors": [{key: actor[key] for key in ("actor", "name", "role", "origins")} for actor in row.actors],
        "article_count": int(row.article_count),
        "origin_count": int(row.origin_count),
        "review_status": row.review_status,
        "version": int(row.version),
        "created_at": moment(datetime.fromisoformat(row.created_at)),
        "changed_at": moment(datetime.fromisoformat(row.changed_at)),
    }


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)
