"""When two names are of one person."""

from collections.abc import Sequence
from typing import Final

from incidents.extraction.lexicons import words

TITLES: Final = words("person_titles")


def name_words(text: str) -> list[str]:
    """Return the words of a name without titles and ranks: "Senator Galan" is ["Galan"]."""
    return [word for word in text.split() if word[:1].isupper() and word.lower() not in TITLES]


def is_one_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names may be of one person: "Galan" of "Luis Carlos Galan Sarmiento", but not "Ana Diaz" of "Eva Diaz"."""
    short, long = sorted((one, other), key=len)
    if not short:
        return True
    given_apart = len(short) > 1 and short[-1] == long[-1] and short[0][0] != long[0][0]
    return short[-1] in long and not given_apart
