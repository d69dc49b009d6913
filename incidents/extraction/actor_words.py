"""What a noun says about the party it names: a gunman does, a villager suffers, a soldier serves."""

import tomllib
from functools import cache
from typing import Final

from incidents.extraction.inflection import plural
from incidents.extraction.lexicons import FOLDER
from incidents.extraction.parties import Party
from incidents.extraction.tokens import Sentence

HUNDREDS: Final = frozenset(("dozens", "scores", "hundreds", "thousands"))
KINDS: Final = ("perpetrator", "security_force", "captive", "target", "civilian")


@cache
def actor_words() -> dict[str, str]:
    """Return word or two-word phrase in lower case, singular and plural -> its kind; the first list that states it keeps it."""
    lists = tomllib.loads((FOLDER / "actor_words.toml").read_text("utf-8"))
    found: dict[str, str] = {}
    for kind in KINDS:
        for word in lists[kind]:
            for form in (word.lower(), plural(word.lower())):
                found.setdefault(form, kind)
    return found


@cache
def offices() -> frozenset[str]:
    """Return the offices whose holders are assassinated rather than killed."""
    lists = tomllib.loads((FOLDER / "actor_words.toml").read_text("utf-8"))
    return frozenset(lists["office"])


def kind_of(sentence: Sentence, party: Party) -> str:
    """Return what the head of a group says about it, "name" for a proper name, "pronoun", or "" where it says nothing."""
    known, tokens = actor_words(), sentence.tokens
    head = tokens[party.head]
    if party.head > party.first and (kind := known.get(f"{tokens[party.head - 1].lower} {head.lower}")):
        return kind
    if kind := known.get(head.lower):
        return kind
    if head.tag in ("PRP", "WP"):
        return "pronoun"
    if head.tag == "CD" or head.lower in HUNDREDS:
        return "number"
    return "name" if head.tag in ("NNP", "NNPS") else ""


def holds_office(sentence: Sentence, party: Party) -> bool:
    """Whether the group names the holder of a public office."""
    words = offices()
    tokens = sentence.tokens[party.first : party.last]
    return any(token.lower in words for token in tokens)
