"""What stands behind made incidents: an article, its event with names, actors and figures for each, and the change log."""

from django.db import connection

from incidents.models import Change, Event

AT_ONCE = 250_000
NAMES = 300_000  # names of people, the nth given n times less often than the first (Zipf)

_ARTICLES = """
INSERT INTO sources_article (id, source_id, origin_id, external_id, url, title, text, language, published_on, retrieved_at,
    digest, read_digest, bands, state, attempts, error, relevant, toponyms, extractor)
SELECT id, coalesce(sources[1], 1), id, '', '', headline,
    headline || repeat(' and nobody could say how it came to that', 12), 'en',
    coalesce(latest, day) + 1, created_at, md5(id::text), md5(id::text), '{}', 'done', 0, '', true, '[]', 'rules 1'
FROM incidents_incident WHERE id BETWEEN %(first)s AND %(last)s
"""
_EVENTS = """
INSERT INTO incidents_event (id, article_id, incident_id, ordinal, type, stage, background, confidence, earliest, latest, date,
    place_id, place_read, weapons, evidence, totals, names, extractor, created_at)
SELECT i.id, i.id, i.id, 0, type, stage, background, confidence, earliest, latest,
    jsonb_build_object('earliest', earliest, 'latest', latest, 'precision', date_precision, 'basis', date_basis,
        'span', '[0, 9]'::jsonb),
    place_id, jsonb_build_object('name', place_name, 'precision', place_precision, 'place_id', place_id, 'country', country,
        'admin1', admin1, 'lat', lat, 'lon', lon, 'radius_km', radius_km, 'span', '[0, 9]'::jsonb),
    '[]', '[{"span": [0, 60]}]', '{}', given.names, 'rules 1', i.created_at
FROM incidents_incident AS i CROSS JOIN LATERAL (
    SELECT coalesce(array_agg('given' || n || ' family' || n), '{}') || coalesce(array_agg('*family' || n), '{}') AS names
    FROM (SELECT DISTINCT exp(random() * ln(%(names)s))::int AS n FROM generate_series(1, 1 + i.id %% 4)) AS drawn
) AS given WHERE i.id BETWEEN %(first)s AND %(last)s
"""
_COUNTS = """
INSERT INTO incidents_count (event_id, ordinal, outcome, low, best, high, quantifier, who, who_class, claimant, span,
    part_of_whole, supersedes, cumulative, further)
SELECT id, 0, 'killed', killed_low, killed_best, killed_high, '', 'people', 'unknown', '', '{"span": [0, 9]}',
    false, false, false, false
FROM incidents_incident WHERE killed_best IS NOT NULL AND id BETWEEN %(first)s AND %(last)s
"""
_ACTORS = """
INSERT INTO incidents_actor (id, name, aliases, who_class)
SELECT DISTINCT ON ((one ->> 'actor')::int) (one ->> 'actor')::int, one ->> 'name', '[]'::jsonb, 'unknown'
FROM incidents_incident, jsonb_array_elements(actors) AS one WHERE id BETWEEN %(first)s AND %(last)s
ON CONFLICT DO NOTHING
"""
_ROLES = """
INSERT INTO incidents_participation (event_id, actor_id, role, span, claimant, denied)
SELECT id, (one ->> 'actor')::int, one ->> 'role', '{"span": [0, 9]}', '', false
FROM incidents_incident, jsonb_array_elements(actors) AS one WHERE id BETWEEN %(first)s AND %(last)s
"""
_CHANGES = """
INSERT INTO incidents_change (number, incident_id, kind, at) SELECT id, id, 'created', created_at
FROM incidents_incident WHERE id BETWEEN %(first)s AND %(last)s
"""
STATEMENTS = (_ARTICLES, _EVENTS, _COUNTS, _ACTORS, _ROLES, _CHANGES)
TABLES = (
    "sources_article", "incidents_event", "incidents_eventname", "incidents_count", "incidents_actor", "incidents_participation",
    "incidents_change",
)  # fmt: skip


def fill(number: int) -> None:
    """Have one report behind each of `number` made incidents; those that are there already are kept."""
    if Event.objects.count() == number == Change.objects.count():
        return
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE sources_origin, sources_article, incidents_actor, incidents_change RESTART IDENTITY CASCADE")
        cursor.execute("SELECT setseed(0.43)")
        cursor.execute("INSERT INTO sources_origin (id, agency, created_at) SELECT id, '', created_at FROM incidents_incident")
        for first in range(1, number + 1, AT_ONCE):
            part = {"first": first, "last": min(first + AT_ONCE - 1, number), "names": NAMES}
            for statement in STATEMENTS:
                cursor.execute(statement, part)
        for table in ("sources_origin", "sources_article", "incidents_event"):  # the next row gets a number of its own
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [number])
        cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")
