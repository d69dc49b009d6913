"""Pages of a list: the first so many of the rows chosen, in any of the orders."""

from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

import numpy as np

from incidents.columns.choosing import Chosen
from incidents.columns.growing import Rows, Whole
from incidents.columns.masks import number_of
from incidents.columns.tables import NO_DAY, NONE

UNIX = datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017


@dataclass(frozen=True, slots=True)
class Last:
    """Where a page ended: the value its last row is sorted by (None: unknown), and its id."""

    value: Any
    id: int


def page(chosen: Chosen, order: str, size: int, *, skip: int = 0, after: Last | None = None) -> list[int]:
    """Return the ids of a page: after a row, or after so many. Unknown values come last in every order."""
    rows = chosen.rows()
    keys, ids = _keys(chosen, order, rows), chosen.held.ids.values[rows]
    if order == "oldest":
        ids = -ids
    if after is not None:
        key, number = _key(order, after.value), -after.id if order == "oldest" else after.id
        beyond = (keys < key) | ((keys == key) & (ids < number))
        keys, ids = keys[beyond], ids[beyond]
    return [abs(int(number)) for number in first(keys, ids, skip + size)[skip:]]


def first(keys: Whole, ids: Whole, number: int) -> Whole:
    """Return the first ids, those with the greatest keys first; among equal keys those with the greatest ids."""
    if number < len(keys):
        least = np.partition(keys, len(keys) - number)[len(keys) - number]
        above, equal = np.flatnonzero(keys > least), np.flatnonzero(keys == least)
        missing = number - len(above)
        if missing < len(equal):
            equal = equal[np.argpartition(ids[equal], len(equal) - missing)[len(equal) - missing :]]
        kept = np.concatenate([above, equal])
        keys, ids = keys[kept], ids[kept]
    return ids[np.lexsort((ids, keys))[::-1]]


def _keys(chosen: Chosen, order: str, rows: Rows) -> Any:
    """Return what the rows are sorted by, the greatest first."""
    held, tables = chosen.held, chosen.held.tables
    match order:
        case "date":
            return chosen.of("when", tables.when.day.values)
        case "oldest":
            return chosen.of("when", np.where(tables.when.day.values == NO_DAY, NO_DAY, -tables.when.day.values))
        case "killed":
            return chosen.of("toll", tables.toll.best.values)
        case "origins":
            return held.origins.values[rows]
        case "changed":
            return held.changed.values[rows]
    raise KeyError(order)


def _key(order: str, value: Any) -> int:
    """Return what a row with this value is sorted by."""
    if isinstance(value, datetime):
        since = value - UNIX
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    if isinstance(value, date):
        return -number_of(value) if order == "oldest" else number_of(value)
    if value is None:
        return NONE if order == "killed" else NO_DAY
    return int(value)
