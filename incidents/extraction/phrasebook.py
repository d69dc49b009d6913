"""Finds the phrases of a lexicon in a sentence: one dictionary look-up a word, the longest phrase wins."""

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from incidents.extraction.tokens import Sentence

Value = TypeVar("Value")
GAP = "*"
GAP_WORDS = 8
STOPS = frozenset((".", ";", "?", "!", ":"))


class Hit(NamedTuple, Generic[Value]):
    """A phrase found: tokens `first` up to, not including, `last`."""

    first: int
    last: int
    value: Value


class Phrasebook(Generic[Value]):
    """Phrases of lower-case words with a value each; "*" stands for a gap of up to eight words inside one clause."""

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in entries:
            for words in _spellings(phrase):
                self._by_first.setdefault(words[0], []).append((words, value))
        for known in self._by_first.values():
            known.sort(key=lambda item: (-sum(word != GAP for word in item[0]), GAP in item[0]))

    @property
    def first_words(self) -> frozenset[str]:
        """Every word a phrase can begin with."""
        return frozenset(self._by_first)

    def find(self, sentence: Sentence) -> Iterator[Hit[Value]]:
        """Yield the phrases of a sentence from left to right, not overlapping but for the words inside a gap."""
        lowers, known = sentence.lowers, self._by_first
        if known.keys().isdisjoint(lowers):
            return
        place, size = 0, len(lowers)
        while place < size:
            entries = known.get(lowers[place])
            place += 1
            if entries is None:
                continue
            for words, value in entries:
                if len(words) == 1:
                    yield Hit(place - 1, place, value)
                    break
                if end := _match(lowers, place - 1, words):
                    yield Hit(place - 1, end, value)
                    place = place if GAP in words else end
                    break


def _spellings(phrase: str) -> set[tuple[str, ...]]:
    """Return the phrase as written, with hyphens joined and with hyphens opened."""
    spellings = {tuple(phrase.split())}
    if "-" in phrase:
        spellings.add(tuple(phrase.replace("-", " ").split()))
        spellings.add(tuple(phrase.replace("-", " - ").split()))
    elif len(words := phrase.split()) == 2 and GAP not in words:
        spellings.add(("-".join(words),))
    return spellings


def _match(lowers: list[str], place: int, words: tuple[str, ...]) -> int:
    """Return the token after the phrase that starts at `place`, 0 where it does not stand there."""
    if lowers[place + 1 : place + 2] != [words[1]] and words[1] != GAP:
        return 0
    if GAP not in words:
        end = place + len(words)
        return end if tuple(lowers[place:end]) == words else 0
    return _match_gap(lowers, place, words)


def _match_gap(lowers: list[str], place: int, words: tuple[str, ...]) -> int:
    gap = words.index(GAP)
    if tuple(lowers[place : place + gap]) != words[:gap]:
        return 0
    tail = words[gap + 1 :]
    for start in range(place + gap, min(place + gap + GAP_WORDS, len(lowers) - len(tail) + 1)):
        if lowers[start] in STOPS:
            return 0
        if lowers[start] == tail[0] and tuple(lowers[start : start + len(tail)]) == tail:
            return start + len(tail)
    return 0
