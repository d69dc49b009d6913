"""The words of an article as a whole, as relevance weighs them: those anywhere, those near its beginning, pairs side by side."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from incidents.extraction.tokens import Reading

BEGINNING: Final = 150  # tokens


@dataclass(slots=True)
class DocumentWords:
    """Words in small letters."""

    everywhere: set[str] = field(default_factory=set)
    beginning: set[str] = field(default_factory=set)


def document_words(reading: Reading) -> DocumentWords:
    """Collect the words of a document."""
    found = DocumentWords()
    size = 0
    for sentence in reading.sentences:
        words = sentence.lowers
        if size < BEGINNING:
            found.beginning.update(words[: BEGINNING - size])
        size += len(words)
        found.everywhere.update(words)
    return found


def document_pairs(reading: Reading) -> set[tuple[str, str]]:
    """Collect the words that stand side by side in a document."""
    return {pair for sentence in reading.sentences for pair in pairwise(sentence.lowers)}
