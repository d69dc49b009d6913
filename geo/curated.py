"""Places added by hand: geo/data/curated.tsv and the operator's own files of the same form. Pure.

Columns: name, kind, country, admin1, latitude, longitude, radius in km, other names (parted by "|"). A line without a point
adds names to a place that the gazetteer already has under one of its names, kind and country; a town is then called by the name
of the line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from geo.files import DATA
from geo.names import fold
from geo.records import PlaceKind

FILE = DATA / "curated.tsv"
KINDS = frozenset(get_args(PlaceKind))
WEIGHT = {"site": 20_000, "settlement": 8_000, "adm2": 50_000, "adm1": 500_000, "sea": 5_000_000, "continent": 900_000_000}
WIDE = ((900.0, 100_000_000), (250.0, 10_000_000), (0.0, 1_000_000))  # areas: fame by radius in km


@dataclass(frozen=True, slots=True)
class CuratedPlace:
    """One line of such a file. `lat` and `lon` are None for a line that only adds names."""

    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    names: tuple[str, ...]

    @property
    def id(self) -> str:
        """Id of the place, made from its country and name: "desk:sy-ghwayran"."""
        slug = re.sub(r"[^a-z0-9]+", "-", fold(self.name)).strip("-")
        return f"desk:{self.country.lower()}-{slug}" if self.country else f"desk:{slug}"

    @property
    def population(self) -> int:
        """A stand-in for fame, so that ranking has something to go by."""
        if self.kind == "area":
            return next(fame for radius, fame in WIDE if (self.radius_km or 0.0) >= radius)
        return WEIGHT.get(self.kind, 8_000)


class BadPlaceFile(ValueError):
    """A line of a places file that cannot be read; the message names file, line and reason."""


def read_places(path: Path = FILE) -> Iterator[CuratedPlace]:
    """Yield the places of a file; raises BadPlaceFile at the first bad line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                yield _place([field.strip() for field in line.split("\t")])
            except ValueError as error:
                raise BadPlaceFile(f"{path.name}, line {number}: {error}") from None


def _place(fields: list[str]) -> CuratedPlace:
    if len(fields) < 3:
        raise ValueError("a place needs at least a name, a kind and a country")
    name, kind, country, admin1, lat, lon, radius, names = [*fields, *[""] * 8][:8]
    if not fold(name):
        raise ValueError("the name is empty")
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}")
    latitude, longitude = _degrees(lat, 90), _degrees(lon, 180)
    if (latitude is None) != (longitude is None):
        raise ValueError("a point needs both latitude and longitude")
    extent = float(radius) if radius else None
    others = tuple(part for part in names.split("|") if part)
    return CuratedPlace(name, cast(PlaceKind, kind), country.upper() or None, admin1 or None, latitude, longitude, extent, others)


def _degrees(text: str, limit: int) -> float | None:
    if not text:
        return None
    value = float(text)
    if not -limit <= value <= limit:
        raise ValueError(f"{text} is not between -{limit} and {limit} degrees")
    return value
