"""What the schema says a correction takes is what the desk takes, field by field."""

from functools import cache
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from incidents.corrections import FIELDS
from incidents.editing import report_values
from incidents.vocabulary import OUTCOMES
from tests.api.test_writing import Post, post, writer
from tests.follow.test_log import stored

pytestmark = pytest.mark.django_db
__all__ = ["post", "writer"]

PEOPLE: tuple[list[Any], list[Any]] = (
    [{"low": 3, "best": 4, "high": None}, None],
    [{"low": "3"}, {"least": 3}, [3, 4], {"best": -1}],
)
# Values that are taken, and values that are not.
VALUES: dict[str, tuple[list[Any], list[Any]]] = {
    "type": (["raid"], ["picnic", None, 5]),
    "stage": (["foiled"], ["begun", None]),
    "background": ([True], ["yes", None, 1]),
    "date": (
        [
            {"earliest": "2022-01-20", "latest": "2022-01-20", "precision": "time", "time": "18:00"},
            {"latest": "2022-01-20", "precision": "upper_bound"},
            None,
        ],
        [{"earliest": "2022-01-20", "latest": "2022-01-20", "precision": "minute"}, "2022-01-20", {"earliest": 5}, {"day": 5}],
    ),
    "place": (
        [{"name": "The old mill", "country": "SY", "lat": 36.5, "lon": 40.7, "precision": "near", "radius_km": 2}, None],
        [
            {"name": 5, "precision": "site"},
            {"name": "Mill", "precision": "here"},
            {"name": "Mill", "precision": "site", "lat": 91},
            "Mill",
        ],
    ),
    "actors": (
        [[{"name": "Police", "role": "target"}, {"name": "Gunmen"}], []],
        [[{"role": "target"}], [{"name": 5}], None, [{"name": "A", "role": "x"}]],
    ),
    **dict.fromkeys(OUTCOMES, PEOPLE),
}
STATEMENT = {"outcome": "killed", "best": 4, "who": "shoppers", "who_class": "civilian", "claimant": "police", "further": True}
OF_REPORT: dict[str, tuple[list[Any], list[Any]]] = {
    **{field: VALUES[field] for field in report_values.FIELDS if field in VALUES},
    "actors": (
        [[{"name": "Police", "denied": True, "span": [0, 4], "in": "text"}]],
        [[{"name": "Police", "claimant": 5}], [{"role": "target"}]],
    ),
    "counts": (
        [[STATEMENT], []],
        [
            [{"best": 4}],
            [STATEMENT | {"outcome": "tired"}],
            [STATEMENT | {"who": 5}],
            [STATEMENT | {"in": "margin", "span": [0, 4]}],
            {},
        ],
    ),
}


@cache
def properties(body: str) -> Any:
    return Client().get("/api/v1/schema/").json()["components"]["schemas"][body]["properties"]


def fits(body: str, field: str, value: Any) -> bool:
    """Whether the schema takes the value; of a correction's, the shape that has the field's name."""
    schema = properties(body)
    if body == "EventCorrection":
        return bool(Draft202012Validator(schema["values"]).is_valid({field: value}))
    shape = next(one for one in schema["value"]["anyOf"] if field in one["title"].split(", "))
    return bool(Draft202012Validator(shape).is_valid(value))


@pytest.mark.parametrize("field", FIELDS)
def test_of_an_incident(post: Post, field: str) -> None:
    (incident,) = stored()
    taken, refused = VALUES[field]
    for value in taken:
        assert fits("Correction", field, value), value
        post(f"incidents/{incident.pk}/corrections/", {"field": field, "value": value}, 201, If_Match="*")
    for value in refused:
        assert not fits("Correction", field, value), value
        post(f"incidents/{incident.pk}/corrections/", {"field": field, "value": value}, 422, If_Match="*")


@pytest.mark.parametrize("field", report_values.FIELDS)
def test_of_a_report(post: Post, field: str) -> None:
    (incident,) = stored()
    event = incident.events.get()
    taken, refused = OF_REPORT[field]
    for value in refused:
        assert not fits("EventCorrection", field, value), value
        post(f"events/{event.pk}/corrections/", {"values": {field: value}}, 422, If_Match="*")
    for value in taken:
        assert fits("EventCorrection", field, value), value
        post(f"events/{event.pk}/corrections/", {"values": {field: value}}, If_Match="*")
