"""Where words stand: texts cut at the edges of marked spans, and the sentence around a span. Pure.

Offsets are Unicode code points, end exclusive. A span that does not fit its text (the article changed) is clipped or left out,
never guessed at.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

from incidents.extraction.text import paragraphs
from incidents.extraction.tokens import tokenize
from incidents.extraction.values import Document, Span

Kind = Literal["type", "date", "place", "count", "actor", "claimant"]

QUOTE_LIMIT = 1400  # characters of a quotation: three sevenths for the marked words, two for what stands on either side
SHARES = (3, 2, 7)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that an event was read from. `events` are the numbers, from 1, of the events in their article."""

    span: Span
    kind: Kind
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text between two edges. `marks` cover it, longest first; `opens` are those that begin with it."""

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence with the words that carry a value in it."""

    before: str
    marked: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.marked}{self.after}"


def span_of(value: Any) -> Span | None:
    """Return the span of a stored object `{"span": [start, end], "in": "title"?}`, None where it holds no usable one."""
    if not isinstance(value, Mapping):
        return None
    pair = value.get("span")
    if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(type(end) is int for end in pair):
        return None
    start, end = pair
    return Span(start, end, value.get("in") == "title") if 0 <= start < end else None


def merged(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks in reading order, those of one kind over the same words made one that names all its events."""
    events: dict[tuple[Span, Kind], list[int]] = {}
    for mark in marks:
        events.setdefault((mark.span, mark.kind), []).extend(mark.events)
    joined = [Mark(span, kind, tuple(sorted(set(numbers)))) for (span, kind), numbers in events.items()]
    return sorted(joined, key=lambda mark: (mark.span.in_title, mark.span.start, -mark.span.end, mark.kind))


def pieces(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """Cut text[start:end] at every edge of a mark; the pieces put together are that text again.

    Marks may overlap, nest and reach beyond the stretch; empty ones are passed over.
    """
    stop = len(text) if end is None else min(end, len(text))
    live = [mark for mark in marks if mark.span.start < stop and mark.span.end > start and mark.span.end > mark.span.start]
    edges = sorted({start, stop} | {edge for mark in live for edge in (mark.span.start, mark.span.end) if start < edge < stop})
    waiting = sorted(live, key=lambda mark: mark.span.start, reverse=True)
    current: list[Mark] = []
    for first, last in pairwise(edges):
        current = [mark for mark in current if mark.span.end > first]
        opened: list[Mark] = []
        while waiting and waiting[-1].span.start <= first:
            opened.append(waiting.pop())
        current += opened
        yield Piece(text[first:last], tuple(sorted(current, key=_longest_first)), tuple(sorted(opened, key=_longest_first)))


def _longest_first(mark: Mark) -> tuple[int, int, str]:
    return mark.span.start - mark.span.end, mark.span.start, mark.kind


class Page:
    """One article's title and text, for quoting from; cuts only those paragraphs into sentences that are asked for."""

    def __init__(self, title: str, text: str, limit: int = QUOTE_LIMIT) -> None:
        self.title = title
        self.text = text
        self.limit = limit  # characters of a quotation
        self._sentences: dict[tuple[int, int], list[tuple[int, int]]] = {}

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Start and end of every paragraph of the text."""
        return list(paragraphs(self.text))

    def quote(self, span: Span | None) -> Quotation | None:
        """Return the sentence (or title) around the span; None for no span or one that lies outside."""
        if span is None:
            return None
        if span.in_title:
            return _quotation(self.title, span, 0, len(self.title), self.limit) if span.end <= len(self.title) else None
        if span.end > len(self.text):
            return None
        start, end = self._around(span)
        return _quotation(self.text, span, min(start, span.start), max(end, span.end), self.limit)

    def words(self, span: Span | None) -> str:
        """Return the words the span covers, "" for none."""
        text = "" if span is None else self.title if span.in_title else self.text
        return text[span.start : span.end] if span and span.end <= len(text) else ""

    def _around(self, span: Span) -> tuple[int, int]:
        first = self._sentence_at(span.start)
        last = self._sentence_at(max(span.start, span.end - 1))
        return first[0], last[1]

    def _sentence_at(self, offset: int) -> tuple[int, int]:
        home = (
            self.paragraphs[max(0, bisect_right(self.paragraphs, (offset, len(self.text) + 1)) - 1)] if self.paragraphs else None
        )
        if home is None or not home[0] <= offset < home[1]:
            return offset, offset + 1
        if home not in self._sentences:
            self._sentences[home] = _cut(self.text, *home)
        sentences = self._sentences[home]
        found = sentences[max(0, bisect_right(sentences, (offset, len(self.text) + 1)) - 1)] if sentences else home
        return min(found[0], offset), max(found[1], offset + 1)


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Start and end of the sentences of one paragraph."""
    reading = tokenize(Document("", "", text[start:end]))
    spans = [sentence.span() for sentence in reading.sentences if sentence.tokens]
    return [(start + span.start, start + span.end) for span in spans]


def _quotation(text: str, span: Span, start: int, end: int, limit: int) -> Quotation:
    of_marked, beside = (limit * share // SHARES[2] for share in SHARES[:2])
    before, after = _folded(text[start : span.start]), _folded(text[span.end : end])
    if len(before) > beside:
        before = "…" + (before[-beside:].partition(" ")[2] if beside else "")
    if len(after) > beside:
        after = after[:beside].rpartition(" ")[0] + "…"
    marked = text[span.start : span.end]
    if len(marked) > of_marked:
        marked = marked[:of_marked].rpartition(" ")[0] + " …"
    return Quotation(before.lstrip(), marked, after.rstrip())


def _folded(text: str) -> str:
    """Return the text with each run of white space, line ends too, as one blank."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + words + (" " if text[-1].isspace() else "")
