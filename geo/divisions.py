"""First- and second-order divisions of countries, from geo/data/divisions.tsv.xz (made by geo/make_divisions.py). Pure."""

import lzma
from collections.abc import Iterator
from dataclasses import dataclass

from geo.files import DATA

FILE = DATA / "divisions.tsv.xz"
NAMES_FILE = DATA / "division_names.tsv"


@dataclass(frozen=True, slots=True)
class Division:
    """One division: GeoNames code ("SY.01", "US.OH.035"), name, point in degrees, radius in km, GeoNames ids of its cities."""

    code: str
    name: str
    lat: float
    lon: float
    radius_km: float
    cities: tuple[int, ...]

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code of the country."""
        return self.code[:2]

    @property
    def is_first_order(self) -> bool:
        """Whether this is a province or state rather than a district or county."""
        return self.code.count(".") == 1

    @property
    def parent(self) -> str:
        """Code of the first-order division that this one is or lies in."""
        return ".".join(self.code.split(".")[:2])


def divisions() -> Iterator[Division]:
    """Yield every division, each country's first-order ones before the second-order ones."""
    lines = NAMES_FILE.read_text(encoding="utf-8").splitlines()
    renamed = dict(line.split("\t", 1) for line in lines if not line.startswith("#"))
    for line in lzma.decompress(FILE.read_bytes()).decode().splitlines():
        code, name, lat, lon, radius, packed = line.split("\t")
        yield Division(code, renamed.get(code, name), float(lat), float(lon), float(radius), tuple(_unpacked(packed)))


def _unpacked(packed: str) -> Iterator[int]:
    current = 0
    for step in packed.split():
        current += int(step, 36)
        yield current
