"""Exports as files of this machine: whole or not at all, with their dictionary beside them."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from incidents.exports.about import About
from incidents.exports.dictionary import dictionary
from incidents.exports.formats import Format


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that appears under its name when the block ends well, and leaves nothing where it does not."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def beside(path: Path, form: Format, about: About) -> None:
    """Write what a table's columns mean where CSV on the Web looks for it: NAME-metadata.json."""
    described = dictionary(form, about, path.name)
    with whole(path.with_name(f"{path.name}-metadata.json")) as file:
        file.write(json.dumps(described, ensure_ascii=False, indent=1).encode())
