"""Incidents out of PostgreSQL by COPY, each column as the text its table takes apart (tables.py)."""

import io
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from django.db import connection
from psycopg import Copy

from incidents.columns.growing import Codes, Whole
from incidents.columns.tables import COLUMNS, Tables
from incidents.columns.words import Lexemes, lexemes_of
from incidents.extraction.values import OUTCOMES

# Never counted, and would make many values of one: how many origins name an actor. A quote in a name stands behind a backslash.
LEFT_OUT = {"cast": (r', "origins": \d+', "")}
AREAS = ("adm2", "adm1", "area", "sea")  # known as an extent: never in one cluster with points
BLOCK = 32_000_000  # bytes that are taken apart at once
_DAY = "coalesce(({0} - DATE 'epoch')::text, '')"
_OTHERS = " || '|' || ".join(
    f"concat_ws('|', coalesce(totals->'{outcome}'->>'low', ''), coalesce(totals->'{outcome}'->>'best', ''),"
    f" coalesce(totals->'{outcome}'->>'high', ''))"
    for outcome in OUTCOMES
    if outcome != "killed"
)
SELECT = f"""
SELECT id,
  CASE WHEN merged_into_id IS NULL AND deleted_at IS NULL THEN
    concat_ws('|', type, family, stage, background::int, review_status, place_precision, (lat IS NOT NULL)::int)
    ELSE '' END,
  concat({_DAY.format("earliest")}, '|', {_DAY.format("latest")}, '|', date_precision, '|', extract(hour FROM time_of_day)),
  concat(country, '|', admin1),
  CASE WHEN lat IS NULL OR lon IS NULL THEN '' ELSE
    concat(lat, '|', lon, '|', radius_km, '|', (place_precision = ANY(ARRAY{list(AREAS)}))::int) END,
  actors, to_json(sources), to_json(claimants),
  concat(killed_low, '|', killed_best, '|', killed_high,
         CASE WHEN totals - 'killed' = '{{}}' THEN '' ELSE '|' || {_OTHERS} END),
  confidence, coalesce(to_json(reasons)::text, '[]'),
  origin_count, (extract(epoch FROM changed_at) * 1000000)::bigint, coalesce(value * 10000, 0)::bigint,
  search
FROM incidents_incident LEFT JOIN incidents_reviewcase ON incident_id = id AND is_open
"""  # noqa: S608 -- words of our own
_NAMES = ("id", *COLUMNS, "origins", "changed", "worth", "lexemes")
_KINDS = (
    {"id": pa.int64(), "origins": pa.int64(), "changed": pa.int64(), "worth": pa.int64(), "lexemes": pa.large_string()}
    | dict.fromkeys(COLUMNS, pa.dictionary(pa.int32(), pa.string()))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batch:
    """Some incidents, column by column; the numbers of COLUMNS are those of the tables."""

    ids: Whole
    codes: dict[str, Codes]
    origins: Codes
    changed: Whole  # microseconds since 1970
    worth: Whole  # of a look, in the review queue: ten-thousandths of a bit
    lexemes: Lexemes

    def __len__(self) -> int:
        return len(self.ids)


def read(tables: Tables, ids: Collection[int] | None = None) -> Iterator[Batch]:
    """Yield all incidents in the order of their ids, or those of the ids that there are."""
    chosen = "" if ids is None else f"WHERE id IN ({','.join(str(int(each)) for each in ids) or 'NULL'})"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({SELECT} {chosen} ORDER BY id) TO STDOUT (FORMAT csv)") as copy,
        ThreadPoolExecutor(1, "columns-copy") as beside,  # the server goes on while a block is taken apart
    ):
        coming = beside.submit(_block, copy)
        while (block := coming.result()).tell():
            coming = beside.submit(_block, copy)
            yield _batch(tables, block)
    pa.default_memory_pool().release_unused()


def _block(copy: Copy) -> io.BytesIO:
    """Return the next rows, whole ones; nothing at the end."""
    block = io.BytesIO()
    while block.tell() < BLOCK and (row := copy.read()):  # the server sends one row a message
        block.write(row)
    return block


def _batch(tables: Tables, block: io.BytesIO) -> Batch:
    block.seek(0)
    table = pyarrow.csv.read_csv(
        block,
        read_options=pyarrow.csv.ReadOptions(column_names=list(_NAMES), block_size=2 * BLOCK, use_threads=False),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=_KINDS, strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""]
        ),
    )
    return Batch(
        ids=table["id"].to_numpy(),
        codes={name: _codes(tables, name, table[name]) for name in COLUMNS},
        origins=table["origins"].to_numpy().astype(np.int32),
        changed=table["changed"].to_numpy(),
        worth=table["worth"].to_numpy(),
        lexemes=lexemes_of(table["lexemes"].combine_chunks()),
    )


def _codes(tables: Tables, name: str, column: pa.ChunkedArray) -> Codes:
    """Number the column's values as its table does."""
    one = column.unify_dictionaries().combine_chunks()
    chunks = one.chunks if isinstance(one, pa.ChunkedArray) else [one]
    values = chunks[0].dictionary
    texts = (pc.replace_substring_regex(values, *LEFT_OUT[name]) if name in LEFT_OUT else values).to_pylist()
    numbers = np.fromiter((tables[name].code(text) for text in texts), np.int32, len(texts))
    indices = np.fromiter(chain.from_iterable(chunk.indices.to_numpy() for chunk in chunks), np.int64) if len(chunks) > 1 else (
        chunks[0].indices.to_numpy()
    )  # fmt: skip
    codes: Codes = numbers[indices].astype(np.int32)
    return codes
