"""The words around place names that tell places from people, firms and ordinary words: lexicon/place_*."""

import tomllib
from functools import lru_cache
from typing import Final

from incidents.extraction.lexicons import FOLDER, words

_LISTS = tomllib.loads((FOLDER / "place_words.toml").read_text(encoding="utf-8"))


def _set(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name])


STRONG_BEFORE: Final = _set("strong_before")
WEAK_BEFORE: Final = _set("weak_before")
HEADS_OF: Final = _set("heads_of")
HEADS_BEFORE: Final = _set("heads_before")
ADM1_AFTER: Final = _set("adm1_after")
ADM2_AFTER: Final = _set("adm2_after")
SETTLEMENT_AFTER: Final = _set("settlement_after")
DIVISION_AFTER: Final = ADM1_AFTER | ADM2_AFTER | SETTLEMENT_AFTER
NATURE_AFTER: Final = _set("nature_after")
NATURE_BEFORE: Final = _set("nature_before")
STREET_AFTER: Final = _set("street_after")
STREET_BEFORE: Final = _set("street_before")
SITE_AFTER: Final = _set("site_after")
INSTITUTION_AFTER: Final = _set("institution_after")
NAME_AFTER: Final = _set("name_after")
ATTRIBUTIVE_AFTER: Final = _set("attributive_after")
MEDIA_BEFORE: Final = _set("media_before")
MEANS: Final = _set("means")
ABROAD: Final = _set("abroad")
NEVER: Final = _set("never")
SEATS: Final = _set("seats")
DIVISION_NAMES: Final = _set("division_names")
PERSON_AFTER: Final = _set("person_after")
SAID: Final = _set("said")
CLEARED_BEFORE: Final = _set("cleared_before")
QUARTERS: Final = frozenset(("neighborhood", "neighbourhood", "quarter", "suburb", "neighborhoods", "neighbourhoods"))
ORIGIN_ENDINGS: Final = _set("origin_endings")
PARTICLES: Final = _set("particles")
DIRECTIONS: Final = _set("directions")
TITLES: Final = words("person_titles")
GIVEN_NAMES: Final = words("place_given_names")
SURNAMES: Final = words("place_surnames")


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, tuple[str, bool]]:
    """Return abbreviation -> (place id, whether it stands alone as a place)."""
    found = {}
    for line in (FOLDER / "place_abbreviations.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            short, place_id, use = line.split("\t")
            found[short] = (place_id, use == "free")
    return found
