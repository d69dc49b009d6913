"""People of a text: their last names, so that "Jordan" after "Michael Jordan" is no country, and the names that are people's."""

from typing import Final

from geo.names import fold
from incidents.extraction.lexicons import words
from incidents.extraction.parties import group_after
from incidents.extraction.people import noun_of
from incidents.extraction.place_spots import Spot
from incidents.extraction.place_words import (
    CLEARED_BEFORE,
    DIVISION_NAMES,
    GIVEN_NAMES,
    INSTITUTION_AFTER,
    NAME_AFTER,
    NATURE_AFTER,
    SITE_AFTER,
    STREET_AFTER,
    TITLES,
)
from incidents.extraction.tokens import Sentence, Token

Run = tuple[int, int]  # index of the sentence, first token
NO_SURNAME: Final = INSTITUTION_AFTER | NAME_AFTER | SITE_AFTER | NATURE_AFTER | STREET_AFTER | DIVISION_NAMES
DONE_TO_PEOPLE: Final = words("place_person_verbs")
BE: Final = frozenset(("was", "is", "were", "been", "being", "has", "had"))
LONGEST_PERSON: Final = 3  # words
OLDEST: Final = 110
AFTER_AGE: Final = frozenset((",", ")", ".", ";", "of", "from", "and", "who", "was", "were", "both"))


def people(spots_of_text: list[Spot]) -> tuple[set[str], set[Run]]:
    """Return the last names of the people of a text, and the runs of name words that are one person's name."""
    surnames: set[str] = set()
    persons: set[Run] = set()
    whole = {
        (spot.sentence.index, spot.run[0]) for spot in spots_of_text if spot.last - spot.first > 1 and spot.last == spot.run[1]
    }
    seen: set[Run] = set()
    for spot in spots_of_text:
        run = (spot.sentence.index, spot.run[0])
        if run not in seen:
            seen.add(run)
            tokens, normal = spot.sentence.tokens[spot.run[0] : spot.run[1]], spot.sentence.case == "normal"
            surnames |= surnames_in(tokens, normal=normal)
            if normal and run not in whole and is_person(spot.sentence, *spot.run):
                persons.add(run)
                surnames.add(tokens[-1].text)
    return surnames, persons


def surnames_in(tokens: list[Token], *, normal: bool) -> set[str]:
    """Return the last names in one run of name words."""
    if not normal or len(tokens) < 2:
        return set()
    found: set[str] = set()
    for number, token in enumerate(tokens[:-1]):
        following = tokens[number + 1].text
        if token.lower in TITLES and token.text[-1] == ".":
            found.add(tokens[-1].text)
        elif token.text in GIVEN_NAMES and following[0].isupper() and following not in INSTITUTION_AFTER:
            found.update(part.text for part in tokens[number + 1 : number + 3] if part.text[0].isupper())
            break
    return {name for name in found if fold(name) and len(name) > 2}


def is_person(sentence: Sentence, first: int, last: int) -> bool:
    """Whether what follows a run of two or three name words says that it is a person: an age, an office, what befalls people."""
    tokens = sentence.tokens
    while first < last and tokens[first].text in CLEARED_BEFORE:
        first += 1
    names = tokens[first:last]
    if not 1 < len(names) <= LONGEST_PERSON or any(not token.text[0].isupper() or token.text.isupper() for token in names):
        return False
    if any(token.text in NO_SURNAME for token in names):
        return False
    after = sentence.lowers[last : last + 3]
    if after[:1] in ([","], ["("]):
        return _is_age(after[1:]) or (after[0] == "," and _is_office(sentence, last + 1))
    if after[:2] in (["and", "his"], ["and", "her"]):
        return True
    place = last
    while place < len(tokens) and tokens[place].lower in BE:
        place += 1
    return place > last and place < len(tokens) and tokens[place].lower in DONE_TO_PEOPLE


def _is_age(after: list[str]) -> bool:
    """Whether a number stands alone between commas or in brackets, unlike that of "Rionegro Municipality, 40 km from"."""
    return len(after) == 2 and after[0].isdigit() and len(after[0]) < 4 and int(after[0]) <= OLDEST and after[1] in AFTER_AGE


def _is_office(sentence: Sentence, place: int) -> bool:
    """Whether an apposition says what somebody is: ", a security guard,", ", the governor's aide,"."""
    if place >= len(sentence.tokens) or sentence.tokens[place].tag not in ("DT", "PRP$", "CD", "JJ", "NN"):
        return False
    party = group_after(sentence, place)
    if party is None or sentence.tokens[party.head].tag not in ("NN", "NNS"):
        return False
    noun = noun_of(sentence.tokens[party.head])
    return noun is not None and not noun[1]
