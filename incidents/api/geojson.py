"""Incidents as GeoJSON (RFC 7946), honest about precision: only what has a point of its own gets one."""

from collections.abc import Iterable
from typing import Any

MEDIA_TYPE = "application/geo+json"
POINTS = ("site", "settlement", "near")  # `near` with the radius it may lie in; everything wider has no geometry


def collection(incidents: Iterable[dict[str, Any]], following: str | None) -> dict[str, Any]:
    """Return the API's incidents as a FeatureCollection; `next` is the following page's address."""
    return {"type": "FeatureCollection", "features": [feature(incident) for incident in incidents], "next": following}


def feature(incident: dict[str, Any]) -> dict[str, Any]:
    """Return one incident; its properties are the API's, with the place's precision and radius beside them."""
    place = incident["place"]
    has_point = place["precision"] in POINTS and place["lat"] is not None
    geometry = {"type": "Point", "coordinates": [place["lon"], place["lat"]]} if has_point else None
    known = {"precision": place["precision"], "radius_km": place["radius_km"]}
    return {"type": "Feature", "id": incident["id"], "geometry": geometry, "properties": dict(incident) | known}
