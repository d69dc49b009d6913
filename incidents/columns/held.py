"""The copy itself: a row for each incident, in columns of numbers that stand for distinct values. Pure."""

import weakref
from typing import TYPE_CHECKING, Any

import numpy as np

from incidents.columns import kernels
from incidents.columns.growing import Codes, Growing, Rows, Whole
from incidents.columns.reading import Batch
from incidents.columns.tables import COLUMNS, Tables
from incidents.columns.tallies import FAMILY, PLACED, Sums, Tallies
from incidents.columns.words import Words

if TYPE_CHECKING:
    from incidents.columns.choosing import Chosen

LONG_RUN = 10_000  # incidents from which on a batch of new ones gets postings of its own


class Held:
    """Incidents in columns. Rows keep their number; an incident that is gone or not visible has the kind 0."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.ids: Growing[np.int64] = Growing(np.int64)
        self.codes: dict[str, Growing[np.int32]] = {name: Growing(np.int32) for name in COLUMNS}
        self.origins: Growing[np.int32] = Growing(np.int32)
        self.changed: Growing[np.int64] = Growing(np.int64)  # microseconds since 1970
        self.worth: Growing[np.int64] = Growing(np.int64)  # of a look, in ten-thousandths of a bit; 0 for what does not wait
        self.words = Words()
        self._sorted = 0  # so many rows from the first have ascending ids; later ones are found in _late
        self._late: dict[int, int] = {}
        self._answer({}, {})

    def _answer(self, visible: Sums, news: Sums) -> None:
        me: Held = weakref.proxy(self)  # no circle: a copy that is replaced frees its memory at once
        self.visible = Tallies(me, lambda: kernels.select(me.column("kind"), me.tables.kind.visible()), visible)
        self.news = Tallies(me, lambda: kernels.select(me.column("kind"), me.tables.kind.news()), news)
        self.chosen: dict[str, Chosen] = {}  # what was asked of the copy as it stands (choosing.py)

    def __getstate__(self) -> dict[str, Any]:
        """Say what is kept on disk together; the words are kept apart (keeping.py)."""
        state = self.__dict__ | {"visible": self.visible.sums, "news": self.news.sums}
        del state["chosen"], state["words"]
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        visible, news = state.pop("visible"), state.pop("news")
        self.__dict__ |= state
        self._answer(visible, news)

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, name: str) -> Codes:
        return self.codes[name].values

    def of(self, name: str, rows: Rows | None, values: Any) -> Any:
        """Return the value each of the rows has (None: all rows), of values given for each distinct one."""
        codes = self.column(name)
        return np.take(values, codes if rows is None else codes[rows])

    def apply(self, batch: Batch) -> None:
        """Take in the incidents of a batch, known ones and new ones."""
        self.chosen.clear()
        rows = self.rows_of(batch.ids)
        known = np.flatnonzero(rows >= 0)
        new = np.flatnonzero(rows < 0)
        first = len(self)
        self._tally(rows[known], -1)
        self._replace(rows[known], known, batch)
        self._add(new, batch)
        self._tally(np.concatenate([rows[known], np.arange(first, len(self), dtype=np.int32)]), 1)

    def drop(self, ids: Whole) -> None:
        """Hide incidents that are no more."""
        self.chosen.clear()
        rows = self.rows_of(ids)
        rows = rows[rows >= 0]
        self._tally(rows, -1)
        self.column("kind")[rows] = 0

    def rows_of(self, ids: Whole) -> Rows:
        """Return each incident's row, -1 where it has none."""
        known = self.ids.values[: self._sorted]
        found, rows = np.searchsorted(known, ids), np.full(len(ids), -1, np.int64)
        inside = np.flatnonzero(found < len(known))
        inside = inside[known[found[inside]] == ids[inside]]
        rows[inside] = found[inside]
        if self._late:
            rows = np.array([self._late.get(int(each), row) for each, row in zip(ids, rows, strict=True)], np.int64)
        return rows.astype(np.int32)

    def settle(self) -> None:
        """Join the words, and count of all incidents what filters, map, timeline and options need: no question waits for it."""
        self.words.join()
        for tallies in (self.visible, self.news):
            for column in COLUMNS:
                tallies.counts(column)
            for column, stack in (("spot", FAMILY), ("when", FAMILY), ("region", PLACED)):
                tallies.by(column, stack)
            tallies.people("spot", "killed")
        self.tables.spot.in_order()

    def _tally(self, rows: Rows, by: int) -> None:
        """Take rows in (1) or out (-1) of what is counted of all incidents."""
        kinds = self.tables.kind
        for tallies, wanted in ((self.visible, kinds.visible()), (self.news, kinds.news())):
            tallies.change(kernels.narrow(rows, self.column("kind"), wanted), by)

    def _replace(self, rows: Rows, positions: Whole, batch: Batch) -> None:
        for name in COLUMNS:
            self.column(name)[rows] = batch.codes[name][positions]
        self.origins.values[rows] = batch.origins[positions]
        self.changed.values[rows] = batch.changed[positions]
        self.worth.values[rows] = batch.worth[positions]
        self._change_words(rows, positions, batch)

    def _add(self, positions: Whole, batch: Batch) -> None:
        first = len(self)
        for name in COLUMNS:
            self.codes[name].extend(batch.codes[name][positions])
        self.origins.extend(batch.origins[positions])
        self.changed.extend(batch.changed[positions])
        self.worth.extend(batch.worth[positions])
        ids = batch.ids[positions]
        self.ids.extend(ids)
        self._number(first, ids)
        if len(positions) == len(batch) >= LONG_RUN:
            self.words.add_run(first, batch.lexemes)
        else:
            self._change_words(np.arange(first, len(self), dtype=np.int32), positions, batch)

    def _number(self, first: int, ids: Whole) -> None:
        """Remember where the new rows are: in order as long as ids ascend."""
        last = self.ids.values[first - 1] if first else -1
        if self._sorted == first and (not len(ids) or (ids[0] > last and bool(np.all(ids[1:] > ids[:-1])))):
            self._sorted = len(self)
        else:
            self._late |= {int(each): first + n for n, each in enumerate(ids)}

    def _change_words(self, rows: Rows, positions: Whole, batch: Batch) -> None:
        for row, position in zip(rows.tolist(), positions.tolist(), strict=True):
            self.words.change(row, batch.lexemes.of(position))
