"""Incidents in any number, skewed as the real ones are: a few cities, a few families and recent years hold most of them."""

from collections.abc import Iterable

from django.db import connection
from django.db.backends.utils import CursorWrapper

from geo.cells import cell_of
from incidents.extraction.values import FAMILY_OF
from sources.models import Source

VERSION = 3  # goes up when the incidents are made differently
AT_ONCE = 500_000
SOURCES, CLAIMANTS, ACTORS, SENTENCES = 60, 200, 2_000, 30_000
COMMON = (  # with the share of sentences that hold them
    ("police", 0.3), ("killed", 0.3), ("attack", 0.2), ("checkpoint", 0.06), ("market", 0.06), ("convoy", 0.04), ("prison", 0.03),
    ("mosque", 0.03), ("school", 0.03), ("border", 0.02), ("ambush", 0.01), ("drone", 0.01),
)  # fmt: skip

# Places are drawn by rank of population with a cubed random number: the first tenth of the cities gets nearly half.
# Dates thin out into the past the same way; one in eleven lasts longer than a day; one in six has no settlement.
_FILL = """
INSERT INTO incidents_incident (
    headline, type, family, stage, background, confidence, earliest, latest, date_precision, date_basis, place_id, place_name,
    place_precision, country, admin1, lat, lon, cell, radius_km, killed_low, killed_best, killed_high, wounded_best, totals,
    actors, sources, claimants, article_count, origin_count, review_status, deleted_reason, search, version, created_at,
    changed_at)
SELECT
    initcap(replace(t.type, '_', ' ')) || ' in ' || p.name || ', ' || p.country || ', ' || d.day, t.type, t.family,
    CASE WHEN r.f < 0.9 THEN 'accomplished' WHEN r.f < 0.95 THEN 'foiled' ELSE 'attempted' END, r.a < 0.05,
    round((0.3 + 0.7 * r.b)::numeric, 4), d.day, d.day + CASE WHEN r.c < 0.09 THEN (r.a * 20)::int ELSE 0 END,
    CASE WHEN r.c < 0.05 THEN 'month' WHEN r.c < 0.09 THEN 'days' ELSE 'day' END, 'stated',
    CASE WHEN q.precision = 'none' THEN NULL ELSE p.id END, p.name, q.precision, p.country, p.admin1,
    CASE WHEN q.precision NOT IN ('none', 'country') THEN p.lat END,
    CASE WHEN q.precision NOT IN ('none', 'country') THEN p.lon END,
    CASE WHEN q.precision NOT IN ('none', 'country') THEN p.cell END,
    CASE WHEN q.precision = 'adm1' THEN 60.0 WHEN q.precision = 'near' THEN 10.0 END,
    k.killed, k.killed, k.killed + (r.f * 3)::int, CASE WHEN r.d < 0.4 THEN (k.killed * 2) END,
    CASE WHEN k.killed IS NULL THEN '{}'::jsonb ELSE
        jsonb_build_object('killed', jsonb_build_object('low', k.killed, 'best', k.killed, 'high', k.killed + (r.f * 3)::int,
                                                        'chosen', each.n)) || CASE WHEN r.d < 0.4 THEN
        jsonb_build_object('wounded', jsonb_build_object('low', NULL, 'best', k.killed * 2, 'high', NULL))
        ELSE '{}'::jsonb END END,
    CASE WHEN r.e < 0.4 THEN '[]'::jsonb ELSE jsonb_build_array(
        jsonb_build_object('actor', 1 + (r.d ^ 3 * %(actors)s)::int, 'name', 'Group ' || (1 + (r.d ^ 3 * %(actors)s)::int),
                           'role', 'perpetrator', 'origins', 1 + (r.a * 3)::int),
        jsonb_build_object('actor', 1 + (r.f ^ 3 * %(actors)s)::int, 'name', 'Group ' || (1 + (r.f ^ 3 * %(actors)s)::int),
                           'role', 'target', 'origins', 1)) END,
    CASE WHEN r.c < 0.7 THEN ARRAY[s.one] ELSE ARRAY[least(s.one, s.two), greatest(s.one, s.two) + 1] END,
    CASE WHEN r.b < 0.55 THEN '{}' ELSE ARRAY['Spokesperson ' || (1 + (r.a ^ 3 * %(claimants)s)::int)] END,
    1 + (r.c * r.c * 12)::int, 1 + (r.c * r.c * 6)::int, CASE WHEN r.b < 0.1 THEN 'reviewed' ELSE 'unreviewed' END, '',
    setweight(to_tsvector('simple', t.type || ' ' || p.name || ' ' || p.country), 'A') || one.words || two.words,
    0, now() - r.a * interval '900 days', now() - r.b * interval '300 days'
FROM generate_series(%(first)s, %(last)s) AS each(n)
CROSS JOIN LATERAL (SELECT random() + 0 * each.n AS a, random() + 0 * each.n AS b, random() + 0 * each.n AS c,
                           random() + 0 * each.n AS d, random() + 0 * each.n AS e, random() + 0 * each.n AS f) AS r
JOIN bench_place AS p ON p.rank = 1 + floor(r.e * r.e * r.e * (SELECT count(*) FROM bench_place))::int
JOIN bench_type AS t ON t.rank = 1 + floor(r.f * r.f * (SELECT count(*) FROM bench_type))::int
JOIN bench_sentence AS one ON one.n = 1 + floor(r.a * %(sentences)s)::int
JOIN bench_sentence AS two ON two.n = 1 + floor(r.c * %(sentences)s)::int
CROSS JOIN LATERAL (SELECT CURRENT_DATE - (r.d * r.d * 12000)::int AS day) AS d
CROSS JOIN LATERAL (SELECT CASE WHEN r.a < 0.3 THEN NULL WHEN r.b < 0.4 THEN 0 ELSE (1 / (0.02 + r.c))::int END AS killed) AS k
CROSS JOIN LATERAL (SELECT CASE WHEN r.b < 0.80 THEN 'settlement' WHEN r.b < 0.84 THEN 'near' WHEN r.b < 0.92 THEN 'adm1'
                                WHEN r.b < 0.98 THEN 'country' ELSE 'none' END AS precision) AS q
CROSS JOIN LATERAL (SELECT 1 + (r.b ^ 2 * %(sources)s)::bigint AS one, 1 + (r.f * %(sources)s)::bigint AS two) AS s
"""

