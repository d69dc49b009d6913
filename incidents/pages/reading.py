"""An article with the words every event was read from, paragraph by paragraph, and its events beside it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from incidents.evidence import Kind, Mark, Page, Piece, Quotation, merged, pieces, span_of
from incidents.models import Count, Event
from incidents.pages import words
from sources.models import Article

KINDS: dict[Kind, tuple[str, str]] = {
    "type": ("T", gettext_noop("Type")),
    "date": ("D", gettext_noop("Date")),
    "place": ("P", gettext_noop("Place")),
    "count": ("N", gettext_noop("Number")),
    "actor": ("A", gettext_noop("Actor")),
    "claimant": ("C", gettext_noop("Who says so")),
}

LONGEST_HEAD = 24  # letters; a longer first word may break off its kind's letter


@dataclass(frozen=True, slots=True)
class Legend:
    """One kind of words: its letter, its name and how often it is marked."""

    kind: Kind
    letter: str
    label: str
    marked: int


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A stretch of text as the page draws it: the kinds that cover it, outermost first, and the event a click chooses."""

    text: str
    kinds: Sequence[str]
    opens: Sequence[str]
    event: int
    events: Sequence[int]
    label: str
    chosen: bool

    @property
    def head(self) -> str:
        """The first word, which stays on one line with the letter of its kind."""
        word = self.text.split(maxsplit=1)[0] if self.text[:1].strip() else ""
        return word if len(word) <= LONGEST_HEAD else ""

    @property
    def rest(self) -> str:
        return self.text[len(self.head) :]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, the numbers of the events that words in it belong to, and where in the text it begins."""

    pieces: Sequence[ShownPiece]
    events: Sequence[int]
    start: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """One value read for an event: the kind of words, what it is, its value and how it is known."""

    kind: Kind
    letter: str
    label: str
    value: str
    note: str
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class EventCard:
    """One event of the article, numbered from 1."""

    number: int
    event: Event
    label: str
    fields: Sequence[Field]
    line: Sequence[str]
    is_main: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence of the article and the number of the event it is evidence of."""

    event: int
    quotation: Quotation
    chosen: bool


class Reading:
    """One article read: its marks, paragraphs and events. `chosen` is the number of the event whose evidence is marked."""

    def __init__(self, article: Article, chosen: int = 1) -> None:
        self.article = article
        self.page = Page(article.title, article.text, settings.EXCERPT_LENGTH)
        rows = article.events.select_related("incident").prefetch_related("counts", "participations__actor")
        self.events = list(rows.order_by("ordinal"))
        self.chosen = chosen if 1 <= chosen <= len(self.events) else 1
        self.marks = merged(mark for number, event in enumerate(self.events, 1) for mark in _marks(event, number))

    def legend(self) -> list[Legend]:
        """Return the kinds of words with how often each is marked."""
        seen = Counter(mark.kind for mark in self.marks)
        return [Legend(kind, letter, _(label), seen[kind]) for kind, (letter, label) in KINDS.items()]

    def title(self) -> list[ShownPiece]:
        """Return the title cut at its marks."""
        inside = [mark for mark in self.marks if mark.span.in_title]
        return [self._shown(piece) for piece in pieces(self.article.title, inside)]

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the text's paragraphs cut at their marks."""
        waiting = [mark for mark in self.marks if not mark.span.in_title]
        first = 0
        longest = max((mark.span.end - mark.span.start for mark in waiting), default=0)
        for start, end in self.page.paragraphs:
            while first < len(waiting) and waiting[first].span.start + longest <= start:
                first += 1
            last = first
            while last < len(waiting) and waiting[last].span.start < end:
                last += 1
            here = [mark for mark in waiting[first:last] if mark.span.end > start]
            events = sorted({number for mark in here for number in mark.events})
            yield Paragraph([self._shown(piece) for piece in pieces(self.article.text, here, start, end)], events, start)

    def excerpts(self) -> list[Excerpt]:
        """Return the sentences that the events were read from, for readers who may not see the whole text; each once."""
        found: dict[str, Excerpt] = {}
        for number, event in enumerate(self.events, 1):
            for located in [*(event.evidence or []), event.trigger, *(count.span for count in event.counts.all())]:
                quotation = self.page.quote(span_of(located))
                if quotation and str(quotation).strip() and not any(str(quotation) in known for known in found):
                    found[str(quotation)] = Excerpt(number, quotation, number == self.chosen)
        return list(found.values())

    def cards(self) -> list[EventCard]:
        """Return the events with their fields, the main one first."""
        return [self._card(number, event) for number, event in enumerate(self.events, 1)]

    def _shown(self, piece: Piece) -> ShownPiece:
        if not piece.marks:
            return ShownPiece(piece.text, (), (), 0, (), "", chosen=False)
        events = sorted({number for mark in piece.marks for number in mark.events})
        event = self.chosen if self.chosen in events else events[0]
        inner = piece.marks[-1]
        names = ", ".join(_(KINDS[mark.kind][1]) for mark in piece.marks)
        numbers = ", ".join(map(str, inner.events))
        label = _("%(kinds)s, event %(numbers)s: %(words)s") % {"kinds": names, "numbers": numbers, "words": piece.text}
        kinds = tuple(dict.fromkeys(mark.kind for mark in piece.marks))
        opens = tuple(dict.fromkeys(mark.kind for mark in piece.opens))
        return ShownPiece(piece.text, kinds, opens, event, events, label, chosen=self.chosen in events)

    def _card(self, number: int, event: Event) -> EventCard:
        fields = [_type_field(event, self.page), *_date_fields(event, self.page), *_place_fields(event)]
        fields += [_count_field(count) for count in event.counts.all()]
        fields += _actor_fields(event)
        return EventCard(number, event, words.noun(event.type).capitalize(), fields, _line(event), number == 1)


