"""The gazetteer compiled into memory-mapped files: opens at once, takes next to no memory, is shared by all processes. Pure.

A folder holds a trie of folded names (geo/names.py), the places behind each of them, and the places' fields as columns.
It is named by the version of its data, made beside its final place and moved there whole, so that any number of processes may
build and open at the same time.
"""

import json
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import marisa_trie
import numpy as np

from geo.build import Progress, build_folder, current_version, silent
from geo.country_words import countries
from geo.files import INSTALLED
from geo.names import fold, skeleton, without_article, without_generic
from geo.records import PlaceKind, PlaceRecord
from geo.spelling import near_keys

META: Final = "meta.json"
SETTINGS: Final = ("DATA_DIR", "PLACES_FILES", "GEONAMES_DUMP")  # environment variables
Ints = np.ndarray[Any, np.dtype[np.uint32]]


class Match(NamedTuple):
    """One place that a name may mean. `weight` says how much the name belongs to it, 0 to 1."""

    place: int
    weight: float


class PlaceIndex:
    """An open index. Places are PlaceRecords, or numbers where speed counts: see `matches` and `record`."""

    def __init__(self, folder: Path) -> None:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        self.version: str = meta["version"]
        self._kinds: list[PlaceKind] = meta["kinds"]
        self._countries: list[str] = meta["countries"]
        self.capitals: frozenset[str] = frozenset(meta["capitals"])
        self._country_ids: dict[str, str] = meta["country_ids"]
        self._keys = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
        self._ids = marisa_trie.Trie().mmap(str(folder / "ids.marisa"))
        self._text = _mapped(folder / "text.npy")
        self._column = {name: _mapped(folder / f"{name}.npy") for name in meta["columns"]}
        self._sounds = marisa_trie.Trie().mmap(str(folder / "sounds.marisa"))
        self._by_id = self._column["by_id"]
        self._lat, self._lon = self._column["lat"], self._column["lon"]
        self.record = lru_cache(maxsize=20_000)(self._record)
        self.get = lru_cache(maxsize=20_000)(self._get)
        self.matches = lru_cache(maxsize=50_000)(self._matches)

    def __len__(self) -> int:
        return len(self._lat)

    def records(self) -> Iterator[PlaceRecord]:
        """Yield every place."""
        for number in range(len(self)):
            yield self._record(number)

    def _get(self, place_id: str) -> PlaceRecord | None:
        """Return the place with this id."""
        number = self.number(place_id)
        return None if number is None else self.record(number)

    def number(self, place_id: str) -> int | None:
        """Return the number of the place with this id."""
        try:
            return int(self._by_id[self._ids[place_id]])
        except KeyError:
            return None

    def country(self, code: str) -> PlaceRecord | None:
        """Return the country with this ISO 3166-1 alpha-2 code."""
        place_id = self._country_ids.get(code)
        return self.get(place_id) if place_id else None

    def lookup(self, name: str) -> list[PlaceRecord]:
        """Return the places that `name` may mean, the likeliest first by name and population alone."""
        return [self.record(match.place) for match in self.matches(fold(name))]

    def knows(self, key: str) -> bool:
        """Whether a folded name is in the index."""
        return key in self._keys

    def _matches(self, key: str) -> tuple[Match, ...]:
        """Return the places of a folded name, likeliest first by name and population alone."""
        return self._posted(self._keys, "names", key)

    def sounding_like(self, key: str) -> tuple[Match, ...]:
        """Return the places whose names, written by other rules of transliteration, may be this folded name."""
        return self._posted(self._sounds, "sounds", skeleton(key))

    def _posted(self, trie: Any, name: str, key: str) -> tuple[Match, ...]:
        try:
            number = trie[key]
        except KeyError:
            return ()
        starts, places, weights = (self._column[f"{name}_{part}"] for part in ("starts", "places", "weights"))
        return tuple(Match(int(places[n]), int(weights[n]) / 100) for n in range(int(starts[number]), int(starts[number + 1])))

    def _record(self, number: int) -> PlaceRecord:
        column = self._column
        country, radius = self._countries[int(column["country"][number])], float(column["radius"][number])
        return PlaceRecord(
            self._string("id", number), self._string("name", number), self._kinds[int(column["kind"][number])], country or None,
            self._string("admin1", number) or None, self._string("admin2", number) or None,
            round(float(self._lat[number]), 5), round(float(self._lon[number]), 5), int(column["population"][number]),
            None if np.isnan(radius) else round(radius, 1),
        )  # fmt: skip

    def _string(self, name: str, number: int) -> str:
        start, length = int(self._column[f"{name}_at"][number]), int(self._column[f"{name}_length"][number])
        return self._text[start : start + length].tobytes().decode()

    def search(self, text: str, limit: int = 10) -> list[PlaceRecord]:
        """Return places whose name starts with `text` or is one or two letters away from it, for a search box; best first.

        What stands after a comma narrows the places down: "Paris, Texas", "Hasakah, SY".
        """
        name, _, within = text.partition(",")
        key = fold(name)
        if not key or limit < 1:
            return []
        scored: dict[int, float] = {}
        for distance, found in near_keys(self._keys, {key, without_article(key), without_generic(key)}):
            for match in self._matches(found):
                score = match.weight + 0.12 * np.log10(1 + int(self._column["population"][match.place])) - 0.6 * distance
                scored[match.place] = max(scored.get(match.place, -9.0), float(score))
        best = sorted(scored, key=lambda number: (-scored[number], number))
        records = (self.record(number) for number in best)
        inside = fold(within)
        return [
            record
            for record, _ in zip((r for r in records if not inside or self._lies_in(r, inside)), range(limit), strict=False)
        ]

    def _lies_in(self, record: PlaceRecord, inside: str) -> bool:
        code = record.country or ""
        land = self.country(code)
        names = [record.admin1 or "", record.admin2 or "", code, land.name if land else ""]
        if code in countries():
            names += countries()[code].names
        return any(fold(name).startswith(inside) for name in names if name)


