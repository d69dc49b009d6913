"""Which incidents hold which words: for full-text filters. Pure.

The words are the lexemes of the rows' search vectors. Long runs of incidents are kept as postings, sorted by word; what changed
since is kept beside them and stands above them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidents.columns import kernels
from incidents.columns.growing import Codes, Mask, Whole

SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Lexemes:
    """The words of some incidents: `numbers` index `words`, each incident's end at one of `ends`; `none` have no vector."""

    words: list[str]
    numbers: Codes
    ends: Whole
    none: Mask


def lexemes_of(column: pa.LargeStringArray) -> Lexemes:
    """Take texts of lexemes apart; null is no search vector."""
    split = pc.split_pattern(column.fill_null(""), SEPARATOR)
    flat = split.values.dictionary_encode()
    none = column.is_null().to_numpy(zero_copy_only=False)
    return Lexemes(flat.dictionary.to_pylist(), flat.indices.to_numpy(), split.offsets.to_numpy()[1:].astype(np.int64), none)


@dataclass(frozen=True, slots=True)
class Run:
    """Postings of the incidents in rows `first` and following: those of word n are rows[starts[n] : starts[n + 1]] + first."""

    first: int
    rows: Codes
    starts: Whole


class Words:
    """Which rows hold a word. A row that was changed after its run was made is looked up beside the runs alone."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.runs: list[Run] = []
        self.none: set[int] = set()  # rows without a search vector
        self._changed: dict[int, frozenset[str]] = {}
        self._by_word: dict[str, set[int]] = defaultdict(set)

    def add_run(self, first: int, lexemes: Lexemes) -> None:
        """Take in the words of the rows from `first` on."""
        numbers = np.fromiter((self.numbers.setdefault(word, len(self.numbers)) for word in lexemes.words), np.int32)
        words = numbers[lexemes.numbers] if len(lexemes.numbers) else np.empty(0, np.int32)
        lengths = np.diff(lexemes.ends, prepend=lexemes.ends[:1] * 0)
        rows = np.repeat(np.arange(len(lexemes.ends), dtype=np.int32), lengths)
        order = np.argsort(words, kind="stable")
        starts = np.zeros(len(self.numbers) + 1, np.int64)
        np.cumsum(np.bincount(words, minlength=len(self.numbers)), out=starts[1:])
        self.runs.append(Run(first, rows[order], starts))
        self.none.update((np.flatnonzero(lexemes.none) + first).tolist())

    def change(self, row: int, words: frozenset[str] | None) -> None:
        """Replace the words of one row; None where it has no search vector."""
        for word in self._changed.get(row, ()):
            self._by_word[word].discard(row)
        self._changed[row] = words or frozenset()
        for word in self._changed[row]:
            self._by_word[word].add(row)
        (self.none.discard if words is not None else self.none.add)(row)

    def changed(self) -> Iterable[tuple[int, frozenset[str]]]:
        """Return the rows that stand above the runs, with their words."""
        return self._changed.items()

    def holding(self, word: str, rows: int) -> Mask:
        """Return for each row whether it holds the word."""
        found = np.zeros(rows, np.bool_)
        number = self.numbers.get(word)
        for run in self.runs:
            if number is not None and number + 1 < len(run.starts):
                kernels.mark(found, run.rows[run.starts[number] : run.starts[number + 1]], run.first)
        if self._changed:
            found[list(self._changed)] = False
            found[list(self._by_word.get(word, ()))] = True
        return found

    def any(self, rows: int) -> Mask:
        """Return for each row whether it has a search vector."""
        found = np.ones(rows, np.bool_)
        found[list(self.none)] = False
        return found
