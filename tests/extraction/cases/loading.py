"""Read the labelled cases and the list of those not yet read right."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from incidents.extraction.values import Document

FOLDER = Path(__file__).parent
Expectation = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One text with what it must be read as. `phenomenon` is the name of its file."""

    id: str
    phenomenon: str
    document: Document
    expect: Expectation


def load_cases(folder: Path = FOLDER) -> list[Case]:
    """Return all cases, file by file in the order of the alphabet."""
    return [case for path in sorted(folder.glob("*.toml")) for case in _cases(path)]


def load_known_gaps(folder: Path = FOLDER) -> list[str]:
    """Return the ids in known_gaps.txt; a `#` opens a remark."""
    lines = (folder / "known_gaps.txt").read_text(encoding="utf-8").splitlines()
    return [entry for entry in (line.split("#")[0].strip() for line in lines) if entry]


def _cases(path: Path) -> list[Case]:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_case(row, path.stem, content["published"]) for row in content["case"]]


def _case(row: dict[str, Any], phenomenon: str, usual: date) -> Case:
    """A case's own `published` stands above its file's; false means that the day is not known."""
    published = row.get("published", usual) or None
    document = Document(id=row["id"], title=row.get("title", ""), text=row["text"], published=published)
    return Case(row["id"], phenomenon, document, row["expect"])
