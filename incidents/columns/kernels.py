"""The loops over millions of rows, compiled: one pass each, nothing in between written to memory. Pure.

Rows are numbers of incidents in the copy, ascending; codes are each incident’s distinct value (held.py); `wanted` and `values`
are given for each distinct value. NumPy alone takes three to five passes for each of these and is that much slower.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

from incidents.columns.growing import Codes, Mask, Rows, Whole

F = TypeVar("F", bound=Callable[..., Any])
Last = tuple[int, int]


def compiled(signature: str) -> Callable[[F], F]:
    return cast(Callable[[F], F], njit(signature, cache=True, nogil=True, boundscheck=False))


@compiled("int64(int32[::1], boolean[::1], int32[::1])")
def _select(codes: Codes, wanted: Mask, out: Rows) -> int:
    found = 0
    for row in range(len(codes)):
        out[found] = row
        found += wanted[codes[row]]
    return found


def select(codes: Codes, wanted: Mask) -> Rows:
    """Return the rows whose value is wanted."""
    out = np.empty(len(codes) + 1, np.int32)
    return out[: _select(codes, wanted, out)]


@compiled("int64(boolean[::1], int32[::1])")
def _rows_of(found: Mask, out: Rows) -> int:
    number = 0
    for row in range(len(found)):
        out[number] = row
        number += found[row]
    return number


def rows_of(found: Mask) -> Rows:
    """Return the rows that were found."""
    out = np.empty(len(found) + 1, np.int32)
    return out[: _rows_of(found, out)]


@compiled("int64(int32[::1], int32[::1], boolean[::1], int32[::1])")
def _narrow(rows: Rows, codes: Codes, wanted: Mask, out: Rows) -> int:
    found = 0
    for at in range(len(rows)):
        row = rows[at]
        out[found] = row
        found += wanted[codes[row]]
    return found


def narrow(rows: Rows, codes: Codes, wanted: Mask) -> Rows:
    """Return those of the rows whose value is wanted."""
    out = np.empty(len(rows) + 1, np.int32)
    return out[: _narrow(rows, codes, wanted, out)]


@compiled("void(int32[::1], int32[::1], int64, int64[::1])")
def count(rows: Rows, codes: Codes, by: int, out: Whole) -> None:
    """Add `by` to the sum of each row's value."""
    for at in range(len(rows)):
        out[codes[rows[at]]] += by


@compiled("void(int32[::1], int32[::1], int32[::1], int32[::1], int64, int64[:, ::1])")
def count_in(rows: Rows, codes: Codes, others: Codes, group: Codes, by: int, out: Whole) -> None:
    """Add `by` to the sum of each row's value (a line of `out`) and the group of its value in another column (a column)."""
    for at in range(len(rows)):
        row = rows[at]
        out[codes[row], group[others[row]]] += by


@compiled("void(int32[::1], int32[::1], int32[::1], int64[::1], int64, int64[:, ::1])")
def add_up(rows: Rows, codes: Codes, others: Codes, values: Whole, by: int, out: Whole) -> None:
    """Add up what is known (not negative) of the rows' values in another column: the sum and the number of known ones."""
    for at in range(len(rows)):
        row = rows[at]
        value = values[others[row]]
        if value >= 0:
            line = codes[row]
            out[line, 0] += by * value
            out[line, 1] += by


@compiled("void(int32[::1], int32[::1], int32[::1], int64[:, ::1], int64, int64[:, ::1])")
def add_up_bounds(rows: Rows, codes: Codes, others: Codes, bounds: Whole, by: int, out: Whole) -> None:
    """Add up low, best and high of the rows' values in another column, known all or not at all: sums and how many know them."""
    for at in range(len(rows)):
        row = rows[at]
        other = others[row]
        if bounds[other, 0] >= 0:
            line = codes[row]
            out[line, 0] += by * bounds[other, 0]
            out[line, 1] += by * bounds[other, 1]
            out[line, 2] += by * bounds[other, 2]
            out[line, 3] += by


@compiled(
    "void(int32[::1], int32[::1], int32[::1], int32[::1], int32[::1], int32[::1], int64[::1], int64[:, ::1], int64[:, ::1])"
)
def sum_by_group(
    rows: Rows, codes: Codes, group: Codes, kinds: Codes, part: Codes, others: Codes, values: Whole, out_parts: Whole, out: Whole
) -> None:
    """Count by the group of each row's value and a part of its kind; add up what is known of `values`, as in add_up."""
    for at in range(len(rows)):
        row = rows[at]
        line = group[codes[row]]
        out_parts[line, part[kinds[row]]] += 1
        value = values[others[row]]
        if value >= 0:
            out[line, 0] += value
            out[line, 1] += 1


@compiled("void(int32[::1], int32[::1], int64[::1], int64[::1])")
def spread(owners: Codes, members: Codes, counts: Whole, out: Whole) -> None:
    """Add each owner's count to the sums of its members."""
    for at in range(len(owners)):
        out[members[at]] += counts[owners[at]]


