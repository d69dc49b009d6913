"""Incidents with reports behind them, and what a reader sees of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from incidents.deriving import derive_incidents
from incidents.models import Incident
from tests.factories import make_article, make_count, make_event


@pytest.fixture
def reported() -> Callable[..., Incident]:
    """Make an incident with one event of its own article for each number of killed given."""

    def make(*killed: int, **values: Any) -> Incident:
        row = Incident.objects.create(type="other", family="other")
        for number in killed:
            make_count(
                make_event(make_article(f"Gunmen killed {number} people, one report said."), incident=row, **values), best=number
            )
        derive_incidents([row.pk])
        row.refresh_from_db()
        return row

    return make


@pytest.fixture
def colleague(db: None) -> User:
    """A second person who may correct."""
    return User.objects.create_user("colleague", password="a-long-password-4", first_name="Colin", last_name="League")
