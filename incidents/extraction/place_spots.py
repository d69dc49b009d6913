"""First step of reading toponyms: stretches of capitalised words, and the names of the gazetteer found in them.

Nothing is judged here: a spot is a name that stands in the gazetteer or has the form of a place's name ("X Street").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from geo.country_words import demonyms
from geo.index import PlaceIndex
from geo.names import fold
from geo.records import PlaceKind
from incidents.extraction.per_word import PerWord
from incidents.extraction.place_words import (
    CLEARED_BEFORE,
    DIRECTIONS,
    DIVISION_NAMES,
    HEADS_BEFORE,
    INSTITUTION_AFTER,
    NAME_AFTER,
    NATURE_AFTER,
    NATURE_BEFORE,
    ORIGIN_ENDINGS,
    PARTICLES,
    SITE_AFTER,
    STREET_AFTER,
    STREET_BEFORE,
    abbreviations,
)
from incidents.extraction.tokens import Sentence, Token

LONGEST_NAME: Final = 6
LONGEST_UNKNOWN: Final = 3
ONE_NAME_AFTER: Final = frozenset(("district", "neighborhood", "neighbourhood", "village", "quarter", "suburb"))
SETTLEMENT_NOUNS: Final = HEADS_BEFORE | frozenset(
    ("hamlet", "neighborhood", "neighbourhood", "municipality", "township", "port", "area", "canton")
)
SAINTS: Final = frozenset(("San", "Santa", "Santo", "Sao", "São"))
NAME_OPENERS: Final = frozenset(
    ("Puerto", "Villa", "Nueva", "Nuevo", "Ciudad", "Colonia", "Barrio", "Hacienda", "Cerro", "Tecun", "Tecún")
)
AFTER_SAINT: Final = INSTITUTION_AFTER | NAME_AFTER | SITE_AFTER | NATURE_AFTER | STREET_AFTER | DIVISION_NAMES | CLEARED_BEFORE
ARTICLES: Final = frozenset(("la", "las", "los", "el", "le", "les", "al"))
ARTICLE_PREFIXES: Final = frozenset(
    ("al", "el", "an", "ar", "as", "ash", "at", "az", "ad", "ed", "ez", "es", "er", "ul", "l", "d")
)
Form = Literal["name", "short", "adjective", "street", "nature", "site", "unknown"]
Part = tuple[int, int, Form, str, str | None]  # first, last, form, folded name, id


@dataclass(slots=True)
class Spot:
    """A stretch of tokens that may be a place. `run` is the stretch of capitalised words it stands in."""

    sentence: Sentence
    first: int
    last: int
    run: tuple[int, int]
    form: Form
    key: str
    place_id: str | None = None  # of an abbreviation or adjective
    fame: float = 0.0
    score: float = 0.0
    barred: bool = False
    dateline: bool = False
    institution: bool = False
    in_group: bool = False  # part of an armed group's name
    within: "Spot | None" = None
    cut: int | None = None  # letters of the only token that are the name, in "Damascus-based"
    kinds: frozenset[PlaceKind] | None = None

    @property
    def text(self) -> str:
        """The words of the spot."""
        words = " ".join(token.text for token in self.sentence.tokens[self.first : self.last])
        return words if self.cut is None else words[: self.cut]


def is_name_word(text: str) -> bool:
    """Whether a word is written like a name: "Hasakah", "al-Hol", "d'Ivoire"."""
    if text[0].isupper():
        return True
    if text[0].islower():
        head, mark, tail = text.replace("’", "-").replace("'", "-").partition("-")
        return bool(mark) and head in ARTICLE_PREFIXES and tail[:1].isupper()
    return False


def _part_in_run(text: str) -> str:
    """One letter for what a word is in a run: "N" a name word, "p" a particle, "-" nothing."""
    return "N" if is_name_word(text) else "p" if text in PARTICLES else "-"


PARTS_IN_RUN: Final = PerWord(_part_in_run)
RUN: Final = re.compile("N(?:p{0,3}N)*")


def runs(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield [first, last) of each stretch of name words, up to three particles between two of them included."""
    for match in RUN.finditer("".join(map(PARTS_IN_RUN.__getitem__, sentence.texts))):
        yield match.span()


