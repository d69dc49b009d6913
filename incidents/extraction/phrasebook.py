"""Finds the phrases of a lexicon in a sentence: one dictionary look-up a word, the longest phrase wins."""

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from incidents.extraction.tokens import Sentence

Value = TypeVar("Value")
GAP = "*"
GAP_WORDS = 9
STOPS = frozenset((".", ";", "?", "!", ":"))


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

    def books_in(self, sentence: Sentence) -> int:
        """Return the bits of the books that may have a phrase of a sentence."""
        if sentence.books_known != self.books:
            found = 0
            for word in sentence.lowers:
                found |= self.openers.get(word, 0)
            sentence.books, sentence.books_known = found, self.books
        return sentence.books


SHELF = Shelf()


class Phrasebook(Generic[Value]):
    """Phrases of lower-case words with a value each; "*" stands for a gap of up to nine words inside one clause."""

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[list[str], Value]]] = {}
        for phrase, value in entries:
            for words in _spellings(phrase):
                self._by_first.setdefault(words[0], []).append((list(words), value))
        for known in self._by_first.values():
            known.sort(key=lambda item: (-sum(word != GAP for word in item[0]), GAP in item[0]))
        # The second words of phrases, for first words that are never enough: most looks end here.
        self._seconds = {
            first: frozenset(words[1] for words, _ in known)
            for first, known in self._by_first.items()
            if all(len(words) > 1 and words[1] != GAP for words, _ in known)
        }
        self._bit = SHELF.add(self._by_first)

    def find(self, sentence: Sentence) -> list[Hit[Value]]:
        """Return the phrases of a sentence from left to right, not overlapping but for the words inside a gap."""
        if not SHELF.books_in(sentence) & self._bit:
            return []
        lowers, known = sentence.lowers, self._by_first
        found: list[Hit[Value]] = []
        seconds, free, size = self._seconds, 0, len(lowers)
        for place in [place for place, word in enumerate(lowers) if word in known]:
            if place < free:
                continue
            word = lowers[place]
            if word in seconds and (place + 1 == size or lowers[place + 1] not in seconds[word]):
                continue
            for words, value in known[word]:
                if words[-1] not in lowers:  # most phrases end here: their last word is not in the sentence at all
                    continue
                if end := place + 1 if len(words) == 1 else _match(lowers, place, words):
                    found.append(Hit(place, end, value))
                    free = place + 1 if GAP in words else end
                    break
        return found


def _spellings(phrase: str) -> set[tuple[str, ...]]:
    """Return the phrase as written, with hyphens joined and with hyphens opened."""
    spellings = {tuple(phrase.split())}
    if "-" in phrase:
        spellings.add(tuple(phrase.replace("-", " ").split()))
        spellings.add(tuple(phrase.replace("-", " - ").split()))
    elif len(words := phrase.split()) == 2 and GAP not in words:
        spellings.add(("-".join(words),))
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
