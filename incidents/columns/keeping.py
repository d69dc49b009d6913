"""The copy on disk: a restarted process reads it in seconds and then follows from there.

A folder for each set of rows (following.py, identity) below DATA_DIR/columns, put in place whole: the copy pickled, and its
arrays one after the other in a file that is mapped, not read. The processes of one machine share their pages until they change
them. A folder that cannot be read is passed over.
"""

import fcntl
import hashlib
import json
import logging
import mmap
import pickle
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from incidents.columns.held import Held
from incidents.columns.reading import SELECT

logger = logging.getLogger(__name__)
WORTH_KEEPING = 50_000  # fewer incidents are read from the database as quickly
ALIGNED = 64  # bytes; each array begins at a multiple of it
PAGE = 4096  # bytes that are mapped at once
LAYOUT = "7"  # goes up with every change of what a folder holds


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


def keep(held: Held, identity: str, snapshot: str) -> bool:
    """Write the copy as it stands at the snapshot, with what its first questions would count; older ones go.

    Returns whether it could be written: a full disk costs the next start its time, not this one its answers.
    """
    held.settle()
    try:
        _put(_folder(identity), held, snapshot)
    except OSError as error:
        logger.warning("The copy cannot be kept (%s): the next start reads everything.", error)
        return False
    return True


def _put(target: Path, held: Held, snapshot: str) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="new-") as draft:
        _write(Path(draft), held, snapshot)
        for other in target.parent.iterdir():
            if other.is_dir() and str(other) != draft:
                shutil.rmtree(other, ignore_errors=True)
        Path(draft).rename(target)
        Path(draft).mkdir()  # for the block to take away


def _write(folder: Path, held: Held, snapshot: str) -> None:
    arrays: list[pickle.PickleBuffer] = []
    with (folder / "copy.pickle").open("wb") as file:
        pickler = pickle.Pickler(file, protocol=5, buffer_callback=arrays.append)
        pickler.dump(held)
        columns = len(arrays)
        pickler.dump(held.words)
    bounds = []
    with (folder / "arrays").open("wb") as file:
        for array in arrays:
            start = file.tell()
            file.write(array.raw())
            bounds.append((start, file.tell()))
            file.write(bytes(-file.tell() % ALIGNED))
    (folder / "note.json").write_text(json.dumps({"snapshot": snapshot, "arrays": bounds, "columns": columns}))


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
    with (folder / "arrays").open("rb") as file:
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY))
    arrays = [mapped[start:end] for start, end in note["arrays"]]
    for array in arrays[: note["columns"]]:  # all but the words: no question waits for the disk
        sum(array[::PAGE])
    with (folder / "copy.pickle").open("rb") as file:
        unpickler = pickle.Unpickler(file, buffers=arrays)  # noqa: S301 -- our own file, beside the secret key
        held: Held = unpickler.load()
        held.words = unpickler.load()
    return held, note["snapshot"]
