"""How many of some incidents have each distinct value, counted when it is first asked for. Pure.

Those of all incidents are kept up with every change of the copy, so that what is asked without a filter needs no counting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from incidents.columns import kernels
from incidents.columns.growing import SPARE, Codes, Rows, Whole
from incidents.columns.tables import Tables
from incidents.extraction.values import FAMILIES

if TYPE_CHECKING:
    from incidents.columns.held import Held


@dataclass(frozen=True, slots=True)
class Stack:
    """Parts of a sum, in order: their key in answers, the column that tells them, the part of each of its distinct values."""

    name: str
    parts: tuple[str, ...]
    column: str
    of: Callable[[Tables], Codes]


def _families(tables: Tables) -> Codes:
    return tables.kind.in_order("family", tuple(FAMILIES))


def _placed(tables: Tables) -> Codes:
    return tables.kind.in_order("placed", ("0", "1"))


FAMILY = Stack("families", tuple(FAMILIES), "kind", _families)
PLACED = Stack("placed", ("0", "1"), "kind", _placed)
STATED = ("best", "low")  # figures of an outcome, the first known of which is its number of people
Of = Stack | tuple[str] | str | None
Key = tuple[str, Of]
Sums = dict[Key, Whole]


class Tallies:
    """Sums over `rows`, one line for each distinct value of a column; those that are kept are given: they are asked for again."""

    def __init__(self, held: "Held", rows: Callable[[], Rows], kept: Sums | None = None) -> None:
        self._held, self._rows, self._kept = held, rows, kept is not None
        self.sums: Sums = {} if kept is None else kept

    @property
    def nbytes(self) -> int:
        return sum(sums.nbytes for sums in self.sums.values())

    def counts(self, column: str) -> Whole:
        """Return the number of incidents with each value."""
        return self._sum((column, None))

    def by(self, column: str, stack: Stack) -> Whole:
        """Return the same one column for each part of the stack."""
        return self._sum((column, stack))

    def people(self, column: str, outcome: str) -> Whole:
        """Return the people with an outcome as STATED, and how many incidents state them."""
        return self._sum((column, (outcome,)))

    def bounds(self, column: str, outcome: str) -> Whole:
        """Return the people with an outcome by low, best and high, and how many incidents state them."""
        return self._sum((column, outcome))

    def in_groups(self, column: str, group: Codes, size: int) -> tuple[Whole, Whole]:
        """Return the incidents by family, and the killed who are stated, of each group of a column's values."""
        out = np.zeros((size, len(FAMILY.parts)), np.int64), np.zeros((size, 2), np.int64)
        if self._kept:
            every = np.ones(len(group), np.bool_)
            kernels.together(group, every, self.by(column, FAMILY), 0, out[0])
            kernels.together(group, every, self.people(column, "killed"), 0, out[1])
            return out
        tables, codes = self._held.tables, self._held.column
        kernels.sum_by_group(
            self._rows(), codes(column), group, codes("kind"), FAMILY.of(tables), codes("toll"),
            tables.toll.first_known("killed", *STATED), *out,
        )  # fmt: skip
        return out

    def change(self, rows: Rows, by: int) -> None:
        """Take rows in (1) or out (-1) again of every sum there is."""
        if len(rows):
            for key in self.sums:
                self._add(key, rows, by)

    def _sum(self, key: Key) -> Whole:
        if key not in self.sums:
            of = key[1]
            self.sums[key] = np.zeros((0, *_wide(of)), np.int64)
            self._add(key, self._rows(), 1)
        return self._long_enough(key)

    def _long_enough(self, key: Key) -> Whole:
        sums, needed = self.sums[key], len(self._held.tables[key[0]])
        if len(sums) < needed:
            grown = np.zeros((int(needed * SPARE) + 16, *sums.shape[1:]), np.int64)
            grown[: len(sums)] = sums
            sums = self.sums[key] = grown
        return sums[:needed]

    def _add(self, key: Key, rows: Rows, by: int) -> None:
        column, of = key
        held, out, codes = self._held, self._long_enough(key), self._held.column(column)
        if isinstance(of, Stack):
            kernels.count_in(rows, codes, held.column(of.column), of.of(held.tables), by, out)
        elif isinstance(of, str):
            kernels.add_up_bounds(rows, codes, held.column("toll"), held.tables.toll.bounds(of), by, out)
        elif of:
            kernels.add_up(rows, codes, held.column("toll"), held.tables.toll.first_known(of[0], *STATED), by, out)
        else:
            kernels.count(rows, codes, by, out)


def _wide(of: Of) -> tuple[int, ...]:
    """Return how many sums stand in a line."""
    match of:
        case None:
            return ()
        case Stack():
            return (len(of.parts),)
        case str():
            return (4,)
    return (2,)
