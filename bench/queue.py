"""Server time of the review queue, with a fifth of all incidents waiting in it, through Django's whole stack."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client

from bench import reports
from bench.pages import FILTERS
from bench.rows import Row, p95
from incidents.columns import following
from incidents.models import ReviewCase
from incidents.roles import Role

ASKED = 40
MUST, AIM = 100, 50
REASONS = ("no_date", "no_place", "low_confidence", "conflicting_claims", "possible_duplicate")

# Every fifth incident waits, every tenth waited; each has one to three of the reasons, worth what grounds.worth would say.
_FILL = """
INSERT INTO incidents_reviewcase (incident_id, is_open, grounds, settled, reasons, value, skipped_by)
SELECT i.id, i.id %% 5 = 0, CASE WHEN i.id %% 5 = 0 THEN g.grounds ELSE '[]' END,
    CASE WHEN i.id %% 5 = 0 THEN '[]' ELSE g.grounds END, CASE WHEN i.id %% 5 = 0 THEN g.reasons ELSE '{}' END,
    round((ln(1 + coalesce(i.killed_best, 0)) / ln(2) + ln(1 + i.article_count) / ln(2)
           + (coalesce(i.latest, i.day) - DATE '2000-01-01') / 30.0)::numeric, 4), '{}'
FROM incidents_incident AS i CROSS JOIN LATERAL (
    SELECT array_agg(reason ORDER BY reason) AS reasons, jsonb_agg(jsonb_build_object('reason', reason, 'field', '', 'detail',
        jsonb_build_object('other', i.id - 1, 'confidence', 0.3, 'numbers', jsonb_build_array(3, 7)))) AS grounds
    FROM (SELECT DISTINCT (%s::text[])[1 + (i.id / 5 * n) %% 5] AS reason FROM generate_series(1, 1 + i.id %% 3) AS n) AS drawn
) AS g WHERE i.id %% 5 = 0 OR i.id %% 10 = 1
"""


def fill(number: int) -> None:
    """Have a fifth of the incidents wait as nobody has touched them yet; what a run before did is taken back."""
    reports.fill(number)
    if ReviewCase.objects.filter(is_open=True, skipped_by=[], taken_by=None).count() == number // 5:
        return
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE incidents_reviewcase")
        cursor.execute(_FILL, [list(REASONS)])
        cursor.execute("VACUUM ANALYZE incidents_reviewcase")


def measure(number: int) -> Iterator[Row]:
    """Yield the 95th percentile in milliseconds of each thing an editor asks of the queue."""
    fill(number)
    copy = following.Copy()
    copy.load()
    following.adopt(copy)
    gc.freeze()  # as a server does
    user = User.objects.get_or_create(username="bench editor")[0]
    user.groups.add(Group.objects.get(name=Role.EDITOR))
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    filtered = tuple(f"?{asked}" for asked in FILTERS)
    reasons = tuple(f"?reason={reason}" for reason in REASONS)
    questions: tuple[tuple[str, Callable[[str], Any], Sequence[str]], ...] = (
        ("the queue's page", lambda at: client.get(f"/review/{at}"), ("", "?page=7")),
        ("the queue's page, one reason", lambda at: client.get(f"/review/{at}"), reasons),
        ("the queue's page, filtered", lambda at: client.get(f"/review/{at}"), filtered),
        ("take the next and skip it", lambda at: _pass_over(client, at), ("",)),
        ("take the next and skip it, filtered", lambda at: _pass_over(client, at), filtered),
        ("a case's page", lambda at: client.get(f"/review/{at}/"), [str(number // 2 + 5 * n) for n in range(ASKED)]),
        ("done with a case", lambda at: client.post(f"/review/{at}/done/"), [str(number // 2 + 5 * n) for n in range(ASKED)]),
    )
    for name, ask, addresses in questions:
        for address in addresses[:2]:
            ask(address)
        taken = [_timed(ask, addresses[turn % len(addresses)]) for turn in range(max(ASKED, len(addresses)))]
        yield Row(f"{number:,} incidents, {number // 5:,} waiting: {name}, p95", p95(taken), "ms", MUST, AIM)
    fill(number)


def _pass_over(client: Client, asked: str) -> Any:
    """Ask for the next case, as the key Enter does, and skip it."""
    answer: Any = client.get(f"/review/next/{asked}")
    number = answer.headers["Location"].partition("?")[0].strip("/").rpartition("/")[2]
    return client.post(f"/review/{number}/skip/{asked}") if number.isdecimal() else answer


def _timed(ask: Callable[[str], Any], address: str) -> float:
    """Return the milliseconds of an answer that finds nothing of what was found before."""
    with following.current() as held:
        held.chosen.clear()
    start = time.perf_counter()
    answer = ask(address)
    taken = (time.perf_counter() - start) * 1000
    if answer.status_code not in (200, 302):
        raise SystemExit(f"{address} answered {answer.status_code}: {answer.content[:300]!r}")
    return taken
