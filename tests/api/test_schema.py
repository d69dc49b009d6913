"""The schema and its documentation are complete, true and work offline."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from incidents.filters import IncidentFilter
from tests.factories import make_incident

pytestmark = pytest.mark.django_db

PATHS = ("incidents", "events", "articles", "places", "actors", "sources", "cells", "timeline", "facets")


def test_it_works(client: Client) -> None:
    schema = client.get("/api/v1/schema/").json()
    validate_schema(schema)  # type: ignore[no-untyped-call]  # the package has no types here
    assert schema["openapi"].startswith("3.1")
    for path in PATHS:
        operation = schema["paths"][f"/api/v1/{path}/"]["get"]
        parameters = {parameter["name"] for parameter in operation["parameters"]}
        assert set(IncidentFilter.base_fields) <= parameters, path
        assert operation["description"]
    confidence = next(one for one in operation["parameters"] if one["name"] == "confidence")
    assert confidence["schema"]["type"] == "number"


def test_every_body_and_answer_has_an_example_that_is_one(client: Client) -> None:
    schema = client.get("/api/v1/schema/").json()
    found = list(_contents(schema))
    assert len(found) > 40
    for where, content in found:
        rules = content["schema"] | {"components": schema["components"]}
        for example in content["examples"].values():
            wrong = [error.message for error in Draft202012Validator(rules).iter_errors(example["value"])]
            assert not wrong, f"{where}: {wrong[:3]}"


def _contents(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every body and answer in JSON."""
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            described = {"body": operation.get("requestBody", {}), **operation["responses"]}
            for name, part in described.items():
                for kind, content in part.get("content", {}).items():
                    if kind in ("application/json", "application/problem+json"):
                        yield f"{method} {path} {name}", content


def test_generator_has_no_complaint(client: Client) -> None:
    GENERATOR_STATS.reset()
    client.get("/api/v1/schema/")
    assert not GENERATOR_STATS


def test_docs_ask_for_nothing_from_outside(client: Client) -> None:
    response = client.get("/api/docs/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "http" not in page
    assert "<style" not in page
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_unknown_address_below_api_is_json(client: Client) -> None:
    response = client.get("/api/v2/incidents/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_what_is_sent_to_nowhere_is_answered_in_json() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = "whatever"
    answer = client.post("/api/v1/nowhere/", {}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_the_type_of_a_problem_leads_to_its_words(client: Client) -> None:
    make_incident()
    answer = client.get("/api/v1/changes/?after=999999").json()
    address, kind = answer["type"].split("#")
    page = client.get(address)
    assert page.status_code == 200
    assert f'id="{kind}"' in page.content.decode()
    for kind in ("version-differs", "idempotency-key-reused", "too-many-requests"):
        assert f'id="{kind}"' in page.content.decode()
