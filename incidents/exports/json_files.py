"""GeoJSON (RFC 7946) and NDJSON: one incident a line in both."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from geo import country_names
from incidents.api.geojson import POINTS
from incidents.exports.about import About
from incidents.exports.columns import BOUNDS, INCIDENTS, plain
from incidents.exports.rows import Fetched

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
    has_point = row.place_precision in POINTS and row.lat is not None
    geometry = {"type": "Point", "coordinates": [row.lon, row.lat]} if has_point else None
    return {"type": "Feature", "id": row.id, "geometry": geometry, "properties": plain(INCIDENTS, row)}


def write_ndjson(rows: Iterable[Fetched], _about: About) -> Iterator[bytes]:
    """Yield the incidents as the API's list gives them, one a line and nothing else."""
    return in_pieces(_line(as_in_the_api(row)) + "\n" for row in rows)


def as_in_the_api(row: Fetched) -> dict[str, Any]:
    """Return the incident as incidents.api.shapes.IncidentShape writes it."""
    return {
        "id": row.id,
        "number": row.number,
        "url": row.url,
        "headline": row.headline,
        "type": row.type,
        "family": row.family,
        "stage": row.stage,
        "background": row.background,
        "confidence": row.confidence,
        "date": {
            "earliest": row.earliest and row.earliest.isoformat(),
            "latest": row.latest and row.latest.isoformat(),
            "precision": row.date_precision,
            "basis": row.date_basis,
        },
        "place": {
            "place_id": row.place_id,
            "name": row.place_name,
            "precision": row.place_precision,
            "country": row.country,
            "country_name": country_names.name_of(row.country) if row.country else "",
            "admin1": row.admin1,
            "lat": row.lat,
            "lon": row.lon,
            "radius_km": row.radius_km,
        },
        "totals": {outcome: {bound: total.get(bound) for bound in BOUNDS} for outcome, total in row.totals.items()},
        "actors": [{key: actor[key] for key in ("actor", "name", "role", "origins")} for actor in row.actors],
        "article_count": row.article_count,
        "origin_count": row.origin_count,
        "review_status": row.review_status,
        "version": row.version,
        "created_at": _moment(row.created_at),
        "changed_at": _moment(row.changed_at),
    }


def _moment(at: datetime) -> str:
    """Return a time as the API writes it: in the desk's zone, UTC as Z."""
    text = timezone.localtime(at).isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