def spots(sentence: Sentence, index: PlaceIndex) -> Iterator[Spot]:
    """Yield the spots of a sentence from left to right."""
    tokens = sentence.tokens
    for run in runs(sentence):
        first, last = run
        if last < len(tokens) and tokens[last - 1].text in STREET_BEFORE and tokens[last].text[0].isdigit():
            start = last - 2 if last - 2 >= first and tokens[last - 2].text in ROAD_OWNERS else last - 1
            yield Spot(sentence, start, last + 1, (first, last + 1), "street", "")
            last = start
        texts = sentence.texts[first:last]
        stopped = bool(texts) and _has_stop(tokens, last) and f"{texts[-1]}." in abbreviations()
        if stopped:
            texts[-1] += "."
        found = parts(tuple(texts), index)
        if not found or _is_one_name(tokens, first, last, found):
            if spot := _unknown(sentence, run, first, last):
                yield spot
            continue
        for start, end, form, key, place_id in found:
            spot = Spot(sentence, first + start, first + end, run, form, key, place_id)
            if stopped and end == len(texts):
                spot.last += 1
                _widen_west(spot)
            elif end == start + 1 and form == "name" and "-" in texts[start]:
                spot.cut = origin_length(texts[start])
            yield spot


def _is_one_name(tokens: list[Token], first: int, last: int, found: list[Part]) -> bool:
    """Whether a run is one name of which the gazetteer knows a part only: "the village of Tell Mango", "Palo Blanco district"."""
    if found[0][0] <= 1 and _is_longer(tokens, first, last, found):
        return True
    if found[-1][1] == last - first and (found[0][0] == 0 or not is_named_so(tokens, first)):
        return False
    return is_named_so(tokens, first) or (last < len(tokens) and tokens[last].text in ONE_NAME_AFTER)


def _is_longer(tokens: list[Token], first: int, last: int, found: list[Part]) -> bool:
    """Whether a name goes on after its known part or begins before it: "San Pedro Perulapan", "Puerto San Francisco"."""
    start, end = first + found[0][0], first + found[0][1]
    if start > first and tokens[first].text in NAME_OPENERS and found[0][0] == 1:
        return True
    if start > first or tokens[start].text not in SAINTS or end - start < 2:
        return False
    while end < last and tokens[end].text in ("de", "del", "la", "las", "los"):
        end += 1
    following = tokens[end].text if end < last else ""
    return following[:1].isupper() and not following.isupper() and following not in AFTER_SAINT


def _unknown(sentence: Sentence, run: tuple[int, int], first: int, last: int) -> Spot | None:
    """A run of up to three words that no list knows: a place only if its neighbours say so."""
    tokens = sentence.tokens
    while first < last and tokens[first].text in NO_START:
        first += 1
    if not 0 < last - first <= LONGEST_UNKNOWN:
        return None
    return Spot(sentence, first, last, run, "unknown", fold(" ".join(token.text for token in tokens[first:last])))


def is_named_so(tokens: list[Token], first: int) -> bool:
    """Whether the words before say what the name is: "the village of X", "the town X"."""
    if first > 1 and tokens[first - 1].lower == "of":
        return tokens[first - 2].lower in SETTLEMENT_NOUNS
    return first > 0 and tokens[first - 1].text in HEADS_BEFORE


