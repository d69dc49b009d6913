"""Less or more of each row, and the statements on their own."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from incidents.deriving import derive_incidents
from incidents.models import Incident
from tests.api.conftest import Get
from tests.factories import make_article, make_count, make_event, make_incident, span_of

pytestmark = pytest.mark.django_db


def told() -> Incident:
    incident = Incident.objects.create(type="other", family="other")
    for figure, claimant in (("nine", "Police"), ("seven", "Army")):
        article = make_article(f"Guns were heard. {claimant} said {figure} people were killed.")
        event = make_event(article, incident=incident, evidence=[span_of(article, f"{figure} people were killed")])
        make_count(event, best=9 if figure == "nine" else 7, claimant=claimant, span=span_of(article, f"{figure} people"))
    derive_incidents([incident.pk])
    return incident


def test_fields_leave_out_the_rest(get: Get) -> None:
    incident = told()
    assert get("incidents/?fields=id,headline")["results"] == [{"id": incident.pk, "headline": Incident.objects.get().headline}]
    assert get(f"incidents/{incident.pk}/?fields=version") == {"version": 1}
    assert set(get("articles/?fields=title")["results"][0]) == {"title"}


def test_includes_are_what_the_single_ones_give(get: Get) -> None:
    incident = told()
    (row,) = get("incidents/?include=events,claims,articles")["results"]
    whole = get(f"incidents/{incident.pk}/")
    assert (row["events"], row["claims"]) == (whole["events"], whole["claims"])
    assert row["articles"] == [get(f"articles/{event['article']}/") for event in whole["events"]]
    assert not {"events", "claims", "articles"} & set(get("incidents/")["results"][0])
    assert "articles" not in whole
    assert get(f"incidents/{incident.pk}/?include=articles,events") == whole | {"articles": row["articles"]}
    assert get(f"incidents/{incident.pk}/?include=articles&fields=articles") == {"articles": row["articles"]}
    assert "there are: events" in get(f"incidents/{incident.pk}/?include=counts", status=400)["errors"]["include"][0]


def test_queries_do_not_grow_with_the_page(client: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        told()
    for path in ("incidents/?include=events,claims,articles", "claims/", "counts/"):
        with django_assert_max_num_queries(18):
            assert client.get(f"/api/v1/{path}").status_code == 200


def test_counts_and_claims(get: Get) -> None:
    incident = told()
    alone = make_count(make_event())
    assert [row["best"] for row in get("counts/")["results"]] == [9, 7, 5]
    claims = get("claims/")["results"]
    assert claims == get(f"incidents/{incident.pk}/")["claims"]
    assert {row["claimant"] for row in claims} == {"Police", "Army"}
    assert all(row["sentence"] and row["verdict"] and row["reason"] for row in claims)
    assert get(f"claims/{claims[0]['id']}/") == claims[0]
    assert get(f"claims/{alone.pk}/", status=404)["status"] == 404
    assert [row["best"] for row in get(f"counts/?event={alone.event_id}")["results"]] == [5]
    make_count(make_event(incident=make_incident(type="arrest")))
    assert len(get("counts/?type=arrest")["results"]) == 1


def test_a_reason_names_who_and_how_many(get: Get) -> None:
    incident = make_incident()
    for day, best in ((1, 5), (2, 9)):
        event = make_event(make_article(published_on=date(2022, 1, day)), incident=incident)
        make_count(event, best=best, claimant="Army")
    reasons = {row["best"]: row["reason"] for row in get(f"incidents/{incident.pk}/")["claims"]}
    assert reasons[5] == "Army, a later figure: 9."


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("fields=id,nothing", "fields", "no field “nothing”"),
        ("include=events.article", "include", "one level deep"),
        ("include=counts", "include", "there are: events"),
        ("include=events&page_size=101", "include", "at most 100"),
        ("fields=id&format=geojson", "fields", "whole"),
        ("fields=%00", "fields", "Null"),
    ],
)
def test_what_cannot_be_used_is_named(get: Get, query: str, field: str, words: str) -> None:
    told()
    assert words in get(f"incidents/?{query}", status=400)["errors"][field][0]


def test_single_ones_take_nothing_else(get: Get) -> None:
    incident = told()
    for path in (f"incidents/{incident.pk}", f"articles/{incident.events.earliest('pk').article_id}"):
        assert "type" in get(f"{path}/?type=bombing", status=400)["errors"]
