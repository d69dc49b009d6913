"""What words that a person chose say, read by the engine's own grammar: a day, a number of people, a place, an act.

The whole document is read, so that "Thursday" follows from the day of publication and "Paris" from its country; where the words
say nothing in their place, they are read alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from incidents.extraction import counts, tagging, times, toponyms, triggers
from incidents.extraction.numbers import Quantity, find_numbers
from incidents.extraction.tokens import Reading, tokenize
from incidents.extraction.toponyms import ToponymMention
from incidents.extraction.values import Count, DateValue, Document, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChosenWords:
    """A stretch of a document that a person chose, in its title or its text."""

    document: Document
    span: Span

    @property
    def words(self) -> str:
        text = self.document.title if self.span.in_title else self.document.text
        return text[self.span.start : self.span.end]

    def day(self) -> DateValue | None:
        """Return the day the words say, None where they say none."""
        found = [mention.value for mention in times.find(self._reading(), self.document.published)]
        here = self._best([(value, value.span) for value in found])
        if here:
            return here
        alone = times.find(self._alone(), self.document.published)
        return alone[0].value if alone else None

    def number(self) -> tuple[Count | None, Quantity | None]:
        """Return the statement about people that the words hold, else the plain number in them."""
        stated = self._best([(mention.count, mention.count.span) for mention in counts.find(self._reading())])
        plain = [quantity for sentence in self._alone().sentences for quantity in find_numbers(sentence)]
        return stated, plain[0] if plain else None

    def place(self) -> ToponymMention | None:
        """Return the place named in the words as the document means it, None where the gazetteer has none there."""
        found = [one for one in toponyms.find(self._reading()) if one.is_toponym and one.record]
        return self._best([(one, one.span) for one in found])

    def act(self) -> str | None:
        """Return the type of event that the words are an act of, None for none."""
        reading = self._reading()
        found = [(one.act.type, reading.sentences[one.sentence].span(one.first, one.last)) for one in self._triggers(reading)]
        return self._best(found)

    def _triggers(self, reading: Reading) -> list[triggers.Trigger]:
        near = [sentence for sentence in reading.sentences if sentence.tokens and self._shared(sentence.span()) > 0]
        return [trigger for sentence in near for trigger in triggers.find(sentence)]

    def _best(self, found: Sequence[tuple[T, Span | None]]) -> T | None:
        """Return what shares most characters with the chosen words, the first of several."""
        shared = [(self._shared(span), value) for value, span in found if span]
        most = max((share for share, _ in shared), default=0)
        return next((value for share, value in shared if share == most), None) if most > 0 else None

    def _shared(self, span: Span) -> int:
        if span.in_title != self.span.in_title:
            return 0
        return min(span.end, self.span.end) - max(span.start, self.span.start)

    def _reading(self) -> Reading:
        reading = tokenize(self.document)
        tagging.tag(reading)
        return reading

    def _alone(self) -> Reading:
        reading = tokenize(Document("", "", self.words, self.document.published))
        tagging.tag(reading)
        return reading