def heads_line(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a name opens a line as its heading: "Zinder: gunmen kill two herders", "- Diffa: bomb wounds four"."""
    if last >= len(tokens) or tokens[last].text not in (":", "|"):
        return False
    return first == 0 or (first == 1 and not tokens[0].text[0].isalnum())


def _has_stop(tokens: list[Token], last: int) -> bool:
    return last < len(tokens) and tokens[last].text == "." and tokens[last].start == tokens[last - 1].end


def _widen_west(spot: Spot) -> None:
    """Take the "W." before "Va." into the name."""
    tokens, first = spot.sentence.tokens, spot.first
    west = tokens[first - 2 : first] if first > 1 else []
    if spot.key == "va" and [token.text for token in west] == ["W", "."]:
        spot.first -= 2
        spot.place_id = abbreviations()["W.Va."][0]


@lru_cache(maxsize=10_000)
def origin_length(text: str) -> int | None:
    """Return the length of the name in "Damascus-based"; None where the word is not of that form."""
    name, mark, ending = text.rpartition("-")
    return len(name) if mark and name and ending in ORIGIN_ENDINGS else None


def parts(texts: tuple[str, ...], index: PlaceIndex) -> list[Part]:
    """Return the parts of one run that look like places: [first, last), form, folded name, id."""
    if len(texts) <= LONGEST_NAME:
        return _cached_parts(texts, index)
    return _parts(texts, index)


@lru_cache(maxsize=50_000)
def _cached_parts(texts: tuple[str, ...], index: PlaceIndex) -> list[Part]:
    return _parts(texts, index)


def _parts(texts: tuple[str, ...], index: PlaceIndex) -> list[Part]:
    found: list[Part] = []
    position = 0
    while position < len(texts):
        known, shaped = _known(texts, position, index), _shaped(texts, position, index)
        part = shaped if shaped and (known is None or shaped[1] > known[1]) else known
        if part:
            found.append(part)
            position = part[1]
        else:
            position += 1
    return found


def _known(texts: tuple[str, ...], first: int, index: PlaceIndex) -> Part | None:
    """The longest name of the gazetteer, abbreviation or adjective that starts at `first`."""
    if texts[first] in PARTICLES:
        return None
    short = abbreviations()
    for last in range(min(len(texts), first + LONGEST_NAME), first, -1):
        if texts[last - 1] in PARTICLES:
            continue
        text = " ".join(texts[first:last])
        if text in short:
            return first, last, "short", fold(text), short[text][0]
        if text in demonyms() and not text.isupper() and "." not in text:
            return first, last, "adjective", fold(text), demonyms()[text]
        if last - first == 1 and (cut := origin_length(text)):
            text = text[:cut]
            if text in demonyms():  # "Georgian-controlled"
                return first, last, "adjective", fold(text), demonyms()[text]
        if last - first > 1 and texts[last - 1] in DIVISION_NAMES:
            text = f"{' '.join(texts[first : last - 1])} {DIVISION_SPELLINGS.get(texts[last - 1], texts[last - 1])}"
            if last - first == 2 or index.knows(fold(text)):
                return first, last, "name", fold(text), None
        key = fold(text)
        if key in ARTICLES and not text.isupper():  # "La Cima" is not in "LA"
            continue
        if len(key) > 1 and index.knows(key) and not _has_loose_article(texts[first], key, index):
            return first, last, "name", key, None
    return None


def _has_loose_article(word: str, key: str, index: PlaceIndex) -> bool:
    """Whether "The" is not part of the name: "The Philippines", unlike "The Hague"."""
    return word in ("The", "THE") and index.knows(key.removeprefix("the "))


def _shaped(texts: tuple[str, ...], first: int, index: PlaceIndex) -> Part | None:
    """A street, a part of nature or a site by its form: "Orchard Street", "Lake Qadisiyah", "Ramses Square"."""
    if texts[first] in NO_START:
        return None
    last, form = _shape(texts, first)
    if form is None:
        return None
    key = fold(" ".join(texts[first:last]))
    return first, last, "name" if index.knows(key) else form, key, None


def _shape(texts: tuple[str, ...], first: int) -> tuple[int, Form | None]:
    for last in range(first + 1, min(len(texts), first + 4)):
        word = texts[last]
        if word in PARTICLES:
            break
        form = ENDINGS.get(word)
        if form and (last + 1 == len(texts) or texts[last + 1] not in ENDINGS):
            return last + 1, form
    if texts[first] in NATURE_BEFORE and first + 1 < len(texts) and texts[first + 1] not in PARTICLES:
        return first + 2, "nature"
    return first, None


ENDINGS: Final[dict[str, Form]] = {
    **dict.fromkeys(SITE_AFTER, "site"),
    **dict.fromkeys(NATURE_AFTER, "nature"),
    **dict.fromkeys(STREET_AFTER, "street"),
}
NO_START: Final = PARTICLES | (CLEARED_BEFORE - {word.capitalize() for word in DIRECTIONS})
DIVISION_SPELLINGS: Final = {"Co.": "County", "CO.": "County", "Twp.": "Township"}
ROAD_OWNERS: Final = frozenset(("County", "State", "U.S.", "US", "Farm"))
