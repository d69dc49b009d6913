"""CSV (RFC 4180): one header line and nothing but rows, so that every reader survives.

What the export is stands in the dictionary beside it and in the HTTP headers.
With HXL, a second line of hashtags (hxlstandard.org).
"""

import csv
import io
from collections.abc import Iterable, Iterator

from incidents.exports.about import About
from incidents.exports.columns import INCIDENTS, Table, lines
from incidents.exports.rows import Fetched

PIECE = 256 * 1024  # characters handed on at once


def as_csv(table: Table, rows: Iterable[Fetched], *, tags: bool = False) -> Iterator[bytes]:
    """Yield a CSV table of the columns."""
    buffer = io.StringIO(newline="")
    write = csv.writer(buffer).writerow
    write([column.name for column in table.columns])
    if tags:
        write([column.hxl for column in table.columns])
    for line in lines(table, rows):
        write(line)
        if buffer.tell() > PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def write_csv(rows: Iterable[Fetched], _about: About) -> Iterator[bytes]:
    return as_csv(INCIDENTS, rows)


def write_hxl(rows: Iterable[Fetched], _about: About) -> Iterator[bytes]:
    return as_csv(INCIDENTS, rows, tags=True)
