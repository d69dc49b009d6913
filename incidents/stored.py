"""Incidents as lists and programs show them: read by a prepared statement into plain rows, many times faster than as objects."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

import orjson

from incidents import prepared


class Stored(NamedTuple):
    """One incident; the fields are columns of its table, in this order. What is JSON is read when it is asked for."""

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
    time_of_day: time | None
    place_id: str | None
    place_name: str
    place_precision: str
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    killed_best: int | None
    totals_json: str
    actors_json: str
    article_count: int
    origin_count: int
    review_status: str
    version: int
    created_at: datetime
    changed_at: datetime
    day: date | None
    merged_into_id: int | None
    deleted_at: datetime | None
    deleted_reason: str

    @property
    def pk(self) -> int:
        return self.id

    @property
    def number(self) -> str:
        return f"I-{self.id}"

    @property
    def totals(self) -> dict[str, dict[str, Any]]:
        return orjson.loads(self.totals_json) if self.totals_json != "{}" else {}

    @property
    def actors(self) -> list[dict[str, Any]]:
        return orjson.loads(self.actors_json) if self.actors_json != "[]" else []

    @property
    def stands(self) -> bool:
        """Whether it is neither merged into another nor deleted."""
        return self.merged_into_id is None and self.deleted_at is None


NAMES = [f"i.{name.removesuffix('_json')}" for name in Stored._fields]
COLUMNS = ", ".join(f"{name}::text" if name in ("i.totals", "i.actors") else name for name in NAMES)
BY_ID = f"SELECT {COLUMNS} FROM incidents_incident AS i WHERE i.id = ANY(%s::bigint[])"  # noqa: S608 -- our own names


def one(number: int) -> Stored | None:
    """Return the incident of this number, whether or not it stands; None where there never was one."""
    found = prepared.rows(BY_ID, ([number],))
    return Stored._make(found[0]) if found else None


def in_order(numbers: Collection[int]) -> Sequence[Stored]:
    """Return the incidents of these numbers in this order; those that no longer stand are left out."""
    rows = map(Stored._make, prepared.rows(BY_ID, (list(numbers),)))
    found = {row.id: row for row in rows if row.stands}
    return [found[number] for number in numbers if number in found]
