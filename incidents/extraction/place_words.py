"""The words around place names that tell places from people, firms and ordinary words: lexicon/place_*."""

import tomllib
from functools import lru_cache

from incidents.extraction.lexicons import FOLDER, words

_LISTS = tomllib.loads((FOLDER / "place_words.toml").read_text(encoding="utf-8"))


def _set(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name])


STRONG_BEFORE, WEAK_BEFORE = _set("strong_before"), _set("weak_before")
HEADS_OF, HEADS_BEFORE = _set("heads_of"), _set("heads_before")
ADM1_AFTER, ADM2_AFTER, SETTLEMENT_AFTER = _set("adm1_after"), _set("adm2_after"), _set("settlement_after")
DIVISION_AFTER = ADM1_AFTER | ADM2_AFTER | SETTLEMENT_AFTER
NATURE_AFTER, NATURE_BEFORE = _set("nature_after"), _set("nature_before")
STREET_AFTER, STREET_BEFORE = _set("street_after"), _set("street_before")
SITE_AFTER = _set("site_after")
INSTITUTION_AFTER, NAME_AFTER = _set("institution_after"), _set("name_after")
ATTRIBUTIVE_AFTER = _set("attributive_after")
MEDIA_BEFORE, MEANS, ABROAD = _set("media_before"), _set("means"), _set("abroad")
NEVER, SEATS = _set("never"), _set("seats")
DIVISION_NAMES = _set("division_names")
PERSON_AFTER, SAID = _set("person_after"), _set("said")
CLEARED_BEFORE = _set("cleared_before")
QUARTERS = frozenset(("neighborhood", "neighbourhood", "quarter", "suburb", "neighborhoods", "neighbourhoods"))
ORIGIN_ENDINGS = _set("origin_endings")
PARTICLES = _set("particles")
DIRECTIONS = _set("directions")
TITLES = words("person_titles")
GIVEN_NAMES = words("place_given_names")
SURNAMES = words("place_surnames")


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, tuple[str, bool]]:
    """Return abbreviation -> (place id, whether it stands alone as a place)."""
    found = {}
    for line in (FOLDER / "place_abbreviations.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            short, place_id, use = line.split("\t")
            found[short] = (place_id, use == "free")
    return found
