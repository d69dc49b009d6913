"""Which incidents hold which words, and where in their texts: for full-text filters. Pure.

The words are the lexemes of the rows' search vectors. Long runs of incidents are kept as postings, sorted by word; what changed
since is kept beside them and stands above them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import pyarrow as pa

from incidents.columns import kernels, word_kernels
from incidents.columns.growing import Codes, Mask, Rows, Whole, paged
from incidents.columns.word_kernels import Places

Text = Mapping[str, Sequence[int]]  # the words of one incident, each with its places in order


@dataclass(frozen=True, slots=True)
class Lexemes:
    """The words of some incidents, one after the other: `numbers` index `words`, each incident's end at one of `ends`.

    A word's places end at its `place_ends`; a word without any stands at 0. `none` have no search vector.
    """

    words: list[str]
    numbers: Codes
    ends: Whole
    places: Places
    place_ends: Whole
    none: Mask

    def of(self, position: int) -> Text | None:
        """Return the words of one of the incidents; None where it has no search vector."""
        if self.none[position]:
            return None
        start = int(self.ends[position - 1]) if position else 0
        found = {}
        for at in range(start, int(self.ends[position])):
            first = int(self.place_ends[at - 1]) if at else 0
            found[self.words[self.numbers[at]]] = self.places[first : self.place_ends[at]].tolist()
        return found


def lexemes_of(column: pa.LargeStringArray) -> Lexemes:
    """Take search vectors apart, as PostgreSQL writes them; null is none."""
    none = column.is_null().to_numpy(zero_copy_only=False)
    column = column.fill_null("")
    _, offsets, data = column.buffers()
    first, last = column.offset, column.offset + len(column)
    bounds = np.frombuffer(offsets, np.int64)[first : last + 1]
    signs = np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]] if data is not None else np.empty(0, np.uint8)
    size = len(signs)  # no vector has more words or places than signs
    text, word_ends, row_ends = np.empty(size, np.uint8), np.empty(size // 3 + 1, np.int64), np.empty(len(column), np.int64)
    places, place_ends = np.empty(size, np.uint16), np.empty(size // 3 + 1, np.int64)
    ends = bounds[1:] - bounds[0]
    words, found = word_kernels.take_apart(signs.copy(), ends, text, word_ends, row_ends, places, place_ends)
    starts = np.concatenate([[0], word_ends[:words]])
    flat = pa.LargeStringArray.from_buffers(words, pa.py_buffer(starts), pa.py_buffer(text)).dictionary_encode()
    numbers = flat.indices.to_numpy()
    return Lexemes(flat.dictionary.to_pylist(), numbers, row_ends, places[:found].copy(), place_ends[:words].copy(), none)


@dataclass(frozen=True, slots=True)
class Run:
    """Postings of the incidents in rows `first` and following, one for each place of a word: those of word n are
    rows[starts[n] : starts[n + 1]] + first, ascending, at the places of the same numbers.
    """

    first: int
    rows: Codes
    places: Places
    starts: Whole

    def of(self, number: int | None) -> tuple[Rows, Places]:
        """Return the postings of a word."""
        if number is None or number + 1 >= len(self.starts):
            return self.rows[:0], self.places[:0]
        one = slice(self.starts[number], self.starts[number + 1])
        return self.rows[one], self.places[one]


class Words:
    """Which rows hold a word. A row that was changed after its run was made is looked up beside the runs alone."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.runs: list[Run] = []
        self.none: set[int] = set()  # rows without a search vector
        self._changed: dict[int, Text] = {}
        self._by_word: dict[str, set[int]] = defaultdict(set)

    def add_run(self, first: int, lexemes: Lexemes) -> None:
        """Take in the words of the rows from `first` on."""
        numbers = np.fromiter((self.numbers.setdefault(word, len(self.numbers)) for word in lexemes.words), np.int32)
        words = numbers[lexemes.numbers] if len(lexemes.numbers) else np.empty(0, np.int32)
        rows = np.repeat(np.arange(len(lexemes.ends), dtype=np.int32), np.diff(lexemes.ends, prepend=lexemes.ends[:1] * 0))
        each = np.diff(lexemes.place_ends, prepend=lexemes.place_ends[:1] * 0)
        words, rows = np.repeat(words, each), np.repeat(rows, each)
        order = np.argsort(words, kind="stable")
        starts = np.zeros(len(self.numbers) + 1, np.int64)
        np.cumsum(np.bincount(words, minlength=len(self.numbers)), out=starts[1:])
        run = Run(first, paged(np.int32, len(order)), paged(np.uint16, len(order)), starts)
        np.take(rows, order, out=run.rows)
        np.take(lexemes.places, order, out=run.places)
        self.runs.append(run)
        self.none.update((np.flatnonzero(lexemes.none) + first).tolist())

    def join(self) -> None:
        """Make one run of all: what is asked of a word then lies together, and is read from the disk at once."""
        sizes = np.zeros(len(self.numbers), np.int64)
        for run in self.runs:
            sizes[: len(run.starts) - 1] += np.diff(run.starts)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        ends, total = starts[:-1].copy(), int(starts[-1])
        rows, places = paged(np.int32, total), paged(np.uint16, total)  # which grow as the runs give their pages back
        runs, self.runs = self.runs[::-1], [Run(0, rows, places, starts)]
        while runs:
            run = runs.pop()
            word_kernels.join(run.rows, run.places, run.starts, run.first, ends, rows, places)

    def change(self, row: int, text: Text | None) -> None:
        """Replace the words of one row; None where it has no search vector."""
        for word in self._changed.get(row, ()):
            self._by_word[word].discard(row)
        self._changed[row] = text or {}
        for word in self._changed[row]:
            self._by_word[word].add(row)
        (self.none.discard if text is not None else self.none.add)(row)

    def changed(self) -> Iterable[tuple[int, Text]]:
        """Return the rows that stand above the runs, with their words."""
        return self._changed.items()

    def holding(self, word: str, rows: int) -> Mask:
        """Return for each row whether it holds the word."""
        return self.following((word,), (), rows)

    def following(self, words: Sequence[str], distances: Sequence[int], rows: int) -> Mask:
        """Return for each row whether it holds the words, each the given number of places after the one before."""
        found = np.zeros(rows, np.bool_)
        for run in self.runs:
            at = run.of(self.numbers.get(words[0]))
            for word, distance in zip(words[1:], distances, strict=True):
                at = word_kernels.following(at, run.of(self.numbers.get(word)), distance)
            kernels.mark(found, at[0], run.first)
        if self._changed:
            found[list(self._changed)] = False
            found[[row for row in self._by_word.get(words[0], ()) if _follow(self._changed[row], words, distances)]] = True
        return found

    def drop_none(self, found: Mask) -> Mask:
        """Take out the rows without a search vector."""
        found[list(self.none)] = False
        return found


def _follow(text: Text, words: Sequence[str], distances: Sequence[int]) -> bool:
    """Say whether a text holds the words one after the other."""
    pairs = zip(words[1:], distances, strict=True)
    step = lambda at, pair: {place + pair[1] for place in at} & set(text.get(pair[0], ()))  # noqa: E731
    return bool(reduce(step, pairs, set(text[words[0]])))
