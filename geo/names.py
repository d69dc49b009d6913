"""How place names are made comparable. Pure.

A name and a query are folded the same way, so that case, accents, hyphens, apostrophes and the spelling of the Arabic
article make no difference. Whether capitals matter is for the reader of a text to decide, not for the index.
"""

import tomllib
import unicodedata
from functools import lru_cache
from typing import Final

from geo.files import DATA

LETTERS: Final = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ə": "e", "ħ": "h"}
    | dict.fromkeys("'’‘ʻʼʿʾ`´′.\u200c\u200d")
    | dict.fromkeys("-‐‑–—−_/,", " ")
)
AYN: Final = str.maketrans(dict.fromkeys("‘’ʻʼʿʾ"))
ARTICLES: Final = frozenset(
    ["al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ed", "er", "es", "esh", "et", "ez", "ud", "ul", "ur", "us"]
)
FREE_ARTICLES: Final = frozenset({"al", "el"})  # without a hyphen the others are words of other languages
SHORT_FORMS: Final = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
FILE: Final = DATA / "name_parts.toml"
PARTS: Final = tomllib.loads(FILE.read_text(encoding="utf-8"))
GENERIC_LAST: Final = frozenset(PARTS["generic_last"])
GENERIC_FIRST: Final = tuple(f"{start} " for start in PARTS["generic_first"])
TRANSLITERATED: Final = frozenset(PARTS["transliterated"])
OWN_LATIN: Final = frozenset(PARTS["own_latin"])
MARKS: Final = frozenset("\u0304\u0306\u0323\u0327\u0331\u0332")  # macron, breve, dot, cedilla and lines below
SOUNDS: Final = tuple((old, new) for old, new in PARTS["sounds"])


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return the key under which `name` is stored and looked up; empty where nothing is left of it."""
    lowered = name.lower()
    if not lowered.isascii():
        decomposed = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(c for c in decomposed if not unicodedata.combining(c))
    if "-" in lowered:
        lowered = _article_by_hyphen(lowered)
    words = lowered.translate(LETTERS).split()
    if not words:
        return ""
    if words[0] in SHORT_FORMS and len(words) > 1:
        words[0] = SHORT_FORMS[words[0]]
    return " ".join("al" if word in FREE_ARTICLES else word for word in words)


def plain(name: str, country: str | None) -> str:
    """Return a town's name as news writes it: "Jalalabad" for "Jalālābād", where the marks are those of a romanisation alone."""
    if name.isascii() or country not in TRANSLITERATED or country in OWN_LATIN:
        return name
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if c not in MARKS)
    return unicodedata.normalize("NFC", bare.translate(AYN))


def _article_by_hyphen(lowered: str) -> str:
    parts = lowered.split("-")
    for index, part in enumerate(parts[:-1]):
        before, _, last = part.rpartition(" ")
        if last in ARTICLES:
            parts[index] = f"{before} al" if before else "al"
    return " ".join(parts)


def without_article(key: str) -> str:
    """Return a folded name without a leading article, unchanged where it has none."""
    return key[3:] if key.startswith("al ") else key


def without_generic(key: str) -> str:
    """Return the own part of a folded division name: "idlib" of "idlib governorate"; unchanged where there is none."""
    for start in GENERIC_FIRST:
        if key.startswith(start):
            return key.removeprefix(start)
    first, _, last = key.rpartition(" ")
    if first and last in GENERIC_LAST:
        return without_generic(first)
    return key


def own_part(division: str) -> str:
    """Return a division's name as people say it beside a town's: "Ohio", "Idlib" of "Idlib Governorate"."""
    words = division.split()
    while len(words) > 1 and words[-1].lower() in GENERIC_LAST:
        words.pop()
    return " ".join(words)


def skeleton(key: str) -> str:
    """Return a folded name cut down to what survives another way of writing Arabic, Persian, Pashto or Cyrillic in Latin letters.

    "deir al zour", "dayr al zawr" and "deir ezzor" come out alike. Only for names that are not found as written.
    """
    text = key.replace(" al ", " ").removeprefix("al ").replace(" ", "")
    for old, new in SOUNDS:
        text = text.replace(old, new)
    letters = [text[:1], *(c for c in text[1:] if c not in "aeiouywh")]
    return "".join(c for index, c in enumerate(letters) if index == 0 or c != letters[index - 1])
