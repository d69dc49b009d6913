"""Reads the word lists of the lexicon folder: one entry a line, columns parted by tabs, "#" opens a comment line.

This module alone knows where the engine's files lie; it is never compiled, so that it stands beside them.
"""

from pathlib import Path
from sys import intern

FOLDER = Path(__file__).parent / "lexicon"
WEIGHTS = Path(__file__).parent / "weights"  # learned by the commands of `training`


def rows(name: str) -> list[list[str]]:
    """Return the columns of each line of lexicon/NAME.txt."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def words(name: str) -> frozenset[str]:
    """Return all words of a plain list; several may stand on one line, parted by spaces."""
    return frozenset(intern(word) for row in rows(name) for word in row[0].split())


def table(name: str) -> dict[str, str]:
    """Return the first column mapped to the second."""
    return {intern(row[0]): row[1] for row in rows(name)}


def classes(name: str) -> dict[str, str]:
    """Return word -> class from lines of "class<tab>word word word"; underscores in a word stand for spaces."""
    return {intern(word.replace("_", " ")): row[0] for row in rows(name) for word in row[1].split()}


def sets(name: str) -> dict[str, frozenset[str]]:
    """Return class -> words from lines of "class<tab>word word word"; a word may stand in several classes."""
    found: dict[str, set[str]] = {}
    for row in rows(name):
        found.setdefault(row[0], set()).update(map(intern, row[1].split()))
    return {kind: frozenset(listed) for kind, listed in found.items()}
