"""What the API's tests share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
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


@pytest.fixture
def served(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A desk without limits of its own, with incidents to find."""
    monkeypatch.setenv("API_RATE", "0")
    monkeypatch.setenv("API_RATE_KEY", "0")
    monkeypatch.setenv("FOLLOW_SECONDS", "1")  # a stream ends, or the run would wait for it
    monkeypatch.setenv("ARTICLE_TEXT", "accounts")
    from tests.follow.test_log import stored  # which takes `get` from here

    for incident in stored(3):
        event = make_event(incident=incident)
        make_count(event)
        make_participation(event)
    with desk_served(log := tmp_path / "web.log") as address:
        yield address
    assert "Traceback" not in log.read_text(), log.read_text()[-3000:]
