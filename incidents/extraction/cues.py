"""Cue phrases of the lexicon's TOML tables, found in a sentence with the name of the list each one stands in."""

import tomllib
from functools import cache

from incidents.extraction.lexicons import FOLDER
from incidents.extraction.phrasebook import Hit, Phrasebook
from incidents.extraction.tokens import Sentence


@cache
def cue_book(name: str) -> Phrasebook[str]:
    """Return the phrases of lexicon/NAME.toml, each with the name of its list; the first list that states a phrase keeps it."""
    entries: dict[str, str] = {}
    for kind, phrases in tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")).items():
        for phrase in phrases:
            entries.setdefault(phrase, kind)
    return Phrasebook(entries.items())


@cache
def word_lists(name: str) -> dict[str, frozenset[str]]:
    """Return the word lists of lexicon/NAME.toml by table name."""
    tables = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return {kind: frozenset(table["words"]) for kind, table in tables.items()}


@cache
def all_words(name: str) -> frozenset[str]:
    """Return the words of all lists of lexicon/NAME.toml together."""
    return frozenset().union(*word_lists(name).values())


def find(name: str, sentence: Sentence) -> list[Hit[str]]:
    """Return the cues of one table that a sentence holds, from left to right."""
    return cue_book(name).find(sentence)
