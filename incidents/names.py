"""The proper names of a report, folded for comparison. Pure.

Two reports of one day and town tell of the same happening when they name the same people, streets or firms.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator

from geo.country_words import demonyms
from incidents.extraction.lexicons import words

MOST = 60
LONGEST = 100
SHARE_OF_CAPITALS = 0.6  # above it the text is written in capitals and says nothing about names
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[^\w\s]")


def fold(word: str) -> str:
    """Return the word in small letters without diacritics and possessive."""
    plain = "".join(part for part in unicodedata.normalize("NFKD", word) if not unicodedata.combining(part))
    return re.sub(r"['’]s?$", "", plain.casefold())


# Words of institutions, titles, dates and peoples: they tell no two reports apart.
COMMON = words("name_common") | {fold(word) for word in demonyms()}


def names_in(text: str, known: Collection[str] = ()) -> list[str]:
    """Return the folded names of two to four words, in reading order, each once; `known` names (places, parties) are left out.

    The last word of a name is given too, marked "*": later in a text a person is called by it alone.
    """
    if _in_capitals(text):
        return []
    without = {fold(name) for name in known}
    found: dict[str, None] = {}
    for run in _sequences(text):
        name = " ".join(run)
        if name in without or len(name) > LONGEST or all(word in COMMON for word in run):
            continue
        found[name] = None
        if run[-1] not in COMMON and run[-1] not in without and len(run[-1]) > 2:
            found[f"*{run[-1]}"] = None
        if len(found) >= MOST:
            break
    return list(found)


def _in_capitals(text: str) -> bool:
    letters = [letter for letter in text[:2000] if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > SHARE_OF_CAPITALS * len(letters)


def _sequences(text: str) -> Iterator[list[str]]:
    """Yield runs of two to four capitalised words, without the common words at their edges."""
    run: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isupper():
            run.append(fold(word))
            continue
        if word == "." and run and len(run[-1]) == 1:
            continue  # an initial
        yield from _trimmed(run)
        run = []
    yield from _trimmed(run)


def _trimmed(run: list[str]) -> Iterator[list[str]]:
    start, end = 0, len(run)
    while start < end and run[start] in COMMON:
        start += 1
    while end > start and run[end - 1] in COMMON and end - start > 2:
        end -= 1
    if 2 <= end - start <= 4:
        yield run[start:end]
