"""What the API's tests share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Get = Callable[..., Any]


@pytest.fixture
def get(client: Client) -> Get:
    """Ask below /api/v1/ and return the JSON of an answer with the expected status."""

    def ask(path: str, status: int = 200, **headers: str) -> Any:
        response = client.get(f"/api/v1/{path}", headers=headers)
        assert response.status_code == status, response.content[:500]
        return response.json()

    return ask
