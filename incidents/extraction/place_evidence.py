"""Second step of reading toponyms: how much speaks for a spot being a place, from its name and the words around it.

Scores are sums of hand-set weights; a spot of ENOUGH or more is a place. `barred` marks what no later evidence may turn
into a place in this position (a person's name, a newspaper).
"""

from functools import lru_cache
from math import log10
from typing import Final

from geo.index import PlaceIndex
from incidents.extraction.place_spots import Spot, heads_line, is_named_so
from incidents.extraction.place_words import (
    ADM1_AFTER,
    ADM2_AFTER,
    ATTRIBUTIVE_AFTER,
    CLEARED_BEFORE,
    DIRECTIONS,
    DIVISION_AFTER,
    GIVEN_NAMES,
    HEADS_BEFORE,
    HEADS_OF,
    INSTITUTION_AFTER,
    MEDIA_BEFORE,
    NAME_AFTER,
    NEVER,
    PERSON_AFTER,
    SAID,
    SEATS,
    STRONG_BEFORE,
    SURNAMES,
    TITLES,
    WEAK_BEFORE,
    abbreviations,
)
from incidents.extraction.tagging import load_model
from incidents.extraction.tokens import Token

ENOUGH: Final = 1.8
FAMOUS: Final = 2.2  # known to every reader: countries, states, world cities
KIND_FAME: Final = {"country": 3.0, "continent": 3.0, "sea": 2.6, "area": 2.4, "adm1": 1.9, "site": 1.6}
FORM_SCORE: Final = {"street": 2.5, "nature": 1.5, "site": 0.6}
FOLLOWED: Final = -1.2  # by a word with a capital that says nothing
HELD: Final = ("-held", "-controlled", "-occupied", "-ruled")  # "rebel-held Atareb"
HEADING: Final = 2.2  # "Zinder: gunmen kill two herders"
ATTRIBUTE: Final = 2.0  # "Gaza fishermen", "Gaza Port"
INSTITUTION: Final = 1.2
SEVERAL_WORDS: Final = 0.5  # that the gazetteer has together are seldom anything else
UNKNOWN: Final = 2.2
HALF_KNOWN: Final = -0.5
SOUNDED: Final = 50_000  # people
PLACE_NOUNS: Final = DIVISION_AFTER - frozenset(
    ("state", "republic", "residents", "resident", "native", "border", "streets", "agency", "division")
)
PLAIN: Final = 0.9  # for a word that is neither a person's name nor an ordinary word
SCHOOLS: Final = frozenset(("University", "College", "Bank", "Treaty", "School", "Diocese", "Institute"))
NAME_TAGS: Final = frozenset(("NNP", "NNPS", ""))


@lru_cache(maxsize=50_000)
def fame(key: str, index: PlaceIndex) -> float:
    """Return how surely a name alone means a place, about 0 (a hamlet's other name) to 3 (a country)."""
    best = -0.5
    for match in index.matches(key)[:8]:
        record = index.record(match.place)
        if record.kind == "settlement":
            worth = min(2.6, 0.62 * (log10(record.population + 10) - 2.6))
        elif record.kind == "adm2":
            worth = 1.9 if " " in key else 0.2
        elif record.kind == "adm1":
            worth = KIND_FAME["adm1"] + min(0.9, 0.35 * max(0.0, log10(record.population + 10) - 5))
        else:
            worth = KIND_FAME[record.kind]
        best = max(best, worth - 2.0 * (1 - match.weight))
    return best + (0.5 if " " in key else 0.0)


@lru_cache(maxsize=50_000)
def doubt(text: str) -> float:
    """Return how much a single word is rather a person's name or an ordinary word, 0 to 2.5."""
    lowered = text.lower()
    ordinary = 1.8 if lowered in load_model().small else 0.0
    given = 1.6 if text.capitalize() in GIVEN_NAMES else 0.0
    surname = 0.8 if text.capitalize() in SURNAMES else 0.0
    return min(2.5, max(ordinary, given, surname) + (0.4 if len(text) <= 3 else 0.0))


