"""What the API's tests share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.conftest import desk_served
from tests.factories import make_count, make_event, make_participation

Get = Callable[..., Any]


@pytest.fixture
def get(client: Client) -> Get:
    """Ask below /api/v1/ and return the JSON of an answer with the expected status."""

    def ask(path: str, status: int = 200, **headers: str) -> Any:
        response = client.get(f"/api/v1/{path}", headers=headers)
        assert response.status_code == status, response.content[:500]
        return response.json()

    return ask


@pytest.fixture(scope="module")
def unlimited(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A served desk without limits of its own: its address and its log."""
    log = tmp_path_factory.mktemp("unlimited") / "web.log"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("API_RATE", "0")
        environment.setenv("API_RATE_KEY", "0")
        environment.setenv("FOLLOW_SECONDS", "0.3")  # a stream ends, or the run would wait for it
        environment.setenv("ARTICLE_TEXT", "accounts")
        with desk_served(log) as address:
            yield address, log


@pytest.fixture
def served(transactional_db: None, unlimited: tuple[str, Path]) -> Iterator[str]:
    """The address of that desk, with incidents to find."""
    from tests.follow.test_log import stored  # which takes `get` from here

    cache.clear()
    for incident in stored(3):
        event = make_event(incident=incident)
        make_count(event)
        make_participation(event)
    address, log = unlimited
    said = log.stat().st_size
    yield address
    complaints = log.read_bytes()[said:].decode()
    assert "Traceback" not in complaints, complaints[-3000:]
