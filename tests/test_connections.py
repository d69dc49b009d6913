"""What a request takes from the database server it gives back."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from django.db import connection

from config.handler import AT_ONCE
from tests.conftest import eventually

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = 3 + AT_ONCE  # the listener's, what the desk's own start may still hold, and one for each request that is worked on at once
OPEN = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def opened() -> int:
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        number: int = cursor.fetchone()[0]
        return number


def test_requests_share_a_few_connections(live_desk: str) -> None:
    httpx.get(live_desk, timeout=60)
    eventually(lambda: opened() <= KEPT)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: httpx.get(f"{live_desk}/sources/", timeout=60).status_code, range(40)))
    assert set(answers) == {200}
    eventually(lambda: opened() <= KEPT, seconds=20)
