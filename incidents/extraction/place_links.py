"""How a place is tied to an act in its sentence: the word that governs it, and what that word says about precision.

A place governed by "in", "at" or "near" is where the act was; "from X", "the president of X", "police in X said" are weaker; "an
X-based group" is not a place of the act at all.
"""

import tomllib
from typing import Final, Literal, NamedTuple

from incidents.extraction.lexicons import FOLDER
from incidents.extraction.numbers import cardinal
from incidents.extraction.place_spots import heads_line
from incidents.extraction.tokens import Token
from incidents.extraction.toponyms import ToponymMention

_LISTS = {name: frozenset(words) for name, words in tomllib.loads((FOLDER / "place_links.toml").read_text("utf-8")).items()}
LOCATIVE: Final = _LISTS["locative"]
WEAKER: Final = _LISTS["weaker"]
LEAVING: Final = _LISTS["leaving"]
PASSED: Final = _LISTS["passed"]
HEADS: Final = _LISTS["heads"]
NEAR: Final = _LISTS["near"]
CLOSE: Final = _LISTS["close"]
UNITS: Final = _LISTS["units"]
PEOPLE: Final = _LISTS["people"]
DIRECTIONS: Final = _LISTS["directions"]
BORDERS: Final = _LISTS["borders"]
SPEAKERS: Final = _LISTS["speakers"]
Tie = Literal["locative", "object", "modifier", "weaker", "leaving", "owner", "loose"]
KM_IN_MILE: Final = 1.609
NEAR_KM: Final = 25.0
OUTSKIRTS_KM: Final = 10.0
LONGEST_PHRASE: Final = 9  # tokens between the governing word and the name: what stands farther off governs something else


class Link(NamedTuple):
    """The tie of one mention: its governing word, where the whole phrase starts, and what the phrase says.

    `radius_km` is set for "near X" and "20 miles north of X"; `direction` for "northern X"; `border` for "the border with X".
    """

    tie: Tie
    start: int
    radius_km: float | None = None
    direction: int | None = None
    border: bool = False
    speaker: bool = False
    beside: bool = False  # after another name, which it helps to find: "Salta, 40 km from Lima"


def link_of(tokens: list[Token], mention: ToponymMention, act: int = -1) -> Link:
    """Return how a mention is tied to its sentence, read from right to left; `act` is the token of the act."""
    first = mention.first
    direction = first - 1 if first and tokens[first - 1].lower in DIRECTIONS else None
    border = _is_border(tokens, first, mention.last)
    if mention.last == act or heads_line(tokens, first, mention.last):  # "the Kabul bombing"
        return Link("locative", first, None, direction, border)
    if mention.last < len(tokens) and tokens[mention.last].lower in PEOPLE:  # "a Kabul man"
        return Link("leaving", first, None, direction, border)
    position = first - 1
    seen: list[str] = []
    while position >= 0 and first - position <= LONGEST_PHRASE:
        word = tokens[position].lower
        if word == "from" and _distance(tokens, position):
            return _at_distance(tokens, position, direction, border=border)
        if word in LOCATIVE:
            return Link("locative", position, _radius(word, seen), direction, border, _speaks(tokens, position, mention.last))
        if word in LEAVING:
            return Link("leaving", position, None, direction, border)
        if word in WEAKER:
            return _weaker(tokens, position, seen, direction, border=border)
        if word == "of":
            kilometres = _distance(tokens, position)
            if kilometres is not None:
                return _at_distance(tokens, position, direction, border=border)
            if not _continues(tokens, position):
                return Link("owner", position, None, direction, border)
        elif word not in PASSED and word not in HEADS and not _is_qualifier(tokens[position]):
            break
        seen.append(word)
        position -= 1
    return Link(_tie_without_preposition(tokens, position, mention), first, None, direction, border)


def _at_distance(tokens: list[Token], position: int, direction: int | None, *, border: bool) -> Link:
    """The link of "30 km from X" and "20 miles north of X"; right after another name it tells where that is."""
    start = position
    while start > 0 and (tokens[start - 1].lower in UNITS | DIRECTIONS or tokens[start - 1].tag in ("CD", "RB", "JJ", "IN")):
        start -= 1
    opened = start > 1 and tokens[start - 1].text in (",", "(") and tokens[start - 2].tag[:3] == "NNP"
    return Link("locative", position, _distance(tokens, position), direction, border, beside=opened)


def _weaker(tokens: list[Token], position: int, seen: list[str], direction: int | None, *, border: bool) -> Link:
    if tokens[position].lower == "to" and position and tokens[position - 1].lower in CLOSE:
        return Link("locative", position - 1, NEAR_KM, direction, border)
    if tokens[position].lower == "with" and any(token.lower in BORDERS for token in tokens[max(0, position - 2) : position]):
        return Link("locative", position, None, direction, border=True)
    return Link("weaker", position, None, direction, border)


def _continues(tokens: list[Token], position: int) -> bool:
    """Whether the "of" at `position` belongs to the phrase of a place: "the town of X"."""
    before = tokens[position - 1].lower if position else ""
    return before in HEADS or before in DIRECTIONS


def _is_qualifier(token: Token) -> bool:
    """Whether a word may stand inside a place's phrase: an adjective, or a nationality."""
    return token.tag.startswith("JJ") or token.tag in ("CD", "NNP", "VBN", "PRP$")


def _distance(tokens: list[Token], position: int) -> float | None:
    """Return the km of "20 miles north of" or "30 km from" that ends at `position`; None where there is no such distance."""
    for place in range(position - 1, max(-1, position - 5), -1):
        word = tokens[place].lower
        if word in UNITS and place:
            number = _number(tokens, place - 1)
            return None if number is None else round(number * (KM_IN_MILE if word.startswith("mi") else 1.0), 1)
        if word not in DIRECTIONS and word not in ("to", "the", "away", "due"):
            return None
    return None


def _number(tokens: list[Token], place: int) -> float | None:
    text = tokens[place].text.replace(",", "")
    if text.replace(".", "", 1).isdigit():
        return float(text)
    value, _ = cardinal(tokens, place)
    return None if value is None else float(value)


def _radius(word: str, seen: list[str]) -> float | None:
    if "outskirts" in seen or "periphery" in seen:
        return OUTSKIRTS_KM
    if word in NEAR or any(part in NEAR for part in seen):
        return NEAR_KM
    return None


def _is_border(tokens: list[Token], first: int, last: int) -> bool:
    after = tokens[last].lower if last < len(tokens) else ""
    if after in BORDERS:
        return True
    return any(token.lower in BORDERS for token in tokens[max(0, first - 4) : first]) and tokens[first - 1].lower in (
        "with",
        "and",
        "of",
        "between",
        "the",
    )


def _speaks(tokens: list[Token], start: int, last: int) -> bool:
    """Whether a speaker stands right before or after the phrase: "a spokesman in X", "officials in X said"."""
    near = tokens[max(0, start - 2) : start] + tokens[last : last + 2]
    return any(token.lower in SPEAKERS for token in near)


def _tie_without_preposition(tokens: list[Token], position: int, mention: ToponymMention) -> Tie:
    after = tokens[mention.last] if mention.last < len(tokens) else None
    if after is not None and after.lower in ("'s", "’s"):
        return "owner"
    if after is not None and after.text == ":" and mention.first == 0:  # heads the entry of a list
        return "locative"
    if position >= 0 and tokens[position].tag.startswith("VB"):
        return "object"
    if after is not None and after.tag.startswith("NN"):
        return "modifier"
    return "loose"
