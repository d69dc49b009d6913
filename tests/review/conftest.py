"""A case to work on, and people in front of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from incidents.deriving import derive_incidents
from incidents.models import Incident
from tests.factories import make_article, make_count, make_event, make_participation, span_of

TEXT = "Gunmen shot five people dead at the ford near Hasakah on Thursday, police said.\n\nA hospital spoke of nine dead."


@pytest.fixture
def incident(db: None) -> Incident:
    """A shooting with rival tolls of police and a hospital, in one article."""
    return make_case()


def make_case(text: str = TEXT, *, said: Callable[[str], str] = str, **values: Any) -> Incident:
    """An incident with one report whose claimants disagree, so that it waits in the queue; its words pass through `said`."""
    row = Incident.objects.create(type="other", family="other")
    article = make_article(said(text))
    event = make_event(article, incident=row, trigger=span_of(article, said("shot")), **values)
    make_count(event, best=5, claimant=said("police"), span=span_of(article, said("five people")))
    make_count(event, best=9, claimant=said("a hospital"), span=span_of(article, said("nine dead")))
    make_participation(event, said("river gang"), span=span_of(article, said("Gunmen")))
    derive_incidents([row.pk])
    row.refresh_from_db()
    return row


@pytest.fixture
def desk(editor: User) -> Client:
    """An editor's browser."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def colleague(administrator: User) -> Callable[[], Client]:
    """Return another editor's browser."""

    def enter() -> Client:
        client = Client()
        client.force_login(administrator)
        return client

    return enter
