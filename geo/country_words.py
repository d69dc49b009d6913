"""Countries: their points, adjectives, people and other names, from geo/data/countries.tsv. Pure."""

from dataclasses import dataclass
from functools import lru_cache

from geo.files import DATA

FILE = DATA / "countries.tsv"


@dataclass(frozen=True, slots=True)
class Country:
    """One country: ISO 3166-1 alpha-2 code, point in degrees, and the words that point to it."""

    code: str
    lat: float
    lon: float
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    names: tuple[str, ...]


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Return all countries by code."""
    found = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        code, lat, lon, *lists = [*line.split("\t"), "", "", ""][:6]
        adjectives, people, names = (tuple(filter(None, part.split("|"))) for part in lists)
        found[code] = Country(code, float(lat), float(lon), adjectives, people, names)
    return found


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Return the country code of each adjective and people's name, as written ("Syrian", "Syrians", "Danes")."""
    found: dict[str, str] = {}
    for country in countries().values():
        for word in country.adjectives:
            found.setdefault(word, country.code)
            if word[-1] in "nicbektrg" and "." not in word and len(word) > 2 and not word.endswith("ic"):
                found.setdefault(word + "s", country.code)
        for word in country.people:
            found.setdefault(word, country.code)
    return found
