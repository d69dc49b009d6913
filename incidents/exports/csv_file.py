"""CSV (RFC 4180): one header line and nothing but rows, so that every reader survives.

What the export is stands in the dictionary beside it and in the HTTP headers.
With HXL, a second line of hashtags (hxlstandard.org).
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from incidents.exports.about import About
from incidents.exports.columns import COLUMNS, Column, lines
from incidents.exports.rows import Fetched

PIECE = 256 * 1024  # characters handed on at once


def table(columns: Sequence[Column], rows: Iterable[Fetched], *, tags: bool = False) -> Iterator[bytes]:
    """Yield a CSV table of the columns."""
    buffer = io.StringIO(newline="")
    write = csv.writer(buffer).writerow
    write([column.name for column in columns])
    if tags:
        write([column.hxl for column in columns])
    for line in lines(columns, rows):
        write(line)
        if buffer.tell() > PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def write_csv(rows: Iterable[Fetched], _about: About) -> Iterator[bytes]:
    return table(COLUMNS, rows)


def write_hxl(rows: Iterable[Fetched], _about: About) -> Iterator[bytes]:
    return table(COLUMNS, rows, tags=True)
