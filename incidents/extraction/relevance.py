"""Is there a security incident in this? A logistic sum of signs, with weights learned by `python -m training.train_relevance`."""

import gzip
import json
import math
from functools import cache
from sys import intern
from typing import Final, NamedTuple

from incidents.extraction import lexicons
from incidents.extraction.document_words import document_words
from incidents.extraction.tokens import Reading

WEIGHTS: Final = lexicons.WEIGHTS / "relevance.json.gz"
THRESHOLD: Final = 0.5


class Weights(NamedTuple):
    """The weight of each sign, "" being the bias, and of the words of an article as a whole."""

    signs: dict[str, float]
    everywhere: dict[str, float]
    beginning: dict[str, float]
    pairs: dict[str, dict[str, float]]  # by the first word, then by the second


@cache
def weights() -> Weights:
    """Return the learned weights."""
    found = Weights({}, {}, {}, {})
    for sign, weight in json.loads(gzip.decompress(WEIGHTS.read_bytes())).items():
        kind, _, words = sign.partition(":")
        if kind == "word":
            found.everywhere[intern(words)] = weight
        elif kind == "early":
            found.beginning[intern(words)] = weight
        elif kind == "pair":
            first, _, second = words.partition(" ")
            found.pairs.setdefault(intern(first), {})[intern(second)] = weight
        else:
            found.signs[sign] = weight
    return found


def words_say(reading: Reading) -> float:
    """Return what the words of an article as a whole say for each of its happenings, in log odds."""
    known, words = weights(), document_words(reading)
    return (
        sum(map(known.everywhere.__getitem__, known.everywhere.keys() & words.everywhere), 0.0)
        + sum(map(known.beginning.__getitem__, known.beginning.keys() & words.beginning), 0.0)
        + sum(_pairs_said(reading, known.pairs).values())
    )


def _pairs_said(reading: Reading, known: dict[str, dict[str, float]]) -> dict[tuple[str, str], float]:
    """The known pairs of words that stand side by side, each once."""
    found: dict[tuple[str, str], float] = {}
    for sentence in reading.sentences:
        words = sentence.lowers
        for place in range(len(words) - 1):
            seconds = known.get(words[place])
            if seconds is not None and (weight := seconds.get(words[place + 1])) is not None:
                found[words[place], words[place + 1]] = weight
    return found


def probability(signs: set[str], said: float = 0.0) -> float:
    """Return from 0 to 1 how sure it is that a happening is a reported incident; `said` is what the article's words say of it."""
    known = weights().signs
    total = known[""] + said
    for sign in signs:
        total += known.get(sign, 0.0)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
