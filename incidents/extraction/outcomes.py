"""Outcome cues: the words and phrases of a sentence that say what happened to people."""

from typing import Final, Literal, NamedTuple

from incidents.extraction.lexicons import rows
from incidents.extraction.tokens import Sentence

Kind = Literal["verb", "self", "state", "act", "people", "weak", "suicide"]
KINDS: Final[dict[str, Kind]] = {
    "verb": "verb",
    "self": "self",
    "state": "state",
    "act": "act",
    "people": "people",
    "weak": "weak",
    "suicide": "suicide",
}


class Cue(NamedTuple):
    """Tokens `first` up to, not including, `last`, and the ways in which they can be read ("wounded": verb and state)."""

    first: int
    last: int
    outcome: str
    kinds: frozenset[Kind]


def _cues() -> dict[str, dict[tuple[str, ...], tuple[str, frozenset[Kind]]]]:
    """First word -> phrase -> outcome and kinds; longer phrases first."""
    read: dict[tuple[str, ...], tuple[str, set[Kind]]] = {}
    for outcome, kind, forms in rows("outcome_cues"):
        for form in forms.split():
            read.setdefault(tuple(form.split("_")), (outcome, set()))[1].add(KINDS[kind])
    found: dict[str, dict[tuple[str, ...], tuple[str, frozenset[Kind]]]] = {}
    for words in sorted(read, key=len, reverse=True):
        outcome, kinds = read[words]
        found.setdefault(words[0], {})[words] = (outcome, frozenset(kinds))
    return found


CUES: Final = _cues()


def find_cues(sentence: Sentence) -> list[Cue]:
    """Return the outcome cues of a sentence from left to right, the longest phrase at each place."""
    found: list[Cue] = []
    lowers, after = sentence.lowers, 0
    for first in [first for first, word in enumerate(lowers) if word in CUES]:
        if first < after:
            continue
        for words, (outcome, kinds) in CUES[lowers[first]].items():
            last = first + len(words)
            if len(words) == 1 or tuple(lowers[first:last]) == words:
                found.append(Cue(first, last, outcome, kinds))
                after = last
                break
    return found
