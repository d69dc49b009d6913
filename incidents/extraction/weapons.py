"""Means of attack as the text names them, and what each says about the act."""

import tomllib
from dataclasses import dataclass
from functools import cache

from incidents.extraction.inflection import plural
from incidents.extraction.lexicons import FOLDER
from incidents.extraction.phrasebook import Phrasebook
from incidents.extraction.tokens import Sentence, spelled
from incidents.extraction.values import Span, Weapon


@dataclass(frozen=True, slots=True)
class Means:
    """One entry of the lexicon. A carrier ("warplane") names the act but is no weapon to list."""

    type: str
    carrier: bool


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A weapon or carrier named in a sentence, from token `first` up to `last`."""

    sentence: int
    first: int
    last: int
    means: Means
    weapon: Weapon


@cache
def means() -> Phrasebook[Means]:
    """Return every weapon and carrier of the lexicon, singular and plural."""
    listed = tomllib.loads((FOLDER / "weapon_names.toml").read_text("utf-8"))
    entries: dict[str, Means] = {}
    for table in ("weapon", "carrier"):
        for group in listed[table]:
            for name in group["names"]:
                for phrase in (name, plural(name)):
                    entries.setdefault(phrase, Means(group["type"], table == "carrier"))
    return Phrasebook(entries.items())


def find(sentence: Sentence) -> list[WeaponMention]:
    """Return the weapons and carriers a sentence names, from left to right."""
    found = []
    for hit in means().find(sentence):
        span: Span = sentence.span(hit.first, hit.last)
        name = spelled(sentence.tokens[hit.first : hit.last])
        found.append(WeaponMention(sentence.index, hit.first, hit.last, hit.value, Weapon(name, span)))
    return found
