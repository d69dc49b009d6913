"""The incidents a filter leaves, as rows of the copy: for counting, for summing, for pages of a list."""

import weakref
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from functools import reduce
from operator import and_, or_
from typing import Any, TypeVar, cast

import numpy as np

from incidents import prepared
from incidents.columns import kernels, text_query
from incidents.columns.following import current
from incidents.columns.growing import Mask, Rows, Whole
from incidents.columns.held import Held
from incidents.columns.masks import MASKS, Cleaned, active, on_values, without
from incidents.columns.tallies import Tallies
from incidents.columns.text_query import Node
from incidents.models import SEARCH_CONFIG, Incident
from sources.models import Source

TEXT = "text"
NO_SOURCE = 0  # a source that is not known is none, not no filter
MOST, MOST_BYTES = 8, 400_000_000  # questions whose rows are remembered
MOST_WORKED_OUT = 8  # answers to one of them: its first pages, its figures
Done = TypeVar("Done")


class Chosen:
    """What stands under a filter in the copy. Use it inside `chosen` alone."""

    def __init__(self, held: Held, asked: Cleaned) -> None:
        self.held = held
        self.asked = asked
        self._tallies: dict[str, Tallies] = {}
        self._rows: dict[str, Rows] = {}
        self._text_rows: Rows | None = None
        self._worked_out: dict[Hashable, Any] = {}
        self.columns = [name for name in MASKS if name == "kind" or any(_asks(asked, group) for group in MASKS[name])]
        self.columns += [TEXT] if active(asked, "q") else []

    def __len__(self) -> int:
        return len(self._rows[""]) if "" in self._rows else int(self.counts("kind").sum())

    def once(self, key: Hashable, work: Callable[[], Done]) -> Done:
        """Return what a piece of work comes to, of which copy and filter are all it depends on: done once."""
        if key not in self._worked_out:
            if len(self._worked_out) >= MOST_WORKED_OUT:
                self._worked_out.pop(next(iter(self._worked_out)))
            self._worked_out[key] = work()
        found: Done = self._worked_out[key]
        return found

    @property
    def nbytes(self) -> int:
        rows = sum(each.nbytes for each in self._rows.values())
        return rows + sum(each.nbytes for each in self._tallies.values())

    @property
    def asks_for_all(self) -> bool:
        """Say whether what is asked for is counted anyway."""
        return self._of_all("") is not None

    def rows(self, *, leaving: str = "") -> Rows:
        """Return the rows chosen, as if nothing were asked of the column `leaving`."""
        left_out = leaving if leaving in self.columns else ""
        if left_out not in self._rows:
            self._rows[left_out] = self._found(left_out)
        return self._rows[left_out]

    def tallies(self, *, leaving: str = "") -> Tallies:
        """Return what can be counted of them."""
        left_out = leaving if leaving in self.columns else ""
        of_all = self._of_all(left_out)
        if of_all is None and left_out not in self._tallies:
            me = weakref.proxy(self)  # no circle: what is no longer remembered frees its memory at once
            self._tallies[left_out] = Tallies(self.held, lambda: me.rows(leaving=left_out))
        return of_all or self._tallies[left_out]

    def counts(self, column: str, *, but: Collection[str] = ()) -> Whole:
        """Count the incidents with each distinct value of a column, as if the parameters `but`, all its own, asked nothing."""
        found = self.tallies(leaving=column if but else "").counts(column)
        asked_for = on_values(self.held, column, without(self.asked, but)) if but else None
        return found if asked_for is None else np.where(asked_for, found, 0)

    def having(self, column: str, wanted: Mask) -> Rows:
        """Return those of the rows whose value is wanted."""
        if "" in self._rows or not self.asks_for_all:
            return kernels.narrow(self.rows(), self.held.column(column), wanted)
        kind = on_values(self.held, "kind", self.asked)
        return kernels.narrow(kernels.select(self.held.column(column), wanted), self.held.column("kind"), cast(Mask, kind))

    def _of_all(self, left_out: str) -> Tallies | None:
        """Return what is counted of all incidents anyway, where all are asked for."""
        if [name for name in self.columns if name not in ("kind", left_out)]:
            return None
        if left_out == "kind":
            return self.held.visible
        kinds, wanted = self.held.tables.kind, on_values(self.held, "kind", self.asked)
        for tallies, all_of in ((self.held.news, kinds.news()), (self.held.visible, kinds.visible())):
            if np.array_equal(cast(Mask, wanted), all_of):
                return tallies
        return None

    def _found(self, left_out: str) -> Rows:
        """Look where the fewest are first: in every row for one column, then in what that left for the others."""
        wanted = {
            name: cast(Mask, on_values(self.held, name, self.asked)) for name in self.columns if name not in (TEXT, left_out)
        }
        wanted = wanted or {"kind": self.held.tables.kind.visible()}
        in_all = {name: int(self.held.visible.counts(name)[mask].sum()) for name, mask in wanted.items()}
        order = sorted(wanted, key=lambda name: in_all[name])
        if TEXT in self.columns and left_out != TEXT:
            rows = self._holding_text()
        else:
            rows = kernels.select(self.held.column(order[0]), wanted[order.pop(0)])
        for name in order:
            rows = kernels.narrow(rows, self.held.column(name), wanted[name])
        return rows

    def _holding_text(self) -> Rows:
        if self._text_rows is None:
            self._text_rows = kernels.rows_of(self._text())
        return self._text_rows

    def _text(self) -> Mask:
        ((query,),) = prepared.rows("SELECT websearch_to_tsquery(%s::regconfig, %s)::text", (SEARCH_CONFIG, self.asked["q"]))
        tree = text_query.taken_apart(query)
        size = len(self.held)
        return self.held.words.drop_none(self._holding(tree)) if tree else np.zeros(size, np.bool_)

    def _holding(self, node: Node) -> Mask:
        size = len(self.held)
        match node:
            case text_query.Word(word):
                return self.held.words.holding(word, size)
            case text_query.Not(part):
                return ~self._holding(part)
            case text_query.All(parts):
                return reduce(and_, (self._holding(part) for part in parts))
            case text_query.Any(parts):
                return reduce(or_, (self._holding(part) for part in parts))
            case text_query.Phrase(words, distances):
                return self.held.words.following(words, distances, size)


