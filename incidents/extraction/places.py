"""Where an act happened: the place whose phrase belongs to the act's clause, else the one its text is set in.

Every place carries the words it was read from; coordinates come from the gazetteer alone, and a place is never finer than
what is said ("northern Syria" is an area, "20 miles west of X" a circle around X).
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import takewhile
from operator import attrgetter
from typing import Final, NamedTuple

from geo.index import PlaceIndex, default_index
from geo.records import PlaceRecord
from incidents.extraction.place_links import HEADS, Link, link_of
from incidents.extraction.place_values import mention_value, place_value, unknown_place
from incidents.extraction.place_words import MEANS
from incidents.extraction.tokens import Reading, Token
from incidents.extraction.toponyms import ToponymMention
from incidents.extraction.values import PlaceValue

TIE_WORTH: Final = {"locative": 3.0, "object": 2.4, "modifier": 2.0, "owner": 1.0, "loose": 1.0, "weaker": 0.8, "leaving": 0.4}
FINENESS: Final = {
    "site": 0.6,
    "settlement": 0.6,
    "adm2": 0.5,
    "adm1": 0.2,
    "area": 0.0,
    "sea": 0.2,
    "country": -0.9,
    "continent": -2.0,
}
ROLE_WORTH: Final = {"place": 0.0, "dateline": -1.5, "institution": -1.6, "street": -1.0}
SPEAKER: Final = -0.9
CONTAINER: Final = -1.6
PER_TOKEN: Final = -0.05
PER_BREAK: Final = -0.25
AFTER_ACT: Final = 0.3
UNKNOWN: Final = -1.2
ACTOR: Final = -2.2
OF_WHO: Final = -0.8
CLAUSE: Final = 12  # tokens of a clause with "who" that are looked at
ENOUGH: Final = 0.5
TIED: Final = 2.0  # what a place of another sentence must have to count for this one
BREAKS: Final = frozenset(
    (";", "who", "which", "that", "while", "but", "after", "before", "when", "where", "because", "although", "said", ":")
)
LEAD_SENTENCES: Final = 4
OFTEN: Final = 2  # times that a place must be named to be what a text is about, where it names others too
SENTENCES_BACK: Final = 3
COARSE: Final = frozenset(("country", "continent"))
SENTENCE_OF: Final = attrgetter("sentence")  # mentions are in the order of the text


class Setting(NamedTuple):
    """A mention with its tie, as a candidate for the place of an act."""

    mention: ToponymMention
    link: Link
    score: float
    word: str = ""  # "northern" before the name


def place_of(
    reading: Reading,
    sentence_index: int,
    token_index: int,
    mentions: list[ToponymMention],
    index: PlaceIndex | None = None,
    *,
    told: frozenset[int] | None = None,
) -> PlaceValue | None:
    """Return the place of the act whose trigger is at that token; None where the text names no place it could be.

    Looks in the act's own sentence, then in the sentences before it in its paragraph, the headline and the lead, then takes the
    dateline or the place most spoken of. A country alone gives way to a finer place in it that the lead names. For an act that is
    only mentioned in passing, `told` holds the sentences that tell of acts: the others are set where something else happened,
    and no more is known from them than the country.
    """
    places = index or default_index()
    stated = _best(reading, sentence_index, token_index, mentions)
    if stated is None or stated.mention.record is None or _is_coarse(stated):
        around = _fallback(reading, sentence_index, mentions)
        set_elsewhere = told is not None and not (around and around.mention.sentence in told)
        if stated is None and set_elsewhere and not _is_set_in_one_part(mentions):
            return _country_alone(mentions, places) or (value_of(reading, around, mentions, places) if around else None)
        if stated and around and stated.mention.record is None and stated.mention.role != "street":
            return unknown_place(reading, stated.mention, around.mention.record, mentions, places)
        stated = _finer(stated, around)
    if stated is None or (stated.mention.role == "street" and stated.mention.within is None):
        return _by_adjective(mentions, places)
    if seat := _seat(stated, mentions, places):
        return place_value(seat, seat.name, "country", stated.mention.span, None, places)
    return value_of(reading, stated, mentions, places)


def stated_place(
    reading: Reading, sentence_index: int, token_index: int, mentions: list[ToponymMention], index: PlaceIndex | None = None
) -> PlaceValue | None:
    """Return the place that the act's own sentence states, None where it states none.

    A part of a country ("eastern Syria") gives way to a place in that part that the text around is set in.
    """
    stated = _best(reading, sentence_index, token_index, mentions)
    if stated and stated.word and _is_coarse(stated):
        stated = _finer(stated, _fallback(reading, sentence_index, mentions)) or stated
    return value_of(reading, stated, mentions, index or default_index()) if stated else None


def _kind(mention: ToponymMention) -> str:
    return mention.record.kind if mention.record else "settlement"


def _best(reading: Reading, sentence: int, token: int, mentions: list[ToponymMention], enough: float = ENOUGH) -> Setting | None:
    here = range(bisect_left(mentions, sentence, key=SENTENCE_OF), bisect_right(mentions, sentence, key=SENTENCE_OF))
    containers = {mentions[number].within for number in here}
    found = [
        _setting(reading.sentences[sentence].tokens, token, mentions[number], contains=number in containers)
        for number in here
        if mentions[number].role in ROLE_WORTH
    ]
    best = max(found, key=lambda setting: setting.score, default=None)
    if best is not None and best.link.beside:
        best = _located(best, found)
    return best if best and best.score >= enough else None


def _located(best: Setting, found: list[Setting]) -> Setting:
    """The first name of "Salta, 40 km from Lima", which the second only helps to find, where it is tied to the sentence."""
    before = [setting for setting in found if setting.mention.last < best.mention.first]
    first = before[-1] if before else best
    return first if first.link.tie in ("locative", "owner", "object") and first.score >= ENOUGH else best


def _setting(tokens: list[Token], act: int, mention: ToponymMention, *, contains: bool) -> Setting:
    link = link_of(tokens, mention, act)
    score = TIE_WORTH[link.tie] + FINENESS[_kind(mention)] + ROLE_WORTH[mention.role]
    if mention.record is None and mention.within is None:
        score += UNKNOWN
    if _kind(mention) in COARSE and (mention.abroad or _is_actor(tokens, mention.last)):
        score += ACTOR
    if link.speaker:
        score += SPEAKER
    if contains:
        score += CONTAINER
    if mention.first > act:
        score += AFTER_ACT
    elif _is_of_who(tokens, mention.first):
        score += OF_WHO
    between = tokens[min(act, mention.last) : max(act, mention.first)]
    score += PER_TOKEN * min(len(between), 25) + PER_BREAK * sum(token.lower in BREAKS for token in between)
    return Setting(mention, link, score, tokens[link.direction].lower if link.direction is not None else "")


def _is_of_who(tokens: list[Token], first: int) -> bool:
    """Whether a place before the act is told of somebody in the act: "inmates who fled from a jail in Arequipa were caught"."""
    verb = False
    for place in range(first - 1, max(-1, first - CLAUSE), -1):
        token = tokens[place]
        if token.lower in ("who", "which"):
            return verb
        if token.text in (",", ";"):
            return False
        verb = verb or token.tag in ("VBD", "VBN", "VBZ", "VBP")
    return False


def _is_actor(tokens: list[Token], last: int) -> bool:
    """Whether the country that ends at `last` does what is said after it: "US air strikes", "the US latest airstrike"."""
    following = tokens[last] if last < len(tokens) else None
    if following is None or following.lower in HEADS:
        return False
    after = tokens[last + 1].lower if following.tag.startswith("JJ") and last + 1 < len(tokens) else ""
    return following.tag.startswith("NN") or following.lower in MEANS or after in MEANS


def _fallback(reading: Reading, sentence: int, mentions: list[ToponymMention]) -> Setting | None:
    """The place the text around an act is set in."""
    here = reading.sentences[sentence]
    back = [s.index for s in reading.sentences[max(0, sentence - SENTENCES_BACK) : sentence] if s.paragraph == here.paragraph]
    titles = sum(1 for _ in takewhile(attrgetter("in_title"), reading.sentences))
    lead = range(min(titles + LEAD_SENTENCES, len(reading.sentences)))
    ahead = [sentence + 1] if sentence + 1 < len(reading.sentences) else []
    coarse: Setting | None = None
    for place in [*reversed(back), *lead, *ahead]:
        if place != sentence and (found := _best(reading, place, 0, mentions, TIED)):
            if _kind(found.mention) not in COARSE:
                return found
            coarse = coarse or found
    return _most_named(reading, mentions) or coarse or _dateline(reading, mentions)


def _dateline(reading: Reading, mentions: list[ToponymMention]) -> Setting | None:
    found = next((m for m in mentions if m.role == "dateline" and m.record and m.record.kind not in COARSE), None)
    return _plain(reading, found) if found else None


def _seat(setting: Setting, mentions: list[ToponymMention], index: PlaceIndex) -> PlaceRecord | None:
    """The country that a dateline stands for where it is only the seat of the reporter: a capital, or a city abroad.

    Where the text names no other place or country, the dateline itself is the best that is known.
    """
    record = setting.mention.record
    if setting.mention.role != "dateline" or record is None or record.country is None:
        return None
    told = _main_country(mentions)
    if told is None:  # no other place is named: the reporter's town is the only one known
        return None
    return index.country(told) if told != record.country or record.id in index.capitals else None


def _main_country(mentions: list[ToponymMention]) -> str | None:
    """The country most pointed to by names and adjectives, datelines and those of people abroad apart.

    The country that a dateline states ("HAVANA, Cuba (Agency) --") is it only where nothing else points to one.
    """
    heading = {mention.within for mention in mentions if mention.role == "dateline"}
    told = [m for n, m in enumerate(mentions) if m.role != "dateline" and not m.abroad and n not in heading]
    codes = Counter(code for mention in told if (code := _country_of(mention)))
    if not codes:
        codes = Counter(code for n in heading if n is not None and (code := _country_of(mentions[n])))
    return codes.most_common(1)[0][0] if codes else None


def _country_of(mention: ToponymMention) -> str | None:
    if mention.record:
        return mention.record.country
    return mention.candidates[0][0] if mention.role == "adjective" and mention.candidates else None


def _most_named(reading: Reading, mentions: list[ToponymMention]) -> Setting | None:
    """The place most often named, in the country that the text is about; None where none stands out."""
    told = _main_country(mentions)
    named = [
        m
        for m in mentions
        if m.record and m.role in ("place", "institution") and _kind(m) not in COARSE and m.record.country == told
    ]
    if not named:
        return None
    often = Counter(m.record.id for m in named if m.record)
    first = max(named, key=lambda m: (often[m.record.id] if m.record else 0, FINENESS[_kind(m)]))
    if first.record and often[first.record.id] < OFTEN and len(often) > 1:
        return None
    return _plain(reading, first)


def _plain(reading: Reading, mention: ToponymMention) -> Setting:
    return Setting(mention, link_of(reading.sentences[mention.sentence].tokens, mention), ENOUGH)


def _finer(stated: Setting | None, other: Setting | None) -> Setting | None:
    """The other place where nothing is stated, or where it lies in the country that is."""
    if stated is None or other is None:
        return stated or other
    if stated.mention.record is None:
        return other
    country = stated.mention.record.country if stated.mention.record else None
    inside = other.mention.record is not None and other.mention.record.country == country and country is not None
    if not inside or _is_coarse(other) or stated.link.border or not _lies_that_way(other, stated):
        return stated
    return other


def _is_coarse(setting: Setting) -> bool:
    """Whether no more than a country or a part of one is said."""
    return _kind(setting.mention) in COARSE


def _lies_that_way(finer: Setting, stated: Setting) -> bool:
    """Whether a place lies in the stated part of its country: "northern Syria" holds only what is north of its middle."""
    record, country = finer.mention.record, stated.mention.record
    if stated.link.direction is None or record is None or country is None:
        return True
    word = stated.word
    north, east = record.lat - country.lat, record.lon - country.lon
    wanted = (("north", north), ("south", -north), ("east", east), ("west", -east))
    return all(offset > 0 for part, offset in wanted if part in word)


def _is_set_in_one_part(mentions: list[ToponymMention]) -> bool:
    """Whether all that a text names finer than countries lies in one part of the country it is about, datelines apart."""
    fine = {(m.record.country, m.record.admin1) for m in mentions if m.record and m.role != "dateline" and _kind(m) not in COARSE}
    return len(fine) == 1 and fine.pop()[0] == _main_country(mentions)


def _country_alone(mentions: list[ToponymMention], index: PlaceIndex) -> PlaceValue | None:
    """The country that the text is about, from its first mention."""
    code = _main_country(mentions)
    record = index.country(code) if code else None
    if record is None:
        return None
    first = next(m for m in mentions if m.role != "dateline" and not m.abroad and _country_of(m) == code)
    return place_value(record, record.name, "country", first.span, None, index)


def _by_adjective(mentions: list[ToponymMention], index: PlaceIndex) -> PlaceValue | None:
    """The country most pointed to by adjectives, or the only one in the names of armed groups, as a country only."""
    words = [m for m in mentions if m.role == "adjective" and m.candidates and not m.abroad]
    if not words:
        words = [m for m in mentions if m.role == "group" and m.record]
        if len({m.name.lower() for m in words}) != 1 or _kind(words[0]) != "country":
            return None
    often = Counter(_country_of(m) for m in words)
    code = max(often, key=lambda key: often[key])
    record = index.country(code) if code else None
    first = next(m for m in words if _country_of(m) == code)
    return None if record is None else place_value(record, record.name, "country", first.span, None, index)


def value_of(reading: Reading, setting: Setting, mentions: list[ToponymMention], index: PlaceIndex) -> PlaceValue:
    """Return the value of one candidate, as precise as its phrase is."""
    return mention_value(reading, setting.mention, setting.link, mentions, index)
