"""A model's answer held against the article: what it can show becomes a record, the rest is dropped and counted."""

from dataclasses import dataclass

from geo.index import default_index
from incidents.extraction import tagging, totals
from incidents.extraction.language_model import prompt
from incidents.extraction.language_model.answer import ActorPart, CountPart, DatePart, EventPart, PlacePart
from incidents.extraction.language_model.client import Use, ask
from incidents.extraction.language_model.quotes import Quotes
from incidents.extraction.model_settings import ModelSettings
from incidents.extraction.numbers import find_numbers
from incidents.extraction.place_links import link_of
from incidents.extraction.place_values import mention_value
from incidents.extraction.time_mentions import TimeMention
from incidents.extraction.times import find as find_times
from incidents.extraction.tokens import Reading, tokenize
from incidents.extraction.toponyms import ToponymMention, toponyms
from incidents.extraction.toponyms import find as find_toponyms
from incidents.extraction.values import Actor, Count, DatePrecision, DateValue, Document, Event, PlaceValue, Record, Span, Weapon

DAYS = 7  # the longest window of precision "days"
SEEN_WITHOUT_A_NUMBER = 3  # "a policeman was shot", "two brothers named": a reader counts that far without a figure


@dataclass(frozen=True, slots=True)
class ModelReading:
    """A record, what it used, and what of the answer was dropped ("event 1: killed 40: not in the quotation")."""

    record: Record
    use: Use
    dropped: tuple[str, ...]


def read_with_model(document: Document, settings: ModelSettings) -> ModelReading:
    """Read one document with the model. Raises ModelError where it gives nothing usable."""
    text = document.text[: settings.max_article_characters]
    document = Document(document.id, document.title, text, document.published)
    answer, use = ask(document, settings)
    checker = _Checker(document)
    events = tuple(event for number, part in enumerate(answer.events, 1) if (event := checker.event(number, part)))
    record = Record(
        document.id,
        relevant=any(not event.background for event in events),
        events=events,
        toponyms=toponyms(checker.toponyms),
        extractor=f"model {settings.model}",
        version=prompt.VERSION,
    )
    return ModelReading(record, use, tuple(checker.dropped))


class _Checker:
    """Holds the parts of one answer against one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.quotes = Quotes(document)
        self.reading: Reading = tokenize(document)
        tagging.tag(self.reading)
        self.times: list[TimeMention] = find_times(self.reading, document.published)
        self.toponyms: list[ToponymMention] = find_toponyms(self.reading)
        self.dropped: list[str] = []

    def event(self, number: int, part: EventPart) -> Event | None:
        evidence = self._found(f"event {number}", part.quote)
        if evidence is None:
            return None
        where = f"event {number}"
        counts = tuple(count for one in part.counts if (count := self._count(where, one)))
        tolls = totals.tolls(totals.Claim(count, article=0) for count in counts)
        return Event(
            type=part.type,
            stage=part.stage,
            background=part.background,
            confidence=part.confidence,
            date=self._date(where, part.date) if part.date else None,
            place=self._place(where, part.place) if part.place else None,
            actors=tuple(actor for one in part.actors if (actor := self._actor(where, one))),
            counts=counts,
            totals={outcome: toll.total for outcome, toll in tolls.items()},
            weapons=tuple(
                Weapon(self._words(span), span)
                for quote in part.weapon_quotes
                if (span := self._found(f"{where}: weapon", quote))
            ),
            evidence=(evidence,),
        )

    def _found(self, where: str, quote: str) -> Span | None:
        span = self.quotes.find(quote)
        if span is None:
            self.dropped.append(f"{where}: “{quote[:60]}” is not in the article")
        return span

    def _words(self, span: Span) -> str:
        return (self.document.title if span.in_title else self.document.text)[span.start : span.end]

    def _date(self, where: str, part: DatePart) -> DateValue | None:
        """Our own grammar decides where it reads the quoted words; the model's days only where it does not."""
        span = self._found(f"{where}: date", part.quote)
        if span is None:
            return None
        for mention in self.times:
            if _overlap(self._span(mention.sentence, mention.first, mention.last), span):
                return mention.value
        published = self.document.published
        if part.earliest > part.latest or published is None or part.earliest > published:
            self.dropped.append(f"{where}: date {part.earliest} to {part.latest} does not follow from “{part.quote[:60]}”")
            return None
        return DateValue(part.earliest, part.latest, _precision((part.latest - part.earliest).days), "relative", span)

    def _place(self, where: str, part: PlacePart) -> PlaceValue | None:
        span = self._found(f"{where}: place", part.quote)
        if span is None:
            return None
        for mention in self.toponyms:
            if mention.record and _overlap(mention.span, span):
                link = link_of(self.reading.sentences[mention.sentence].tokens, mention, mention.first)
                return mention_value(self.reading, mention, link, self.toponyms, default_index())
        return PlaceValue(self._words(span), "none", span)

    def _actor(self, where: str, part: ActorPart) -> Actor | None:
        span = self._found(f"{where}: actor", part.quote)
        return Actor(self._words(span), part.role, span) if span else None

    def _count(self, where: str, part: CountPart) -> Count | None:
        span = self._found(f"{where}: {part.outcome}", part.quote)
        if span is None:
            return None
        stated = [value for value in (part.low, part.best, part.high) if value is not None]
        if not stated or stated != sorted(stated) or not all(self._shows(span, value) for value in stated):
            self.dropped.append(f"{where}: {part.outcome} {stated}: not in “{part.quote[:60]}”")
            return None
        claimant = self.quotes.find(part.claimant_quote) if part.claimant_quote else None
        return Count(
            part.outcome, part.low, part.best, part.high, None, part.who, part.who_class, span,
            claimant=self._words(claimant) if claimant else None, claimant_span=claimant, part_of_whole=part.part_of_whole,
        )  # fmt: skip

    def _shows(self, span: Span, value: int) -> bool:
        """Whether a reader sees the number in the quoted words, or can count so few people without one."""
        shown = [
            figure
            for sentence in self.reading.sentences
            if sentence.tokens and _overlap(sentence.span(), span)
            for number in find_numbers(sentence)
            if _overlap(sentence.span(number.first, number.last), span)
            for figure in (number.low, number.best, number.high)
            if figure is not None
        ]
        return value in shown if shown else 1 <= value <= SEEN_WITHOUT_A_NUMBER

    def _span(self, sentence: int, first: int, last: int) -> Span:
        return self.reading.sentences[sentence].span(first, last)


def _precision(days: int) -> DatePrecision:
    if days == 0:
        return "day"
    return "days" if days <= DAYS else "longer"


def _overlap(one: Span, other: Span) -> bool:
    return one.in_title == other.in_title and one.start < other.end and other.start < one.end
