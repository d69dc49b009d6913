"""Place names of a text: found (place_spots.py), judged (place_evidence.py) and resolved together (geo/ranking.py)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import sqrt
from operator import attrgetter
from typing import Final, Literal

from geo.index import PlaceIndex, default_index
from geo.ranking import Query, Ranking, resolve
from geo.records import PlaceKind, PlaceRecord
from incidents.extraction import aliases
from incidents.extraction.place_datelines import mark_datelines
from incidents.extraction.place_evidence import ENOUGH, judge
from incidents.extraction.place_people import people
from incidents.extraction.place_spots import Spot, spots
from incidents.extraction.place_words import ABROAD, CLEARED_BEFORE, DIRECTIONS, DIVISION_AFTER, MEANS, QUARTERS
from incidents.extraction.tokens import Reading
from incidents.extraction.values import Span, Toponym

MentionRole = Literal["place", "dateline", "institution", "origin", "adjective", "street", "group"]
CONTAINERS: Final = frozenset(("country", "adm1", "area", "adm2"))
CONTAINER_KINDS: Final[frozenset[PlaceKind]] = frozenset({"country", "adm1"})
SURE: Final = 2.6  # a name accepted once with this much is believed elsewhere with less
REPEATED: Final = 1.5
CONTAINED: Final = 3.0
LISTED: Final = 1.4
LISTED_BEFORE: Final = 0.8
CONTAINER_LINKS: Final = frozenset((",", ", in", "in", "of", "("))
LISTS: Final = frozenset((",", "and", "or", "to", "/", "&"))
HINT: Final = 0.5
LONGEST_LINK: Final = 4  # words between a place and what holds it: "district in the province"


@dataclass(slots=True)
class ToponymMention:
    """One mention of a place: tokens [first, last) of a sentence. `record` is None where the gazetteer has no entry that fits.

    Role "adjective" ("Syrian") is evidence for a country, whose code is its one candidate, not a toponym; "institution" is
    a place inside the name of what serves it ("Athens Police"), "group" one in an armed group's name ("Islamic State in Iraq");
    "origin" is the place of "Damascus-based". `within` is the
    index of the mention that contains it ("Hasakah" of "Hasakah, Syria").
    """

    sentence: int
    first: int
    last: int
    span: Span
    name: str
    record: PlaceRecord | None
    role: MentionRole
    confidence: float
    kinds: frozenset[PlaceKind] | None = None
    within: int | None = None
    candidates: tuple[tuple[str, float], ...] = ()
    abroad: bool = False  # a country whose people or things are elsewhere: "the U.S. ambassador"

    @property
    def is_toponym(self) -> bool:
        """Whether this is a place name rather than an adjective."""
        return self.role != "adjective"


def find(reading: Reading, index: PlaceIndex | None = None) -> list[ToponymMention]:
    """Return every place mentioned in the title and the text, in order, adjectives of countries included."""
    places = index or default_index()
    found = [spot for sentence in reading.sentences for spot in spots(sentence, places)]
    surnames, persons = people(found)
    for spot in found:
        judge(spot, places, surnames)
        spot.barred = spot.barred or (spot.sentence.index, spot.run[0]) in persons
    _weigh_neighbours(found, places)
    mark_datelines(found, reading)
    _believe_repeated(found)
    kept = [spot for spot in found if not spot.barred and spot.score >= ENOUGH]
    _mark_groups(kept)
    return _mentions(kept, reading, places)


def toponyms(mentions: list[ToponymMention]) -> tuple[Toponym, ...]:
    """Return the mentions that are place names as the engine's values."""
    return tuple(
        Toponym(m.span, m.name, m.record.id, m.record.country, m.record.lat, m.record.lon)
        if m.record
        else Toponym(m.span, m.name)
        for m in mentions
        if m.is_toponym
    )


def _mark_groups(kept: list[Spot]) -> None:
    """Mark the names that are part of a known armed group's: "Islamic State in Iraq and the Levant"."""
    for sentence, spots_of in groupby(kept, key=attrgetter("sentence")):
        named = aliases.find(sentence)
        for spot in spots_of if named else ():
            spot.in_group = any(group.first <= spot.first and spot.last <= group.last for group in named)


def _weigh_neighbours(found: list[Spot], index: PlaceIndex) -> None:
    """Let names in one phrase support each other: "Hasakah, Syria", "Homs and Hama"; mark datelines."""
    for one, other in pairwise(found):
        if one.sentence is not other.sentence or not 0 < other.first - one.last <= LONGEST_LINK:
            continue
        words = [token.lower for token in one.sentence.tokens[one.last : other.first]]
        if words[0] in DIVISION_AFTER and len(words) > 1:
            words = words[1:]
        link = " ".join(word for word in words if word != "the" and word not in DIRECTIONS)
        if link in CONTAINER_LINKS and _is_container(other, index):
            _contain(one, other, link)
        elif link in LISTS and _lends(one, other):
            other.score += LISTED
    for one, other in pairwise(reversed(found)):
        beside = one.sentence is other.sentence and one.first - other.last == 1
        if beside and one.sentence.tokens[other.last].lower in LISTS and _lends(one, other):
            other.score += LISTED_BEFORE


