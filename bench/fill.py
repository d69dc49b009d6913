"""Incidents in any number, skewed as the real ones are: a few cities, a few families and recent years hold most of them."""

from django.db import connection
from django.db.backends.utils import CursorWrapper

from geo.cells import cell_of

# Places are drawn by rank of population with a cubed random number: the first tenth of the cities gets nearly half.
# Dates thin out into the past the same way; one in eleven lasts longer than a day; one in six has no settlement.
_FILL = """
INSERT INTO incidents_incident (
    headline, type, family, stage, background, confidence, earliest, latest, date_precision, date_basis, place_id, place_name,
    place_precision, country, admin1, lat, lon, cell, killed_low, killed_best, killed_high, wounded_best, totals, actors,
    article_count, origin_count, review_status, deleted_reason, search, version, created_at, changed_at)
SELECT
    initcap(replace(t.type, '_', ' ')) || ' in ' || p.name, t.type, t.family, 'accomplished', r.a < 0.05, 0.3 + 0.7 * r.b,
    d.day, d.day + CASE WHEN r.c < 0.09 THEN (r.a * 20)::int ELSE 0 END,
    CASE WHEN r.c < 0.05 THEN 'month' ELSE 'day' END, 'stated',
    CASE WHEN q.precision = 'none' THEN NULL ELSE p.id END, p.name, q.precision, p.country, p.admin1,
    CASE WHEN q.precision NOT IN ('none', 'country') THEN p.lat END,
    CASE WHEN q.precision NOT IN ('none', 'country') THEN p.lon END,
    CASE WHEN q.precision NOT IN ('none', 'country') THEN p.cell END,
    k.killed, k.killed, k.killed, CASE WHEN r.d < 0.4 THEN (k.killed * 2) END,
    CASE WHEN k.killed IS NULL THEN '{}'::jsonb
         ELSE jsonb_build_object('killed', jsonb_build_object('low', k.killed, 'best', k.killed, 'high', k.killed)) END,
    jsonb_build_array(jsonb_build_object('actor', 1 + (r.d * r.d * 40)::int, 'name', 'Group ' || (1 + (r.d * r.d * 40)::int),
                                         'role', 'perpetrator', 'origins', 1)),
    1 + (r.c * r.c * 12)::int, 1 + (r.c * r.c * 6)::int, CASE WHEN r.b < 0.1 THEN 'reviewed' ELSE 'unreviewed' END, '',
    to_tsvector('english', t.type || ' in ' || p.name || ' police said ' || (ARRAY['market', 'checkpoint', 'convoy', 'prison',
        'mosque', 'school', 'border'])[1 + (r.a * 6.99)::int]),
    n, now() - r.a * interval '900 days', now() - r.b * interval '300 days'
FROM generate_series(1, %(number)s) AS n
CROSS JOIN LATERAL (SELECT random() + 0 * n AS a, random() + 0 * n AS b, random() + 0 * n AS c, random() + 0 * n AS d,
                           random() + 0 * n AS e, random() + 0 * n AS f) AS r
JOIN bench_place AS p ON p.rank = 1 + floor(r.e * r.e * r.e * (SELECT count(*) FROM bench_place))::int
JOIN bench_type AS t ON t.rank = 1 + floor(r.f * r.f * (SELECT count(*) FROM bench_type))::int
CROSS JOIN LATERAL (SELECT CURRENT_DATE - (r.d * r.d * 12000)::int AS day) AS d
CROSS JOIN LATERAL (SELECT CASE WHEN r.a < 0.3 THEN NULL WHEN r.b < 0.4 THEN 0 ELSE (1 / (0.02 + r.c))::int END AS killed) AS k
CROSS JOIN LATERAL (SELECT CASE WHEN r.b < 0.80 THEN 'settlement' WHEN r.b < 0.84 THEN 'near' WHEN r.b < 0.92 THEN 'adm1'
                                WHEN r.b < 0.98 THEN 'country' ELSE 'none' END AS precision) AS q
"""

_PLACES = """
CREATE TEMP TABLE IF NOT EXISTS bench_place AS
SELECT row_number() OVER (ORDER BY population DESC, id)::int AS rank, *, 0::bigint AS cell
FROM geo_place WHERE kind = 'settlement' AND population > 0
"""


def _set_cells(cursor: CursorWrapper) -> None:
    """Give each place its map cell, as deriving an incident would."""
    cursor.execute("SELECT rank, lat, lon FROM bench_place WHERE cell = 0")
    cells = [(rank, cell_of(lat, lon)) for rank, lat, lon in cursor.fetchall()]
    cursor.execute("CREATE TEMP TABLE IF NOT EXISTS bench_cell (rank int PRIMARY KEY, cell bigint)")
    with cursor.copy("COPY bench_cell FROM STDIN") as copy:
        for row in cells:
            copy.write_row(row)
    cursor.execute("UPDATE bench_place AS p SET cell = c.cell FROM bench_cell AS c WHERE c.rank = p.rank")


def fill(number: int, types: list[tuple[str, str]]) -> None:
    """Replace the bench database's incidents by `number` made ones; `types` are (type, family), commonest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.42)")
        cursor.execute("TRUNCATE incidents_incident CASCADE")
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS bench_type (rank int PRIMARY KEY, type text, family text)")
        cursor.execute("TRUNCATE bench_type")
        cursor.executemany("INSERT INTO bench_type VALUES (%s, %s, %s)", [(i, *pair) for i, pair in enumerate(types, 1)])
        cursor.execute(_PLACES)
        cursor.execute("CREATE UNIQUE INDEX IF NOT EXISTS bench_place_rank ON bench_place (rank)")
        _set_cells(cursor)
        cursor.execute("ANALYZE bench_place")
        cursor.execute(_FILL, {"number": number})
        cursor.execute("ANALYZE incidents_incident")
