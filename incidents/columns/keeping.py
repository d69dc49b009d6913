"""The copy on disk: a restarted process reads it in a second and then follows from there.

A folder for each set of rows (following.py, identity) below DATA_DIR/columns, put in place whole. Arrays are mapped, not read:
the processes of one machine share their pages until they change them. A folder that cannot be read is passed over.
"""

import fcntl
import hashlib
import json
import logging
import pickle
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from incidents.columns.growing import Growing
from incidents.columns.held import Held
from incidents.columns.reading import SELECT
from incidents.columns.tables import COLUMNS
from incidents.columns.words import Run

logger = logging.getLogger(__name__)
WORTH_KEEPING = 50_000  # fewer incidents are read from the database as quickly
PAGE = 4096  # bytes that are mapped at once
LAYOUT = "6"  # goes up with every change of what a folder holds
ARRAYS = ("ids", "origins", "changed", "worth")
OF_RUN = ("rows", "places", "starts")


def _folder(identity: str) -> Path:
    name = hashlib.sha256(f"{LAYOUT} {SELECT} {identity}".encode()).hexdigest()[:20]
    return Path(settings.DATA_DIR) / "columns" / name


@contextmanager
def alone(identity: str) -> Iterator[None]:
    """Let one process at a time read everything; the others then find what it kept."""
    folder = _folder(identity).parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep(held: Held, identity: str, snapshot: str) -> None:
    """Write the copy as it stands at the snapshot, and go on with what is written; older ones go."""
    if len(held) < WORTH_KEEPING:
        return
    target = _folder(identity)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="new-") as draft:
        _write(Path(draft), held, snapshot)
        for other in target.parent.iterdir():
            if other.is_dir() and str(other) != draft:
                shutil.rmtree(other, ignore_errors=True)
        Path(draft).rename(target)
        Path(draft).mkdir()  # for the block to take away
    _map(target, held, [run.first for run in held.words.runs])


def _write(folder: Path, held: Held, snapshot: str) -> None:
    arrays: dict[str, Any] = {name: getattr(held, name).values for name in ARRAYS}
    arrays |= {name: held.column(name) for name in COLUMNS}
    for n, run in enumerate(held.words.runs):
        arrays |= {f"run{n}.{name}": getattr(run, name) for name in OF_RUN}
    for name, values in arrays.items():
        np.save(folder / f"{name}.npy", values)
    (folder / "tables.pickle").write_bytes(pickle.dumps(held.tables))
    note = {
        "snapshot": snapshot,
        "runs": [run.first for run in held.words.runs],
        "words": list(held.words.numbers),
        "none": sorted(held.words.none),
        "changed": [[row, dict(text)] for row, text in held.words.changed()],
    }
    (folder / "note.json").write_text(json.dumps(note))


def kept(identity: str) -> tuple[Held, str] | None:
    """Return the copy that was kept of these rows, and its snapshot."""
    folder = _folder(identity)
    if not folder.is_dir():
        return None
    try:
        return _read(folder)
    except (OSError, ValueError, KeyError, AttributeError, EOFError, pickle.UnpicklingError) as error:
        logger.warning("The copy kept in %s cannot be read (%s): reading everything.", folder, error)
        return None


def _read(folder: Path) -> tuple[Held, str]:
    note = json.loads((folder / "note.json").read_text())
    held = Held()
    held.tables = pickle.loads((folder / "tables.pickle").read_bytes())  # noqa: S301 -- our own file, beside the secret key
    held.words.numbers = {word: number for number, word in enumerate(note["words"])}
    held.words.none = set(note["none"])
    _map(folder, held, note["runs"])
    for row, text in note["changed"]:
        held.words.change(row, None if row in held.words.none else text)
    return held, note["snapshot"]


def _map(folder: Path, held: Held, runs: list[int]) -> None:
    """Use the arrays on disk for the copy; `runs` are the first rows of the words' runs."""
    for name in COLUMNS:
        held.codes[name] = Growing(np.int32, _touched(folder, name))
    held.origins = Growing(np.int32, _touched(folder, "origins"))
    held.changed = Growing(np.int64, _touched(folder, "changed"))
    held.worth = Growing(np.int64, _touched(folder, "worth"))
    held.restore_ids(_touched(folder, "ids"))
    held.words.runs = [Run(first, *(_mapped(folder, f"run{n}.{name}") for name in OF_RUN)) for n, first in enumerate(runs)]


def _touched(folder: Path, name: str) -> Any:
    """Map an array and look at each of its pages once, so that the first question does not wait for them."""
    values = _mapped(folder, name)
    values[:: PAGE // values.itemsize].sum()
    return values


def _mapped(folder: Path, name: str) -> Any:
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="c"))