def _lends(one: Spot, other: Spot) -> bool:
    return one.score >= ENOUGH and not one.barred and other.form != "unknown"


def _contain(one: Spot, other: Spot, link: str) -> None:
    if link == ",":
        one.score += CONTAINED
        other.score += 0.5
        other.kinds = other.kinds or CONTAINER_KINDS
    one.within = other


def _is_container(spot: Spot, index: PlaceIndex) -> bool:
    if spot.barred or spot.form not in ("name", "short"):
        return False
    if spot.form == "short":
        return True
    return spot.fame >= 1.0 and any(
        index.record(m.place).kind in CONTAINERS for m in index.matches(spot.key)[:4] if m.weight >= 0.8
    )


def _believe_repeated(found: list[Spot]) -> None:
    """What is surely a place once is one again; what is only ever an aside is not."""
    sure = {spot.key for spot in found if spot.score >= SURE and not spot.barred and spot.form == "name"}
    for spot in found:
        if spot.key in sure and spot.score < ENOUGH and not spot.institution and _stands_free(spot):
            spot.score += REPEATED


def _stands_free(spot: Spot) -> bool:
    """Whether no other name runs into the spot from the left."""
    return spot.first == spot.run[0] or spot.sentence.tokens[spot.first - 1].text in CLEARED_BEFORE


def _mentions(kept: list[Spot], reading: Reading, index: PlaceIndex) -> list[ToponymMention]:
    place_of = _resolved(kept, index)
    number = {id(spot): n for n, spot in enumerate(kept)}
    return [
        ToponymMention(
            spot.sentence.index, spot.first, spot.last, span, _words(reading, span),
            place_of[n].place, _role(spot), round(min(1.0, spot.score / 5), 2), spot.kinds,
            number.get(id(spot.within)), place_of[n].others, _next_word(spot) in ABROAD,
        )
        for n, spot in enumerate(kept)
        for span in (_span(spot),)
    ]  # fmt: skip


def _next_word(spot: Spot) -> str:
    lowers = spot.sentence.lowers
    return lowers[spot.last] if spot.last < len(lowers) else ""


def _words(reading: Reading, span: Span) -> str:
    source = reading.document.title if span.in_title else reading.document.text
    return " ".join(source[span.start : span.end].split())


def _span(spot: Spot) -> Span:
    whole = spot.sentence.span(spot.first, spot.last)
    return whole if spot.cut is None else Span(whole.start, whole.start + spot.cut, whole.in_title)


def _role(spot: Spot) -> MentionRole:
    if spot.form == "adjective":
        return "adjective"
    if spot.in_group:
        return "group"
    if spot.form == "street":
        return "street"
    if spot.cut is not None:
        return "origin"
    if spot.dateline:
        return "dateline"
    return "institution" if spot.institution else "place"


def _resolved(kept: list[Spot], index: PlaceIndex) -> list[Ranking]:
    """The place of each spot: by id where it has one, by ranking all names together else."""
    asked: list[int] = []
    queries: list[Query] = []
    answers = [Ranking(None)] * len(kept)
    for n, spot in enumerate(kept):
        if spot.form == "adjective" and spot.place_id:
            answers[n] = Ranking(None, others=((spot.place_id, 1.0),))
        elif spot.place_id:
            answers[n] = Ranking(index.get(spot.place_id), 5.0, 5.0)
        elif spot.form in ("name", "unknown"):
            asked.append(n)
            within = (spot.within.place_id or spot.within.key) if spot.within else None
            queries.append(Query(spot.key, within, spot.kinds, _acts(spot), _next_word(spot) in QUARTERS))
    hints, weak, places = _evidence(kept, index)
    for n, ranking in zip(asked, resolve(index, queries, hints, places, weak), strict=True):
        answers[n] = ranking
    return answers


def _evidence(kept: list[Spot], index: PlaceIndex) -> tuple[dict[str, float], dict[str, float], list[PlaceRecord]]:
    """What adjectives and abbreviations say for countries, what only says who acts ("a U.S. drone"), and the places they name."""
    counted: Counter[str] = Counter()
    acting: Counter[str] = Counter()
    known: dict[str, PlaceRecord] = {}
    for spot in kept:
        if not spot.place_id:
            continue
        record = index.get(spot.place_id) if spot.form != "adjective" else None
        code = record.country if record and record.kind == "country" else spot.place_id if spot.form == "adjective" else None
        if code and _acts(spot):
            acting[code] += 1
        elif record:
            known[spot.place_id] = record
        elif spot.form == "adjective":
            counted[spot.place_id] += 1
    hints = defaultdict(float, {code: HINT * sqrt(times) for code, times in counted.items()})
    return hints, {code: HINT * sqrt(times) for code, times in acting.items()}, list(known.values())


def _acts(spot: Spot) -> bool:
    """Whether the words after a country say who acts or is elsewhere: "a U.S. drone", "the Spanish embassy"."""
    tokens, last = spot.sentence.tokens, spot.last
    after = last + 1 if last + 1 < len(tokens) and tokens[last].tag.startswith("JJ") else last
    return any(token.lower in MEANS or token.lower in ABROAD for token in tokens[last : after + 1])
