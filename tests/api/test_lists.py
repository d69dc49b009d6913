"""Events, places, actors and sources: whole, or those of the incidents a filter chooses."""

from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import Get
from tests.factories import make_article, make_count, make_event, make_incident, make_participation, make_place, make_source

pytestmark = pytest.mark.django_db


def test_events(get: Get) -> None:
    article = make_article("Gunmen killed five people in Hasakah on Thursday.")
    event = make_event(article, incident=make_incident(), evidence=[{"span": [0, 6]}])
    make_count(event, span={"span": [14, 25]})
    make_participation(event)
    (row,) = get("events/")["results"]
    assert (row["article"], row["incident"], row["type"]) == (article.pk, event.incident_id, "shooting")
    assert row["date"]["earliest"] == "2022-01-20"
    assert row["evidence"] == [{"span": [0, 6], "sentence": article.text}]
    assert row["counts"][0]["sentence"] == article.text
    assert row["actors"][0]["name"] == "Islamic State"


def test_events_of_an_article_and_of_an_incident(get: Get) -> None:
    event, _other = make_event(incident=make_incident()), make_event(incident=make_incident())
    for query in (f"article={event.article_id}", f"incident={event.incident_id}"):
        assert [row["id"] for row in get(f"events/?{query}")["results"]] == [event.pk]
    assert "Enter a whole number." in get("events/?article=x", status=400)["errors"]["article"]


@pytest.mark.parametrize("path", ["places", "actors", "sources", "events"])
def test_filter_chooses_what_belongs(get: Get, path: str) -> None:
    here = make_place(id="t:lima", name="Lima", country="PE", admin1="Lima", lat=-12.0, lon=-77.0)
    event = make_event(
        make_article(source=make_source("Andes Post")), incident=make_incident(type="arrest", place=here), place=here
    )
    make_participation(event, "Police")
    other = make_event(incident=make_incident(type="bombing"))
    make_participation(other, "Army")
    assert len(get(f"{path}/")["results"]) == 2
    (row,) = get(f"{path}/?type=arrest")["results"]
    assert row.get("name", "Lima") in ("Lima", "Police", "Andes Post")
    assert get(f"{path}/{row['id']}/")["id"] == row["id"]


@pytest.mark.parametrize("path", ["places", "actors", "sources"])
def test_beginning_of_a_name(get: Get, path: str) -> None:
    make_place(id="t:1", name="Alpha")
    make_place(id="t:2", name="Beta")
    for name in ("Alpha", "Beta"):
        make_participation(make_event(make_article(source=make_source(name))), name)
    assert [row["name"] for row in get(f"{path}/?name=alp")["results"]] == ["Alpha"]


def test_queries_do_not_grow_with_the_page(client: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(6):
        event = make_event(incident=make_incident())
        make_count(event)
        make_participation(event)
    for path in ("events", "articles", "places", "actors", "sources"):
        with django_assert_max_num_queries(8):
            client.get(f"/api/v1/{path}/")
