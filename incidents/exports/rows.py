"""What an exported row is made from: one incident as the database holds it, with the sources that report it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from psycopg import Connection

Json = dict[str, Any]
Batch = tuple[Sequence[Any], dict[int, list[str]]]
BATCH = 2000  # rows held at once

SOURCES = """
SELECT e.incident_id, array_agg(DISTINCT s.name ORDER BY s.name) FROM incidents_event e
JOIN sources_article a ON a.id = e.article_id JOIN sources_source s ON s.id = a.source_id
WHERE e.incident_id = ANY(%s) GROUP BY e.incident_id
"""


class Fetched(NamedTuple):
    """One incident; the fields up to `changed_at` are columns of its table, in this order."""

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
    url: str
    sources: Sequence[str]

    @property
    def number(self) -> str:
        return f"I-{self.id}"

    def total(self, outcome: str) -> Json:
        """Return {"low", "best", "high"} of an outcome, {} where nobody states it."""
        return self.totals.get(outcome) or {}

    def named(self, role: str) -> str:
        """Return the actors in a role, "A; B"."""
        return "; ".join([actor["name"] for actor in self.actors if actor["role"] == role])


COLUMNS = Fetched._fields[: Fetched._fields.index("changed_at") + 1]
TOTALS, ACTORS = COLUMNS.index("totals"), COLUMNS.index("actors")


def fetched(connection: Connection[Any], batches: Iterable[Sequence[Any]], base: str, *, sources: bool) -> Iterator[Fetched]:
    """Yield the rows of each batch; `base` is the desk's address ("https://desk.example"), `sources` asks for their names."""
    looked_up = ((batch, _sources(connection, [row[0] for row in batch]) if sources else {}) for batch in batches)
    for batch, names in _ahead(looked_up):
        for row in batch:
            totals = row[TOTALS]
            yield Fetched._make(
                (
                    *row[:TOTALS],
                    json.loads(totals) if totals != "{}" else {},
                    json.loads(row[ACTORS]),
                    *row[ACTORS + 1 :],
                    f"{base}/incidents/{row[0]}/",
                    names.get(row[0], ()),
                )
            )


def _ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """Yield the batches while the database already looks for the next one."""
    with ThreadPoolExecutor(1, "export") as pool:
        waiting = pool.submit(next, batches, None)
        while (batch := waiting.result()) is not None:
            waiting = pool.submit(next, batches, None)
            yield batch


def _sources(connection: Connection[Any], ids: list[int]) -> dict[int, list[str]]:
    return dict(connection.execute(SOURCES, [ids]).fetchall())


def licence() -> dict[str, str]:
    """Return what the operator says of the use of the data."""
    return {"name": settings.LICENCE_NAME, "url": settings.LICENCE_URL, "attribution": settings.ATTRIBUTION}
