"""The small word lists of the event stages (lexicon/act_words.toml)."""

import tomllib
from functools import cache
from typing import Final

from incidents.extraction.lexicons import FOLDER


@cache
def _lists() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads((FOLDER / "act_words.toml").read_text("utf-8"))
    return found


def act_words(name: str) -> frozenset[str]:
    """Return one list by its name."""
    return frozenset(_lists()[name])


OWN_SIDE: Final = frozenset(("its", "their", "his", "her"))  # "its soldiers": of whoever speaks
