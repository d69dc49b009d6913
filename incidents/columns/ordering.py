"""Pages of a list: the first so many of the rows chosen, in any of the orders."""

from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

import numpy as np

from incidents.columns import kernels
from incidents.columns.choosing import Chosen
from incidents.columns.growing import Codes, Rows, Whole
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
    last = None if after is None else (_key(order, after.value), after.id)

    def work() -> list[int]:
        codes, values = _sorted_by(chosen, order)
        ids = chosen.held.ids.values
        return kernels.top(chosen.rows(), codes, values, ids, skip + size, rising=order == "oldest", last=last)

    return chosen.once(("page", order, skip + size, last), work)[skip:]


def most_reported(chosen: Chosen, rows: Rows, size: int) -> list[int]:
    """Return the ids of those of the rows with the most origins."""
    codes, values = _sorted_by(chosen, "origins")
    return kernels.top(rows, codes, values, chosen.held.ids.values, size)


def _sorted_by(chosen: Chosen, order: str) -> tuple[Codes | None, Whole]:
    """Return the codes of what is sorted by and what they stand for, the greatest first; without codes it is each row's own."""
    held, tables = chosen.held, chosen.held.tables
    match order:
        case "date":
            return held.column("when"), tables.when.day.values.astype(np.int64)
        case "oldest":
            days = tables.when.day.values.astype(np.int64)
            return held.column("when"), np.where(days == NO_DAY, NO_DAY, -days)
        case "killed":
            return held.column("toll"), tables.toll.first_known("killed", "best")
        case "origins":
            origins = held.origins.values
            return origins, np.arange(origins.max(initial=0) + 1, dtype=np.int64)
        case "changed":
            return None, held.changed.values
        case "worth":
            return None, held.worth.values
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
