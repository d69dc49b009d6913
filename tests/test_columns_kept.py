"""What the copy is made of comes back from the disk as it was, with room for what is added."""

import pickle
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pytest

from incidents.columns.growing import Growing
from incidents.columns.numbering import Numbering
from incidents.columns.words import Words, lexemes_of

VECTORS = (
    ["'bomb':2 'car':1", "'car':4", None],
    ["'car':1 'market':7", "'bomb':1,9 'car':8"],
    ["'police':3", "'bomb':5 'car':4"],
)

Thing = TypeVar("Thing")


def kept(thing: Thing) -> Thing:
    found: Thing = pickle.loads(pickle.dumps(thing))  # noqa: S301 -- our own
    return found


def test_an_array_that_was_kept_takes_a_few_more_where_it_lies() -> None:
    growing = kept(Growing(np.int32, np.arange(1000, dtype=np.int32)))
    before = growing.values
    growing.append(7)
    growing.extend(np.array([8, 9]))
    assert np.shares_memory(before, growing.values)
    assert growing.values.tolist() == [*range(1000), 7, 8, 9]


def test_an_array_takes_any_number_more() -> None:
    growing: Growing[np.int32] = Growing(np.int32)
    for n in range(10_000):
        growing.append(n)
    assert growing.values.tolist() == list(range(10_000)) == kept(growing).values.tolist()


def test_texts_keep_their_numbers() -> None:
    numbering, texts = Numbering(), [f"text {n}" for n in range(600)]
    for n, text in enumerate(texts):
        assert numbering.add(text) == n
        if n % 250 == 100:
            numbering = kept(numbering)
    assert [numbering.find(text) for text in texts] == list(range(600))
    assert (numbering.find("another"), len(numbering)) == (None, 600)


@pytest.mark.parametrize("words", [("car",), ("bomb",), ("police",), ("nothing",), ("car", "bomb")])
def test_words_are_found_in_joined_runs_as_in_single_ones(words: tuple[str, ...]) -> None:
    single, joined = Words(), Words()
    for held in (single, joined):
        first = 0
        for vectors in VECTORS:
            held.add_run(first, lexemes_of(pa.array(vectors, pa.large_string())))
            first += len(vectors)
    joined.join()
    joined.join()
    expected = single.following(words, (1,) * (len(words) - 1), 7).tolist()
    assert len(joined.runs) == 1
    assert joined.following(words, (1,) * (len(words) - 1), 7).tolist() == expected
    assert any(expected) == ("nothing" not in words)