@compiled("void(int32[::1], int32[::1], boolean[::1], boolean[::1])")
def mark_owners(owners: Codes, members: Codes, wanted: Mask, found: Mask) -> None:
    """Set what stands for the owners that have any of the wanted members."""
    for at in range(len(owners)):
        if wanted[members[at]]:
            found[owners[at]] = True


@compiled("void(int64[:, ::1], int64[::1])")
def across(lines: Whole, out: Whole) -> None:
    """Add up each line."""
    for at in range(len(lines)):
        for column in range(lines.shape[1]):
            out[at] += lines[at, column]


@compiled("void(int32[::1], boolean[::1], int64[:, ::1], int64, int64[:, ::1])")
def together(groups: Codes, wanted: Mask, lines: Whole, first: int, out: Whole) -> None:
    """Add the wanted lines to that of their group, counted from `first`."""
    for at in range(len(lines)):
        if wanted[at]:
            for column in range(lines.shape[1]):
                out[groups[at] - first, column] += lines[at, column]


@compiled(
    "void(int32[::1], boolean[::1], int64[::1], float64[::1], float64[::1], float64[::1],"
    " int64[::1], float64[:, ::1], int32[::1])"
)
def spread_out(
    cells: Codes, seen: Mask, counts: Whole, lat: Any, lon: Any, radius: Any, out_counts: Whole, out_place: Any, out_spot: Codes
) -> None:
    """Add up by cell where incidents stand, as many on each spot as `counts` says (grid.py)."""
    for spot in range(len(cells)):
        number = counts[spot]
        if number == 0 or not seen[spot]:
            continue
        cell = cells[spot]
        out_counts[cell] += number
        out_spot[cell] = spot
        place = out_place[cell]
        place[0] += lat[spot] * number
        place[1] += lon[spot] * number
        place[2] = min(place[2], lat[spot])
        place[3] = min(place[3], lon[spot])
        place[4] = max(place[4], lat[spot])
        place[5] = max(place[5], lon[spot])
        if radius[spot] > place[6]:  # what has none is no number
            place[6] = radius[spot]


@compiled("void(boolean[::1], int32[::1], int64)")
def mark(found: Mask, rows: Rows, first: int) -> None:
    """Set what stands at the rows, counted from `first`."""
    for at in range(len(rows)):
        found[first + rows[at]] = True


@compiled("int64(int32[::1], int32[::1], int64[::1], int64[::1], int64, int64, int64, int64[::1], int64[::1])")
def _top(
    rows: Rows, codes: Codes, values: Whole, ids: Whole, sign: int, last_key: int, last_id: int, keys: Whole, numbers: Whole
) -> int:
    most, size = len(keys), 0
    for at in range(len(rows) - 1, -1, -1):  # what was written last is mostly what comes first
        row = rows[at]
        key = values[codes[row]] if len(codes) else values[row]
        if size == most and key < keys[0]:
            continue
        number = sign * ids[row]
        if key > last_key or (key == last_key and number >= last_id):
            continue
        if size < most:  # up from the end of the heap, whose least is on top
            size += 1
            here = size - 1
            while here > 0:
                up = (here - 1) >> 1
                if keys[up] < key or (keys[up] == key and numbers[up] < number):
                    break
                keys[here], numbers[here] = keys[up], numbers[up]
                here = up
        elif key == keys[0] and number < numbers[0]:
            continue
        else:  # down from the top
            here = 0
            while True:
                low = 2 * here + 1
                if low >= size:
                    break
                next_ = low + 1
                if next_ < size and (keys[next_] < keys[low] or (keys[next_] == keys[low] and numbers[next_] < numbers[low])):
                    low = next_
                if keys[low] > key or (keys[low] == key and numbers[low] > number):
                    break
                keys[here], numbers[here] = keys[low], numbers[low]
                here = low
        keys[here], numbers[here] = key, number
    return size


def top(
    rows: Rows, codes: Codes | None, values: Whole, ids: Whole, most: int, *, rising: bool = False, last: Last | None = None
) -> list[int]:
    """Return the ids of the rows with the greatest values, the greatest first, among equal ones the greatest ids.

    `values` are those of the rows where there are no codes. `rising` puts the smaller ids first; `last` is a value and an id that
    only what follows them is asked for.
    """
    keys, numbers = np.empty(most, np.int64), np.empty(most, np.int64)
    sign = -1 if rising else 1
    last_key, last_id = (last[0], sign * last[1]) if last else (np.iinfo(np.int64).max, 0)
    given = np.empty(0, np.int32) if codes is None else codes
    size = _top(rows, given, values, ids, sign, last_key, last_id, keys, numbers) if most else 0
    order = np.lexsort((numbers[:size], keys[:size]))[::-1]
    return [abs(int(number)) for number in numbers[:size][order]]
