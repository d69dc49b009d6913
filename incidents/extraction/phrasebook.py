"""Finds the phrases of a lexicon in a sentence: one dictionary look-up a word, the longest phrase wins."""

from collections.abc import Iterable
from sys import intern
from typing import Final, Generic, NamedTuple, TypeVar

from incidents.extraction.tokens import Sentence

Value = TypeVar("Value")
GAP: Final = "*"
GAP_WORDS: Final = 9
STOPS: Final = frozenset((".", ";", "?", "!", ":"))


class Hit(NamedTuple, Generic[Value]):
    """A phrase found: tokens `first` up to, not including, `last`."""

    first: int
    last: int
    value: Value


class Shelf:
    """Every book's number, and for each word the books with phrases that open with it, a bit each: one look for all books."""

    def __init__(self) -> None:
        self.books = 0
        self.openers: dict[str, int] = {}

    def add(self, words: Iterable[str]) -> int:
        """Return the bit of one more book, whose phrases open with these words."""
        bit = 1 << self.books
        self.books += 1
        for word in words:
            self.openers[word] = self.openers.get(word, 0) | bit
        return bit

    def opened_in(self, sentence: Sentence, bit: int) -> list[int]:
        """Return where in a sentence phrases of a book may begin."""
        if sentence.books_known != self.books:
            known = self.openers
            sentence.opened = [(place, known[word]) for place, word in enumerate(sentence.lowers) if word in known]
            sentence.books_known = self.books
        return [place for place, books in sentence.opened if books & bit]


SHELF: Final = Shelf()


class Opened(Generic[Value]):
    """The phrases that open with one word, the longest first: each as its rank, its words and its value."""

    def __init__(self, phrases: list[tuple[list[str], Value]]) -> None:
        phrases.sort(key=lambda item: (-sum(word != GAP for word in item[0]), GAP in item[0]))
        self.alone: list[tuple[int, list[str], Value]] = []
        self.by_second: dict[str, list[tuple[int, list[str], Value]]] = {}
        self.by_end_of_gap: dict[str, list[tuple[int, list[str], Value]]] = {}  # of those with a gap after the first word
        for rank, (words, value) in enumerate(phrases):
            if len(words) == 1:
                self.alone.append((rank, words, value))
            elif words[1] == GAP:
                self.by_end_of_gap.setdefault(words[2], []).append((rank, words, value))
            else:
                self.by_second.setdefault(words[1], []).append((rank, words, value))
        self.ends = frozenset(self.by_end_of_gap)

    def possible(self, lowers: list[str], after: int) -> list[tuple[int, list[str], Value]]:
        """Return the phrases that may stand there by the words from `after` on, the longest first."""
        found = self.by_second.get(lowers[after], []) if after < len(lowers) else []
        if self.ends and not self.ends.isdisjoint(within := lowers[after : after + GAP_WORDS]):
            found = found.copy()
            for word in self.ends.intersection(within):
                found += self.by_end_of_gap[word]
        if found and self.alone:
            found = [*found, *self.alone]
        return sorted(found, key=_rank) if len(found) > 1 else found or self.alone


def _rank(phrase: tuple[int, list[str], object]) -> int:
    return phrase[0]


class Phrasebook(Generic[Value]):
    """Phrases of lower-case words with a value each; "*" stands for a gap of up to nine words inside one clause."""

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        by_first: dict[str, list[tuple[list[str], Value]]] = {}
        self.values: list[Value] = []
        for phrase, value in entries:
            self.values.append(value)
            for words in _spellings(phrase):
                by_first.setdefault(words[0], []).append((list(words), value))
        self._by_first = {first: Opened(phrases) for first, phrases in by_first.items()}
        self._bit = SHELF.add(self._by_first)

    def find(self, sentence: Sentence) -> list[Hit[Value]]:
        """Return the phrases of a sentence from left to right, not overlapping but for the words inside a gap."""
        lowers, known = sentence.lowers, self._by_first
        found: list[Hit[Value]] = []
        free = 0
        for place in SHELF.opened_in(sentence, self._bit):
            if place < free:
                continue
            for _, words, value in known[lowers[place]].possible(lowers, place + 1):
                if end := place + 1 if len(words) == 1 else _match(lowers, place, words):
                    found.append(Hit(place, end, value))
                    free = place + 1 if GAP in words else end
                    break
        return found


def _spellings(phrase: str) -> set[tuple[str, ...]]:
    """Return the phrase as written, with hyphens joined and with hyphens opened."""
    spellings = {tuple(map(intern, phrase.split()))}
    if "-" in phrase:
        spellings.add(tuple(map(intern, phrase.replace("-", " ").split())))
        spellings.add(tuple(map(intern, phrase.replace("-", " - ").split())))
    elif len(words := phrase.split()) == 2 and GAP not in words:
        spellings.add((intern("-".join(words)),))
    return spellings


def _match(lowers: list[str], place: int, words: list[str]) -> int:
    """Return the token after the phrase that starts at `place`, 0 where it does not stand there."""
    if GAP in words:
        return _match_gap(lowers, place, words)
    end = place + len(words)
    return end if lowers[place:end] == words else 0


def _match_gap(lowers: list[str], place: int, words: list[str]) -> int:
    gap = words.index(GAP)
    if lowers[place : place + gap] != words[:gap]:
        return 0
    tail = words[gap + 1 :]
    for start in range(place + gap, min(place + gap + GAP_WORDS, len(lowers) - len(tail) + 1)):
        if lowers[start] in STOPS:
            return 0
        if lowers[start] == tail[0] and lowers[start : start + len(tail)] == tail:
            return start + len(tail)
    return 0
