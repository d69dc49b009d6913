"""A full GeoNames dump (allCountries.txt or one country's file, plain or zipped), for operators who want every hamlet. Pure.

Its columns are documented at https://download.geonames.org/export/dump/readme.txt. Countries and divisions are skipped, since
the gazetteer has them; so are features that news does not name as the place of an event (data/name_parts.toml lists the others).
"""

import zipfile
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from pathlib import Path

from geo.names import PARTS
from geo.records import PlaceKind, PlaceRecord

SITES, AREAS, SEAS, SKIPPED_SETTLEMENTS = (
    frozenset(PARTS[key]) for key in ("site_codes", "area_codes", "sea_codes", "skipped_settlement_codes")
)
Place = tuple[PlaceRecord, list[str]]


def dump_places(path: Path, admin1: Mapping[str, str]) -> Iterator[Place]:
    """Yield each usable line as a record and its other names; `admin1` names the divisions by code ("SY.01")."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            inner = next(name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower())
            with archive.open(inner) as raw:
                yield from _lines(TextIOWrapper(raw, encoding="utf-8"), admin1)
    else:
        with path.open(encoding="utf-8") as lines:
            yield from _lines(lines, admin1)


def _lines(lines: TextIOWrapper, admin1: Mapping[str, str]) -> Iterator[Place]:
    for line in lines:
        fields = line.rstrip("\n").split("\t")
        if len(fields) >= 15 and (kind := _kind(fields[6], fields[7])):
            others = [fields[2], *filter(None, fields[3].split(","))]
            province = admin1.get(f"{fields[8]}.{fields[10]}")
            record = PlaceRecord(
                f"geonames:{fields[0]}", fields[1], kind, fields[8] or None, province, None,
                float(fields[4]), float(fields[5]), int(fields[14] or 0),
            )  # fmt: skip
            yield record, others


def _kind(feature_class: str, code: str) -> PlaceKind | None:
    if feature_class == "P" and code not in SKIPPED_SETTLEMENTS:
        return "settlement"
    if code in SITES:
        return "site"
    if code in SEAS:
        return "sea"
    return "area" if code in AREAS else None
