"""The loops over the words of millions of incidents, compiled. Pure."""

import numpy as np
import numpy.typing as npt

from incidents.columns.growing import Rows, Whole
from incidents.columns.kernels import compiled

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.uint16]
SPACE, QUOTE, COMMA, COLON, BACKSLASH, ZERO = 32, 39, 44, 58, 92, 48


@compiled("UniTuple(int64, 2)(uint8[::1], int64[::1], uint8[::1], int64[::1], int64[::1], uint16[::1], int64[::1])")
def take_apart(
    data: Bytes, ends: Whole, text: Bytes, word_ends: Whole, row_ends: Whole, places: Places, place_ends: Whole
) -> tuple[int, int]:
    """Read search vectors as PostgreSQL writes them ("'bomb':3,12B 'car':2 'it''s'"), one after the other, each to its end.

    Writes the words as they are and where each ends, how many words there are after each vector, the places (0 for a word
    without any) and how many there are after each word; returns the numbers of words and of places.
    """
    at = words = found = written = 0
    for row in range(len(ends)):
        end = ends[row]
        while at < end:
            if data[at] == SPACE:
                at += 1
                continue
            at += 1
            while True:
                if data[at] == QUOTE and not (at + 1 < end and data[at + 1] == QUOTE):
                    at += 1
                    break
                if data[at] in (QUOTE, BACKSLASH):  # written twice
                    at += 1
                text[written] = data[at]
                written += 1
                at += 1
            word_ends[words] = written
            number = 0
            while at < end and data[at] != SPACE:
                sign = data[at]
                if ZERO <= sign <= ZERO + 9:
                    number = number * 10 + sign - ZERO
                elif sign == COMMA:
                    places[found] = number
                    found += 1
                    number = 0
                at += 1
            places[found] = number
            found += 1
            place_ends[words] = found
            words += 1
        row_ends[row] = words
    return words, found


@compiled("void(int32[::1], uint16[::1], int64[::1], int64, int64[::1], int32[::1], uint16[::1])")
def join(rows: Rows, places: Places, starts: Whole, first: int, ends: Whole, out_rows: Rows, out_places: Places) -> None:
    """Put a run's postings behind those of earlier rows; `ends` says for each word where these end."""
    for word in range(len(starts) - 1):
        to = ends[word]
        for at in range(starts[word], starts[word + 1]):
            out_rows[to] = rows[at] + first
            out_places[to] = places[at]
            to += 1
        ends[word] = to


@compiled("int64(int32[::1], uint16[::1], int32[::1], uint16[::1], int64, int32[::1], uint16[::1])")
def _following(
    rows: Rows, places: Places, next_rows: Rows, next_places: Places, distance: int, out_rows: Rows, out_places: Places
) -> int:
    found = first = 0
    for at in range(len(next_rows)):
        row, place = next_rows[at], next_places[at]
        while first < len(rows) and (rows[first] < row or (rows[first] == row and places[first] + distance < place)):
            first += 1
        if first < len(rows) and rows[first] == row and places[first] + distance == place:
            out_rows[found], out_places[found] = row, place
            found += 1
    return found


def following(one: tuple[Rows, Places], other: tuple[Rows, Places], distance: int) -> tuple[Rows, Places]:
    """Return where the other word stands so many places after the one; rows ascend, and places within each."""
    rows, places = np.empty(len(other[0]), np.int32), np.empty(len(other[0]), np.uint16)
    found = _following(*one, *other, distance, rows, places)
    return rows[:found], places[:found]