def _asks(asked: Cleaned, names: Collection[str]) -> bool:
    return any(active(asked, name) for name in names)


@contextmanager
def chosen(asked: Cleaned, *, but: Collection[str] = ()) -> Iterator[Chosen]:
    """Give the incidents that stand now under the filter's clean values, as if the parameters `but` asked nothing."""
    asked = with_sources(without(asked, but) if but else asked)
    with current() as held:
        yield _remembered(held, asked)


def _remembered(held: Held, asked: Cleaned) -> Chosen:
    """Return what was found before of the same question, as long as nothing changed: map, list, time and counts ask the same."""
    key = repr(sorted((name, value) for name, value in asked.items() if name != "sort" and value not in (None, "", [])))
    found = held.chosen.pop(key, None) or Chosen(held, asked)
    held.chosen[key] = found  # the latest last
    while len(held.chosen) > MOST or (len(held.chosen) > 1 and sum(each.nbytes for each in held.chosen.values()) > MOST_BYTES):
        held.chosen.pop(next(iter(held.chosen)))
    return found


def with_sources(asked: Cleaned) -> Cleaned:
    """Name the sources by number alone, as the copy has them."""
    if not active(asked, "source"):
        return asked
    numbers = [int(each) for each in asked["source"] if each.isdecimal() and len(each) < 19]
    known = Source.objects.filter(name__in=asked["source"]).values_list("pk", flat=True)
    return asked | {"source": [str(number) for number in {*numbers, *known, NO_SOURCE}]}


def incidents_in_order(ids: Collection[int]) -> list[Incident]:
    """Return the rows of these incidents in this order; those that vanished in between are left out."""
    found = Incident.objects.visible().defer("search").in_bulk(list(ids))
    return [found[number] for number in ids if number in found]