def judge(spot: Spot, index: PlaceIndex, surnames: set[str]) -> None:
    """Set the score of a spot, and what the words around it say about its kind."""
    if spot.form in ("short", "adjective"):
        spot.fame = spot.score = 3.0
        spot.barred = spot.form == "short" and not _may_stand(spot)
        _bar(spot)
        return
    if spot.key in NEVER or (spot.key in SEATS and spot.first and spot.sentence.tokens[spot.first - 1].lower == "the"):
        spot.barred = True
        return
    if spot.form == "unknown":
        _judge_unknown(spot, index)
        return
    spot.fame = FORM_SCORE.get(spot.form, 0.0) if spot.form != "name" else fame(spot.key, index)
    score = spot.fame + _before(spot) + _after(spot)
    if spot.last - spot.first == 1 and spot.form == "name":
        score -= _single_word(spot, surnames)
    elif spot.form == "name" and spot.sentence.case == "normal" and spot.sentence.tokens[spot.first].text not in GIVEN_NAMES:
        score += SEVERAL_WORDS
    spot.score = score
    _bar(spot)


def _judge_unknown(spot: Spot, index: PlaceIndex) -> None:
    """A name that the gazetteer lacks is a place where the words around it say so: "the village of X", "X district"."""
    tokens, first = spot.sentence.tokens, spot.first
    words = [token.text for token in tokens[first : spot.last]]
    if spot.sentence.case != "normal" or any(word in GIVEN_NAMES or word.lower() in TITLES for word in words):
        return
    if any(word.lower() in load_model().small for word in words):
        return
    before = tokens[first - 1].lower if first else ""
    governed = before in STRONG_BEFORE or before in ("the", "of")
    if is_named_so(tokens, first) or (governed and (_next_is(spot, PLACE_NOUNS) or _sounds_known(spot.key, index))):
        spot.score = UNKNOWN
    elif before in STRONG_BEFORE and first > 1:
        spot.score = HALF_KNOWN  # enough once a container follows


@lru_cache(maxsize=50_000)
def _sounds_known(key: str, index: PlaceIndex) -> bool:
    """Whether a name of two words is a known town's or province's by other rules of transliteration ("Deir Ezour")."""
    if " " not in key:
        return False
    records = [index.record(match.place) for match in index.sounding_like(key)[:4]]
    return any(record.kind == "adm1" or record.population >= SOUNDED for record in records)


def _may_stand(spot: Spot) -> bool:
    """Whether an abbreviation is one here: some only are after a comma and a name ("Dallas, TX")."""
    tokens, first = spot.sentence.tokens, spot.first
    if first > 1 and tokens[first - 1].text == "," and tokens[first - 2].text[0].isupper():
        return True
    text = spot.text.replace(" .", ".")
    return abbreviations().get(text, ("", True))[1]


def _single_word(spot: Spot, surnames: set[str]) -> float:
    token = spot.sentence.tokens[spot.first]
    text = token.text
    if spot.cut:
        return -1.5 if spot.fame >= 0.3 else 0.0
    doubted = doubt(text)
    against = doubted * (0.4 if spot.fame >= FAMOUS and spot.sentence.case == "normal" else 1.0)
    if not doubted and spot.first and spot.fame >= 0 and spot.sentence.case == "normal":
        against -= PLAIN
    if text in surnames:
        governed = spot.first > 0 and spot.sentence.tokens[spot.first - 1].lower in STRONG_BEFORE
        against += 1.0 if spot.fame >= FAMOUS and governed else 3.0
    if token.tag not in NAME_TAGS and spot.fame < FAMOUS:
        against += 0.5
    if spot.first == 0 and spot.fame < FAMOUS:
        against += 0.6
    if text.isupper() and len(text) <= 5 and spot.sentence.case == "normal" and spot.fame < FAMOUS:
        against += 2.5 if len(text) <= 4 else 0.8
    if len(text) <= 3 and not text.isupper() and spot.fame < FAMOUS:
        against += 1.0
    return against


def _before(spot: Spot) -> float:
    """What the words before say."""
    tokens, first = spot.sentence.tokens, spot.first
    if not first:
        return 0.0
    token = tokens[first - 1]
    word = token.lower
    before = tokens[first - 2] if first > 1 else None
    if word == "of" and before is not None:
        return _after_of(before, tokens[first - 3] if first > 2 else None)
    if word in HEADS_BEFORE and token.text == word:
        return 2.2
    if word in STRONG_BEFORE:
        return 2.0
    if word in WEAK_BEFORE:
        return 0.5
    if word.endswith(HELD):
        return 2.4
    if word in ("the", "a", "an"):
        return _after_article(spot, before)
    if word == ",":
        return 0.2
    return 0.0


