"""One gazetteer entry as the pure modules see it."""

from dataclasses import dataclass
from typing import Literal

PlaceKind = Literal["site", "settlement", "adm2", "adm1", "area", "country", "sea", "continent"]


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place: a point in degrees (WGS 84), what it is, and what contains it.

    `radius_km` is half its extent, for drawing and for "does this contain that"; `id` is "geonames:173480" or "desk:ghwayran".
    """

    id: str
    name: str
    kind: PlaceKind
    country: str | None  # ISO 3166-1 alpha-2
    admin1: str | None  # name of the first-order division
    admin2: str | None
    lat: float
    lon: float
    population: int
    radius_km: float | None = None