_PLACES = """
CREATE TEMP TABLE bench_place AS
SELECT row_number() OVER (ORDER BY population DESC, id)::int AS rank, *, 0::bigint AS cell
FROM geo_place WHERE kind = 'settlement' AND population > 0
"""

# Sentences of 18 words: common ones by their share, the rest out of 20,000 with the frequencies of a real vocabulary (Zipf).
_SENTENCES = """
CREATE TEMP TABLE bench_sentence AS
SELECT n, to_tsvector('english', string_agg('w' || exp(random() * ln(20000))::int, ' ') || ' ' ||
    (SELECT coalesce(string_agg(word, ' '), '') FROM unnest(%s::text[], %s::float[]) AS c(word, share)
     WHERE random() + 0 * n < share)) AS words
FROM generate_series(1, %s) AS n, generate_series(1, 18) GROUP BY n
"""


def fill(number: int) -> None:
    """Have `number` made incidents in the bench's database; those of a run before are kept where they are the same."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_stamp (number bigint, version int)")
        cursor.execute("SELECT number, version FROM bench_stamp")
        if cursor.fetchone() == (number, VERSION):
            return
        cursor.execute("TRUNCATE bench_stamp, incidents_incident, sources_source RESTART IDENTITY CASCADE")
        cursor.execute("SELECT setseed(0.42)")
        _prepare(cursor)
        shapes = _without_indexes(cursor)
        values = {"actors": ACTORS, "claimants": CLAIMANTS, "sources": SOURCES - 2, "sentences": SENTENCES}
        for first in range(1, number + 1, AT_ONCE):
            cursor.execute(_FILL, values | {"first": first, "last": min(first + AT_ONCE - 1, number)})
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for shape in shapes:
            cursor.execute(shape)
        cursor.execute("DROP TABLE bench_index")
        cursor.execute("VACUUM ANALYZE incidents_incident")
        cursor.execute("INSERT INTO bench_stamp VALUES (%s, %s)", [number, VERSION])


def _prepare(cursor: CursorWrapper) -> None:
    """Make what incidents are put together of."""
    Source.objects.bulk_create(Source(name=f"Wire {n}") for n in range(1, SOURCES + 1))
    cursor.execute("CREATE TEMP TABLE bench_type (rank int PRIMARY KEY, type text, family text)")
    types = [(rank, kind, family) for rank, (kind, family) in enumerate(FAMILY_OF.items(), 1)]
    cursor.executemany("INSERT INTO bench_type VALUES (%s, %s, %s)", types)
    words, shares = zip(*COMMON, strict=True)
    cursor.execute(_SENTENCES, [list(words), list(shares), SENTENCES])
    cursor.execute(_PLACES)
    _set_cells(cursor)
    for table, key in (("bench_place", "rank"), ("bench_sentence", "n")):
        cursor.execute(f"CREATE UNIQUE INDEX ON {table} ({key})")
        cursor.execute(f"ANALYZE {table}")


def _without_indexes(cursor: CursorWrapper) -> Iterable[str]:
    """Drop the indexes of incidents but the key; return how to make them again, also those a run that was cut off had dropped."""
    cursor.execute("CREATE TABLE IF NOT EXISTS bench_index (name text PRIMARY KEY, shape text)")
    cursor.execute(
        "INSERT INTO bench_index SELECT indexname, indexdef FROM pg_indexes"
        " WHERE tablename = 'incidents_incident' AND indexname <> 'incidents_incident_pkey'"
    )
    cursor.execute("SELECT name, shape FROM bench_index")
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX IF EXISTS "{name}"')
    return [shape for _, shape in found]


def _set_cells(cursor: CursorWrapper) -> None:
    """Give each place its map cell, as deriving an incident would."""
    cursor.execute("SELECT rank, lat, lon FROM bench_place")
    cells = [(rank, cell_of(lat, lon)) for rank, lat, lon in cursor.fetchall()]
    cursor.execute("CREATE TEMP TABLE bench_cell (rank int PRIMARY KEY, cell bigint)")
    with cursor.copy("COPY bench_cell FROM STDIN") as copy:
        for row in cells:
            copy.write_row(row)
    cursor.execute("UPDATE bench_place AS p SET cell = c.cell FROM bench_cell AS c WHERE c.rank = p.rank")
