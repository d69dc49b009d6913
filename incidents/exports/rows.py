"""What an exported row is made from: one incident as the database holds it, with the sources that report it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings

Json = dict[str, Any]
BATCH = 2000  # rows held at once


class Fetched(NamedTuple):
    """One incident; the fields up to `sources` are columns of its table, in this order."""

    id: int
    headline: str
    type: str
    family: str
    stage: str
    background: bool
    confidence: float
    earliest: date | None
    latest: date | None
    date_precision: str
    date_basis: str
    place_id: str | None
    place_name: str
    place_precision: str
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    totals: dict[str, Json]
    actors: list[Json]
    article_count: int
    origin_count: int
    review_status: str
    version: int
    created_at: datetime
    changed_at: datetime
    sources: Sequence[Any]  # by number in the table, by name here
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


def fetched(batches: Iterator[Sequence[Any]], names: Mapping[int, str], base: str) -> Iterator[Fetched]:
    """Yield the rows of each batch; `names` are the sources', `base` is the desk's address ("https://desk.example")."""
    for batch in _ahead(batches):
        for row in batch:
            totals = row[TOTALS]
            yield Fetched._make(
                (
                    *row[:TOTALS],
                    json.loads(totals) if totals != "{}" else {},
                    json.loads(row[ACTORS]),
                    *row[ACTORS + 1 : -1],
                    sorted([names[source] for source in row[-1] if source in names]),
                    f"{base}/incidents/{row[0]}/",
                )
            )


def _ahead(batches: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Yield the batches while the database already looks for the next one."""
    with ThreadPoolExecutor(1, "export") as pool:
        waiting = pool.submit(next, batches, None)
        while (batch := waiting.result()) is not None:
            waiting = pool.submit(next, batches, None)
            yield batch


def licence() -> dict[str, str]:
    """Return what the operator says of the use of the data."""
    return {"name": settings.LICENCE_NAME, "url": settings.LICENCE_URL, "attribution": settings.ATTRIBUTION}
