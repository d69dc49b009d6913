"""A place mention as the engine's value: its name as the text has it, and a precision no finer than what is said."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from geo.index import PlaceIndex
from geo.names import fold, own_part, without_article
from geo.records import PlaceRecord
from incidents.extraction.place_links import Link
from incidents.extraction.tokens import Reading
from incidents.extraction.toponyms import ToponymMention
from incidents.extraction.values import PlacePrecision, PlaceValue, Span

COARSE: Final = frozenset(("country", "continent"))
FINE: Final = frozenset(("site", "settlement", "near", "adm2"))
KIND_PRECISION: Final[dict[str, PlacePrecision]] = {
    "site": "site", "settlement": "settlement", "adm2": "adm2", "adm1": "adm1", "area": "area", "country": "country",
    "sea": "sea", "continent": "area",
}  # fmt: skip


def mention_value(
    reading: Reading, mention: ToponymMention, link: Link, mentions: list[ToponymMention], index: PlaceIndex
) -> PlaceValue:
    """Return the value of a place mention, as precise as its phrase is."""
    tokens = reading.sentences[mention.sentence].tokens
    record = mention.record
    if record is None:
        box = mentions[mention.within].record if mention.within is not None else None
        return unknown_place(reading, mention, box, mentions, index)
    name, span = _fullest(reading, mention, mentions)
    precision = KIND_PRECISION[record.kind]
    radius = None
    if link.border:
        precision = "area"
    elif link.radius_km is not None and record.kind in ("site", "settlement", "adm2"):
        precision, radius = "near", link.radius_km
        own = span if span.start == mention.span.start else mention.span  # the fuller name may stand elsewhere
        span = replace(own, start=tokens[link.start].start)
    elif link.direction is not None and record.kind in ("country", "adm1", "area"):
        return _part(reading, mention, link.direction, index)
    return place_value(record, name, precision, span, radius, index, mentions, mention.candidates)


def place_value(
    record: PlaceRecord,
    name: str,
    precision: PlacePrecision,
    span: Span | None,
    radius: float | None,
    index: PlaceIndex,
    mentions: Sequence[ToponymMention] = (),
    candidates: tuple[tuple[str, float], ...] = (),
) -> PlaceValue:
    country = index.country(record.country) if record.country else None
    country_name = country.name if country else None
    label = _with_division(_cased(name, record), precision, record, mentions)
    return PlaceValue(
        label, precision, span, record.id, record.country, country_name, record.admin1, record.lat, record.lon, radius,
        candidates,
    )  # fmt: skip


def _cased(name: str, record: PlaceRecord) -> str:
    """The name of a dateline or a headline in capitals as it is written elsewhere: "BENI" is Beni."""
    return record.name if name.isupper() and fold(name) == fold(record.name) else name


def _with_division(name: str, precision: PlacePrecision, record: PlaceRecord, mentions: Sequence[ToponymMention]) -> str:
    """The name with its province as the text spells it, since a town's name alone is seldom enough: "Manbij, Aleppo"."""
    if precision not in FINE or not record.admin1 or "," in name:
        return name
    said = next((m.name for m in mentions if m.record and m.record.kind == "adm1" and m.record.admin1 == record.admin1), None)
    division = said or own_part(record.admin1)
    own = without_article(fold(division))
    return name if own in fold(name) or without_article(fold(name)) in own else f"{name}, {division}"


def _part(reading: Reading, mention: ToponymMention, direction: int, index: PlaceIndex) -> PlaceValue:
    """A part of a country or province ("north-western Syria"): its own entry where there is one, else the whole as an area."""
    tokens = reading.sentences[mention.sentence].tokens
    span = Span(tokens[direction].start, mention.span.end, mention.span.in_title)
    source = reading.document.title if span.in_title else reading.document.text
    name = " ".join(source[span.start : span.end].split())
    whole = mention.record
    own = next((r for r in index.lookup(name) if whole and r.country == whole.country and r.kind in ("area", "adm1")), whole)
    if own is None:
        return PlaceValue(name, "area", span)
    return place_value(own, name, "area" if own.kind == "country" else KIND_PRECISION[own.kind], span, None, index)


def unknown_place(
    reading: Reading, mention: ToponymMention, box: PlaceRecord | None, mentions: list[ToponymMention], index: PlaceIndex
) -> PlaceValue:
    """A place that the gazetteer lacks: placed as far as what is said to contain it."""
    name, span = _phrase(reading, mention, mentions)
    if box is None:
        return PlaceValue(name, "none", span)
    return place_value(box, name, KIND_PRECISION[box.kind], span, None, index)


def _fullest(reading: Reading, mention: ToponymMention, mentions: list[ToponymMention]) -> tuple[str, Span]:
    """The name as said here, or with its division where another mention of the place says that."""
    name, span = _phrase(reading, mention, mentions)
    if span == mention.span:
        for other in mentions:
            if other is mention or other.within is None:
                continue
            box = mentions[other.within].record
            if box is not None and box.kind not in COARSE and other.record == mention.record:
                fuller, where = _phrase(reading, other, mentions)
                if where != other.span:
                    return fuller, where
    return name, span


def _phrase(reading: Reading, mention: ToponymMention, mentions: list[ToponymMention]) -> tuple[str, Span]:
    """The name with the division that its phrase puts it in: "Shinkai district, Zabul province"."""
    span, tokens = mention.span, reading.sentences[mention.sentence].tokens
    last = mention
    while last.within is not None and mentions[last.within].sentence == mention.sentence:
        box = mentions[last.within]
        if box.record is None or box.record.kind in COARSE or box.first - last.last > 3:
            break
        last = box
    end = last.last
    if (
        last is not mention
        and end < len(tokens)
        and tokens[end].lower in ("province", "governorate", "state", "county", "district")
    ):
        end += 1
    if last is not mention:
        span = Span(span.start, tokens[end - 1].end, span.in_title)
    source = reading.document.title if span.in_title else reading.document.text
    return " ".join(source[span.start : span.end].split()), span
