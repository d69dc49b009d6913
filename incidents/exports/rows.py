"""What an exported row is made from: one incident as the database writes it, with the sources that report it.

Values stay the database's own text (COPY's, in UTC) until a format asks for more: most files hold text, and a million incidents
have thirty million values. incidents/exports/cells.py reads them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import orjson
from django.conf import settings

Json = dict[str, Any]
NULL = "\\N"
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class Fetched(NamedTuple):
    """One incident; the fields up to `sources` are columns of its table, in this order, as text; None is not known."""

    id: str
    headline: str
    type: str
    family: str
    stage: str
    background: str  # t or f
    confidence: str
    earliest: str | None
    latest: str | None
    date_precision: str
    date_basis: str
    time_of_day: str | None
    place_id: str | None
    place_name: str
    place_precision: str
    country: str
    admin1: str
    lat: str | None
    lon: str | None
    radius_km: str | None
    totals: dict[str, Json]
    actors: list[Json]
    article_count: str
    origin_count: str
    review_status: str
    version: str
    created_at: str
    changed_at: str
    sources: str  # by number in the table; by name, parted by semicolons, here
    url: str

    @property
    def number(self) -> str:
        return f"I-{self.id}"

    def total(self, outcome: str) -> Json:
        """Return {"low", "best", "high"} of an outcome, {} where nobody states it."""
        return self.totals.get(outcome) or {}

    def named(self, role: str) -> str:
        """Return the actors in a role, "A; B"."""
        return "; ".join([actor["name"] for actor in self.actors if actor["role"] == role])


COLUMNS = Fetched._fields[: Fetched._fields.index("sources") + 1]
TOTALS, ACTORS = COLUMNS.index("totals"), COLUMNS.index("actors")


def fetched(lines: Iterable[str], names: Mapping[str, str], base: str) -> Iterator[Fetched]:
    """Yield a row for each line of COPY; `names` are the sources', `base` is the desk's address ("https://desk.example")."""
    for line in lines:
        cells: list[Any] = line.split("\t")
        if "\\" in line:
            cells = [None if cell == NULL else ESCAPED.sub(_unescaped, cell) if "\\" in cell else cell for cell in cells]
        cells[TOTALS] = orjson.loads(cells[TOTALS]) if cells[TOTALS] != "{}" else {}
        cells[ACTORS] = orjson.loads(cells[ACTORS]) if cells[ACTORS] != "[]" else []
        cells[-1] = "; ".join(sorted([names[source] for source in cells[-1][1:-1].split(",") if source in names]))
        cells.append(f"{base}/incidents/{cells[0]}/")
        yield Fetched._make(cells)


def _unescaped(match: re.Match[str]) -> str:
    return ESCAPES.get(match[1], match[1])


def licence() -> dict[str, str]:
    """Return what the operator says of the use of the data."""
    return {"name": settings.LICENCE_NAME, "url": settings.LICENCE_URL, "attribution": settings.ATTRIBUTION}
