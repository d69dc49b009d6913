"""Words and sentences with exact offsets. Every later stage reads these, never the raw text."""

from dataclasses import dataclass

from incidents.extraction.values import Document, Span


@dataclass(slots=True)
class Token:
    """One word or mark. `start` and `end` are offsets into the text, or into the title for a title sentence."""

    text: str
    start: int
    end: int
    index: int  # position in its sentence
    lower: str
    lemma: str = ""  # filled by tagging
    tag: str = ""  # Penn Treebank part of speech, filled by tagging


@dataclass(slots=True)
class Sentence:
    """One sentence; the title is the first one with `in_title` set. `paragraph` counts from 0 (title -1)."""

    index: int
    tokens: list[Token]
    in_title: bool
    paragraph: int
    quoted: bool = False  # lies wholly inside quotation marks

    def span(self, first: int = 0, last: int | None = None) -> Span:
        """Return the span from token `first` up to, not including, token `last`."""
        end = len(self.tokens) if last is None else last
        return Span(self.tokens[first].start, self.tokens[end - 1].end, self.in_title)


@dataclass(slots=True)
class Reading:
    """A document cut into sentences, as all stages share it."""

    document: Document
    sentences: list[Sentence]


def tokenize(document: Document) -> Reading:
    """Cut title and text into sentences of tokens; never fails, whatever the text holds."""
    raise NotImplementedError