def _marks(event: Event, number: int) -> Iterator[Mark]:
    found: list[tuple[Any, Kind]] = [(event.trigger, "type"), (event.date, "date"), (event.place_read, "place")]
    found += [(weapon, "type") for weapon in event.weapons]
    for count in event.counts.all():
        found += [(count.span, "count"), (count.claimant_span, "claimant")]
    found += [(party.span, "actor") for party in event.participations.all()]
    for located, kind in found:
        if span := span_of(located):
            yield Mark(span, kind, (number,))


def _type_field(event: Event, page: Page) -> Field:
    read = page.words(span_of(event.trigger))
    notes = [f"“{words.isolated(read)}”" if read else "", *(str(weapon.get("name", "")) for weapon in event.weapons)]
    value = words.noun(event.type) + ("" if event.stage == "accomplished" else f", {words.label(event.stage)}")
    return Field("type", "T", _("Type"), value, ", ".join(filter(None, notes)), words.confidence(event.confidence))


def _date_fields(event: Event, page: Page) -> list[Field]:
    value = event.date
    if not value:
        return [Field("date", "D", _("Date"), _(words.NOT_STATED), "")]
    precision, basis = str(value.get("precision") or ""), str(value.get("basis") or "")
    read = page.words(span_of(value))
    notes = [_(words.PRECISIONS.get(precision, precision)), _(words.BASES.get(basis, basis))]
    said = f"“{words.isolated(read)}”" if read and basis != "published" else ""
    time = [str(value["time"])] if value.get("time") else []
    return [Field("date", "D", _("Date"), ", ".join([words.stored_date(value), *time]), ", ".join(filter(None, [*notes, said])))]


def _place_fields(event: Event) -> list[Field]:
    read = event.place_read
    if not read or read.get("precision") in (None, "none"):
        return [Field("place", "P", _("Place"), _(words.NOT_STATED), "")]
    precision = str(read["precision"])
    name = words.place(str(read.get("name") or ""), str(read.get("country_name") or ""), precision, str(read.get("admin1") or ""))
    note = _(words.PLACE_PRECISIONS.get(precision, precision))
    if precision == "near" and read.get("radius_km"):
        note = _("within %(km)s km") % {"km": f"{read['radius_km']:g}"}
    return [Field("place", "P", _("Place"), name, note)]


def _count_field(count: Count) -> Field:
    number = words.statement(count.low, count.best, count.high, count.quantifier)
    said = words.according_to(count.claimant) if count.claimant else _("nobody named")
    notes = [words.isolated(count.who) if count.who else _("people"), said]
    if count.part_of_whole:
        notes.append(_("part of another number"))
    if count.cumulative:
        notes.append(_("over a longer time"))
    return Field("count", "N", words.label(count.outcome).capitalize(), number, ", ".join(notes))


def _actor_fields(event: Event) -> list[Field]:
    parties = list(event.participations.all())
    if not parties:
        return [Field("actor", "A", _("Actors"), _(words.NOT_STATED), "")]
    fields = []
    for party in parties:
        notes = [words.label(party.role) if party.role != "unknown" else _("role not known")]
        if party.denied:
            notes.append(_("denied"))
        if party.claimant:
            notes.append(words.according_to(party.claimant))
        fields.append(Field("actor", "A", _("Actor"), party.actor.name, ", ".join(notes)))
    return fields


def _line(event: Event) -> list[str]:
    """Say the event in one line, for cards that are not chosen."""
    place = _place_fields(event)[0].value
    parts = [
        words.stored_date(event.date) if event.date else _("no date stated"),
        place if place != _(words.NOT_STATED) else _("no place stated"),
    ]
    for count in list(event.counts.all())[:2]:
        number = words.statement(count.low, count.best, count.high, count.quantifier)
        parts.append(f"{number} {words.label(count.outcome)}")
    return parts
