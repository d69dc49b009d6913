"""Finds the phrases of a lexicon in a sentence: one dictionary look-up a word, the longest phrase wins."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from incidents.extraction.tokens import Sentence, Token

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

    def find(self, sentence: Sentence, wanted: Callable[[Token], str] = lambda token: token.lower) -> Iterator[Hit[Value]]:
        """Yield the phrases of a sentence from left to right, not overlapping."""
        tokens = sentence.tokens
        known, place, size = self._by_first, 0, len(tokens)
        while place < size:
            entries = known.get(wanted(tokens[place]))
            last = place + 1
            if entries:
                for words, value in entries:
                    if end := _match(tokens, place, words):
                        yield Hit(place, end, value)
                        last = place + 1 if GAP in words else end
                        break
            place = last


def _spellings(phrase: str) -> set[tuple[str, ...]]:
    """Return the phrase as written, with hyphens joined and with hyphens opened."""
    spellings = {tuple(phrase.split())}
    if "-" in phrase:
        spellings.add(tuple(phrase.replace("-", " ").split()))
        spellings.add(tuple(phrase.replace("-", " - ").split()))
    elif len(words := phrase.split()) == 2 and GAP not in words:
        spellings.add(("-".join(words),))
    return spellings


def _match(tokens: list[Token], place: int, words: tuple[str, ...]) -> int:
    """Return the token after the phrase that starts at `place`, 0 where it does not stand there."""
    if GAP not in words:
        end = place + len(words)
        if end > len(tokens):
            return 0
        return end if all(tokens[place + i].lower == words[i] for i in range(1, len(words))) else 0
    return _match_gap(tokens, place, words)


def _match_gap(tokens: list[Token], place: int, words: tuple[str, ...]) -> int:
    gap = words.index(GAP)
    if gap + place > len(tokens) or any(tokens[place + i].lower != words[i] for i in range(1, gap)):
        return 0
    tail = words[gap + 1 :]
    for start in range(place + gap, min(place + gap + GAP_WORDS, len(tokens) - len(tail) + 1)):
        if tokens[start].lower in STOPS:
            return 0
        if all(tokens[start + i].lower == tail[i] for i in range(len(tail))):
            return start + len(tail)
    return 0