def _mapped(path: Path) -> np.ndarray[Any, Any]:
    """Map a column's file; as a plain array, since reading one value of a memmap costs ten times that of an array."""
    return np.asarray(np.load(path, mmap_mode="r"))


def build(root: Path, progress: Progress = silent, own_files: tuple[Path, ...] = (), dump: Path | None = None) -> Path:
    """Compile the gazetteer into a folder inside `root` and return it; `progress(done, of)` is called now and then."""
    return build_folder(root, progress, own_files, dump)


def open_index(folder: Path) -> PlaceIndex:
    """Open a compiled index; raises FileNotFoundError where there is none."""
    return PlaceIndex(folder)


def current_folder(root: Path, own_files: tuple[Path, ...] = (), dump: Path | None = None) -> Path | None:
    """Return the folder in `root` of the index made from the data as they are now, None where it has yet to be built."""
    folder = root / current_version(own_files, dump)
    return folder if (folder / META).exists() else None


def data_folder() -> Path:
    """Return the folder of compiled gazetteers: DATA_DIR/gazetteer, ./data/gazetteer beside manage.py by default."""
    root = os.environ.get("DATA_DIR")
    return Path(root) / "gazetteer" if root else INSTALLED


def operator_sources() -> tuple[tuple[Path, ...], Path | None]:
    """Return the operator's own files of places (PLACES_FILES, parted by ":") and GeoNames dump (GEONAMES_DUMP)."""
    files = tuple(Path(part) for part in os.environ.get("PLACES_FILES", "").split(os.pathsep) if part)
    dump = os.environ.get("GEONAMES_DUMP")
    return files, Path(dump) if dump else None


def default_index(progress: Progress = silent) -> PlaceIndex:
    """Open the index of this installation, building it first where it is missing or older than the data."""
    return _default_index(tuple(map(os.environ.get, SETTINGS)), progress)


@lru_cache(maxsize=2)
def _default_index(_settings: tuple[str | None, ...], progress: Progress) -> PlaceIndex:
    """Open the newest index under these settings: one of the same data in this machine's default folder serves as well."""
    root, (own_files, dump) = data_folder(), operator_sources()
    ready = (current_folder(folder, own_files, dump) for folder in (root, INSTALLED))
    return open_index(next(filter(None, ready), None) or build(root, progress, own_files, dump))
