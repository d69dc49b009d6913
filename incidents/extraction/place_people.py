"""Last names of the people of a text, so that "Jordan" after "Michael Jordan" is taken for no country."""

from geo.names import fold
from incidents.extraction.place_spots import Spot
from incidents.extraction.place_words import GIVEN_NAMES, INSTITUTION_AFTER, TITLES
from incidents.extraction.tokens import Token


def people(spots_of_text: list[Spot]) -> set[str]:
    """Return the last names of the people of a text: what follows a given name or a title somewhere in it."""
    found: set[str] = set()
    seen: set[tuple[int, int]] = set()
    for spot in spots_of_text:
        run = (spot.sentence.index, spot.run[0])
        if run not in seen:
            seen.add(run)
            found |= surnames_in(spot.sentence.tokens[spot.run[0] : spot.run[1]], normal=spot.sentence.case == "normal")
    return found


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
