"""Beside each option stands what it would leave, under all the other parameters."""

import pytest
from django.http import QueryDict

from incidents.aggregates.facets import FACETS, facets
from incidents.deriving import derive_incidents
from incidents.filters import IncidentFilter
from tests.factories import make_article, make_count, make_event, make_incident, make_source

pytestmark = pytest.mark.django_db

IS = {"actor": 1, "name": "Islamic State", "role": "perpetrator", "origins": 2}
SDF = {"actor": 2, "name": "SDF", "role": "security_force", "origins": 1}


def counted(query: str = "") -> dict[str, dict[str, int]]:
    return facets(IncidentFilter(QueryDict(query)))


def test_it_works() -> None:
    make_incident(type="bombing", actors=[IS, SDF, IS | {"role": "unknown"}])
    make_incident(type="bombing", country="IQ", actors=[IS], lat=None)
    make_incident(type="arrest", background=True, place_precision="country", stage="foiled")
    found = counted("background=1")
    assert found["type"] == {"bombing": 2, "arrest": 1}
    assert found["country"] == {"SY": 2, "IQ": 1}
    assert found["actor"] == {"Islamic State": 2, "SDF": 1}
    assert found["role"] == {"perpetrator": 2, "security_force": 1, "unknown": 1}
    assert found["placed"] == {"yes": 2, "no": 1, "": 3}
    assert found["background"] == {"": 2, "1": 3, "only": 1}
    assert found["precision"]["settlement"] == 2
    assert found["precision"]["none"] == 3
    assert set(found) == set(FACETS)


def test_own_parameter_is_left_out() -> None:
    make_incident(type="bombing")
    make_incident(type="arrest", country="IQ")
    found = counted("type=bombing")
    assert found["type"] == {"arrest": 1, "bombing": 1}
    assert found["country"] == {"SY": 1}


def test_sources_and_claimants_count_incidents_not_articles() -> None:
    incident, source = make_incident(), make_source("Levant Daily")
    for _ in range(2):
        make_count(make_event(make_article(source=source), incident=incident), claimant="police")
    derive_incidents([incident.pk])
    found = counted()
    assert (found["source"], found["claimant"]) == ({"Levant Daily": 1}, {"police": 1})
