"""The servers the tests and the desk stand on are real."""

import pytest
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_database_is_postgresql_15_or_newer() -> None:
    """DESIGN: PostgreSQL everywhere, 15 or newer."""
    assert connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        row = cursor.fetchone()
    assert row is not None
    assert int(row[0]) >= 150000


def test_broker_speaks_redis() -> None:
    cache.set("spoken", "yes")
    assert cache.get("spoken") == "yes"


def test_desk_answers(live_desk: str) -> None:
    """A real web process on this test's database."""
    import httpx

    assert httpx.get(f"{live_desk}/healthz").text == "ok"