def _after_of(before: Token, earlier: Token | None) -> float:
    if before.lower in HEADS_OF:
        return 2.6
    named = earlier is not None and earlier.text in GIVEN_NAMES and before.text[0].isupper()
    if named or before.text == "," or before.text in SURNAMES:  # "Lopez, 31, of Gaza"
        return 1.8
    return -1.0 if before.text in SCHOOLS else 0.0 if before.text[0].isupper() else 0.3


def _after_article(spot: Spot, before: Token | None) -> float:
    if spot.form in ("nature", "site", "street"):
        return 0.6
    led = before is not None and before.lower in STRONG_BEFORE
    if spot.fame >= FAMOUS or _next_is(spot, DIVISION_AFTER):
        return 0.3 + led * 0.5
    return -0.8 + led * 0.8


def _next(spot: Spot) -> Token | None:
    tokens = spot.sentence.tokens
    return tokens[spot.last] if spot.last < len(tokens) else None


def _next_is(spot: Spot, words: frozenset[str]) -> bool:
    token = _next(spot)
    return token is not None and token.lower in words


def _after(spot: Spot) -> float:
    """What the words after say; sets the kinds that they allow."""
    token = _next(spot)
    if token is None:
        return 0.0
    word = token.lower
    if heads_line(spot.sentence.tokens, spot.first, spot.last):
        return HEADING
    if word in DIVISION_AFTER:
        if word in ADM1_AFTER:
            spot.kinds = frozenset({"adm1"})
        elif word in ADM2_AFTER:
            spot.kinds = frozenset({"adm2"})
        return 2.2 if spot.form == "name" else 1.0
    if token.text[0].isupper() and spot.last < spot.run[1] and spot.sentence.case == "normal":
        return _followed_by_name(spot, token)
    if word in ATTRIBUTIVE_AFTER and token.text == word:
        led = spot.first == 0 or spot.sentence.tokens[spot.first - 1].lower in ("a", "an", "the")
        return ATTRIBUTE if led else ATTRIBUTE - 0.6
    if word in SAID and spot.fame < FAMOUS:
        return -1.5
    return 0.3 if word in ("'s", "’s") and spot.first else 0.0


def _followed_by_name(spot: Spot, token: Token) -> float:
    if token.text in INSTITUTION_AFTER:
        spot.institution = True
        return INSTITUTION
    if token.text in NAME_AFTER:
        return -3.0
    return -0.4 if spot.fame >= FAMOUS else FOLLOWED


def _bar(spot: Spot) -> None:
    """Bar what is a person's name, a newspaper, a team or a firm."""
    tokens, first, last = spot.sentence.tokens, spot.first, spot.last
    following = tokens[last] if last < spot.run[1] else None
    if spot.sentence.case == "normal" and following is not None and following.text in NAME_AFTER:
        spot.barred = spot.form in ("name", "short", "adjective")
    if spot.form in ("street", "nature", "short"):
        return
    if last < len(tokens) and (tokens[last].lower in PERSON_AFTER or tokens[last].text == "$"):
        spot.barred = True
    if last < len(tokens) and spot.key.startswith("saint ") and tokens[last].lower in ("'s", "’s"):
        spot.barred = True  # "St. Paul's"
    before = tokens[first - 1] if first else None
    if before is None or before.text in CLEARED_BEFORE:
        return
    if before.text in MEDIA_BEFORE and spot.form == "name":
        spot.barred = True
    is_title = before.lower in TITLES and (before.text[0].isupper() or before.text.endswith("."))
    if is_title and spot.form != "adjective" and (following is None or following.text not in INSTITUTION_AFTER):
        spot.barred = True
    elif first > spot.run[0] and spot.form == "name" and spot.sentence.case == "normal":
        _bar_after_name(spot, before)


def _bar_after_name(spot: Spot, before: Token) -> None:
    initial = len(before.text) == 2 and before.text[1] == "." and spot.fame < FAMOUS
    if before.text in GIVEN_NAMES or initial:
        spot.barred = True
    elif before.lower not in DIRECTIONS:
        spot.score -= 0.8 if spot.fame >= FAMOUS else 1.8
