"""Distances on the globe. Pure."""

from math import asin, cos, hypot, radians, sin, sqrt

EARTH_DIAMETER_KM = 12742.0


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in km between two points in degrees."""
    up, across = radians(other_lat - lat), radians(other_lon - lon)
    half = sin(up / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(across / 2) ** 2
    return EARTH_DIAMETER_KM * asin(min(1.0, sqrt(half)))


def roughly_kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Distance in km on a local flat map: fast, and near enough for "is this close" below a thousand km."""
    across = abs(other_lon - lon)
    across = min(across, 360.0 - across) * cos(radians((lat + other_lat) / 2))
    return 111.2 * hypot(other_lat - lat, across)
