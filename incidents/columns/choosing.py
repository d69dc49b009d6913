"""The incidents a filter leaves, as rows of the copy: for counting, for summing, for pages of a list."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import reduce
from operator import and_, or_
from typing import Any, cast

import numpy as np
from django.db import connection

from incidents.columns import text_query
from incidents.columns.following import current
from incidents.columns.growing import Mask, Rows, Whole
from incidents.columns.held import Held
from incidents.columns.masks import MASKS, Cleaned, active, on_values, without
from incidents.columns.text_query import Node
from incidents.models import SEARCH_CONFIG, Incident
from sources.models import Source

TEXT = "text"
NO_SOURCE = 0  # a source that is not known is none, not no filter
FEW = 5_000  # incidents that are asked for by id where words must follow each other


class Chosen:
    """What stands under a filter in the copy. Use it inside `chosen` alone."""

    def __init__(self, held: Held, asked: Cleaned) -> None:
        self.held = held
        self.asked = asked
        self._masks: dict[str, Mask] = {}
        self._rows: dict[str, Rows] = {}
        self._counts: dict[tuple[str, str], Whole] = {}
        self.columns = [name for name in MASKS if name == "kind" or any(_asks(asked, group) for group in MASKS[name])]
        self.columns += [TEXT] if active(asked, "q") else []

    def rows(self, *, leaving: str = "") -> Rows:
        """Return the rows chosen, as if nothing were asked of the column `leaving`."""
        left_out = leaving if leaving in self.columns else ""
        if left_out not in self._rows:
            masks = [self._mask(name) for name in self.columns if name != left_out]
            masks = masks or [self.held.visible()]
            self._rows[left_out] = np.flatnonzero(reduce(and_, masks))
        return self._rows[left_out]

    def counts(self, column: str, *, but: Collection[str] = ()) -> Whole:
        """Count the incidents with each distinct value of a column, as if the parameters `but`, all its own, asked nothing."""
        leaving = column if but and column in self.columns else ""
        if (column, leaving) not in self._counts:
            codes = self.held.column(column)[self.rows(leaving=leaving)]
            self._counts[column, leaving] = np.bincount(codes, minlength=len(self.held.tables[column]))
        found = self._counts[column, leaving]
        asked_for = on_values(self.held, column, without(self.asked, but)) if but else None
        return found if asked_for is None else np.where(asked_for, found, 0)

    def of(self, column: str, values: Any) -> Any:
        """Return what each row chosen has of values given for each distinct value of the column."""
        return self.held.of(column, self.rows(), values)

    def _mask(self, column: str) -> Mask:
        if column not in self._masks:
            self._masks[column] = self._text() if column == TEXT else self._by_value(column)
        return self._masks[column]

    def _by_value(self, column: str) -> Mask:
        asked_for = on_values(self.held, column, self.asked)
        found: Mask = self.held.of(column, None, cast(Mask, asked_for))
        return found

    def _text(self) -> Mask:
        with connection.cursor() as cursor:
            cursor.execute("SELECT websearch_to_tsquery(%s, %s)::text", [SEARCH_CONFIG, self.asked["q"]])
            tree = text_query.taken_apart(cursor.fetchone()[0])
        size = len(self.held)
        return self._holding(tree) & self.held.words.any(size) if tree else np.zeros(size, np.bool_)

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
            case text_query.Phrase(query, words):
                return self._phrase(query, reduce(and_, (self._holding(word) for word in words), self.held.visible()))

    def _phrase(self, query: str, candidates: Mask) -> Mask:
        """Ask the database which of the candidates hold the words one after the other."""
        ids = self.held.ids.values[candidates]
        text, values = "SELECT id FROM incidents_incident WHERE search @@ %s::tsquery", [query]
        if len(ids) <= FEW:
            text, values = f"{text} AND id = ANY(%s)", [*values, ids.tolist()]
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            holding = np.array([number for (number,) in cursor.fetchall()], np.int64)
        rows = self.held.rows_of(holding)
        found = np.zeros(len(self.held), np.bool_)
        found[rows[rows >= 0]] = True
        return found


def _asks(asked: Cleaned, names: Collection[str]) -> bool:
    return any(active(asked, name) for name in names)


@contextmanager
def chosen(asked: Cleaned, *, but: Collection[str] = ()) -> Iterator[Chosen]:
    """Give the incidents that stand now under the filter's clean values, as if the parameters `but` asked nothing."""
    asked = with_sources(without(asked, but) if but else asked)
    with current() as held:
        yield Chosen(held, asked)


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
