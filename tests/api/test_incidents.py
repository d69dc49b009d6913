"""/api/v1/incidents/: the list under the filter, one incident with its claims, GeoJSON honest about precision."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from incidents.deriving import derive_incidents
from incidents.models import Incident
from tests.api.conftest import Get
from tests.factories import make_article, make_count, make_event, make_incident, make_participation, span_of

pytestmark = pytest.mark.django_db


def test_it_works(get: Get) -> None:
    incident = Incident.objects.create(type="other", family="other")
    event = make_event(incident=incident)
    make_count(event, best=5)
    make_participation(event)
    derive_incidents([incident.pk])
    (row,) = get("incidents/")["results"]
    assert row["number"] == f"I-{incident.pk}"
    assert row["url"] == f"http://testserver/incidents/{incident.pk}/"
    assert row["headline"] == "Shooting in Al Hasakah, Syria: 5 killed, 20 January 2022"
    day = {"earliest": "2022-01-20", "latest": "2022-01-20", "precision": "day"}
    assert row["date"] == day | {"basis": "relative", "time": None}
    assert (row["place"]["name"], row["place"]["country_name"], row["place"]["precision"]) == (
        "Al Hasakah",
        "Syria",
        "settlement",
    )
    assert {key: row["totals"]["killed"][key] for key in ("low", "best", "high")} == {"low": 5, "best": 5, "high": 5}
    assert [(actor["name"], actor["role"]) for actor in row["actors"]] == [("Islamic State", "perpetrator")]
    assert row["version"] == 1


def test_filter_holds(get: Get) -> None:
    make_incident()
    arrest = make_incident(type="arrest")
    assert [row["id"] for row in get("incidents/?type=arrest&since=2022")["results"]] == [arrest.pk]


def test_unknown_is_null_and_none_is_zero(get: Get) -> None:
    make_incident(totals={"killed": {"low": None, "best": None, "high": None}, "wounded": {"low": 0, "best": 0, "high": 0}})
    (row,) = get("incidents/")["results"]
    assert row["totals"]["killed"] == {"low": None, "best": None, "high": None}
    assert row["totals"]["wounded"]["best"] == 0
    assert "missing" not in row["totals"]


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("tpye=bombing", "tpye", "no such parameter"),
        ("page=2", "page", "no such parameter"),
        ("type=bombin", "type", "did you mean"),
        ("page_size=0", "page_size", "from 1 to 500"),
        ("page_size=501", "page_size", "from 1 to 500"),
        ("page_size=-1", "page_size", "from 1 to 500"),
        ("cursor=abc", "cursor", "no cursor"),
        ("cursor=W10", "cursor", "no cursor"),
        ("cursor=%F0%9F%92%A3", "cursor", "no cursor"),
        ("format=xml", "format", "xml"),
        ("q=%00", "q", "Null"),
        ("near=1,2,3,4", "near", "lat,lon,km"),
        ("a%ffb=1", "a�b", "no such parameter"),
    ],
)
def test_what_cannot_be_used_is_named(get: Get, client: Client, query: str, field: str, words: str) -> None:
    problem = get(f"incidents/?{query}", status=400)
    assert (problem["status"], problem["title"]) == (400, "Bad Request")
    assert words in problem["errors"][field][0]
    assert client.get(f"/api/v1/incidents/?{query}")["Content-Type"] == "application/problem+json"


def test_all_reasons_are_given_at_once(get: Get) -> None:
    assert set(get("incidents/?since=x&min=y&z=1", status=400)["errors"]) == {"since", "min", "z"}


def test_geojson_is_honest_about_precision(client: Client) -> None:
    geometries: dict[str, Any] = {}
    for precision in ("site", "settlement", "near", "adm2", "adm1", "area", "sea"):
        make_incident(place_precision=precision, radius_km=10.0)
    make_incident(place_precision="country", lat=None, lon=None)
    make_incident(place_precision="none", lat=None, lon=None)
    response = client.get("/api/v1/incidents/?format=geojson")
    assert response["Content-Type"] == "application/geo+json"
    found = response.json()
    assert (found["type"], found["next"]) == ("FeatureCollection", None)
    for feature in found["features"]:
        geometries[feature["properties"]["precision"]] = feature["geometry"]
        assert feature["type"] == "Feature"
        assert feature["properties"]["headline"]
    assert geometries["near"] == {"type": "Point", "coordinates": [40.74772, 36.50237]}
    assert {precision for precision, geometry in geometries.items() if geometry} == {"site", "settlement", "near"}
    assert len(geometries) == 9


def test_one_incident_has_its_claims_with_sentences(get: Get) -> None:
    incident = Incident.objects.create(type="other", family="other")
    article = make_article("Guns were heard. Police said nine people were killed. It is quiet now.")
    event = make_event(article, incident=incident, evidence=[span_of(article, "nine people were killed")])
    make_count(event, best=9, claimant="Police", span=span_of(article, "nine people"))
    derive_incidents([incident.pk])
    found = get(f"incidents/{incident.pk}/")
    (claim,) = found["claims"]
    assert (claim["best"], claim["claimant"], claim["article"]) == (9, "Police", article.pk)
    assert claim["sentence"] == "Police said nine people were killed."
    assert claim["verdict"] == "best"
    assert claim["reason"]
    assert found["totals"]["killed"]["chosen"] == claim["id"]
    assert found["events"][0]["evidence"][0]["sentence"] == "Police said nine people were killed."


def test_merged_incident_redirects_for_ever(client: Client) -> None:
    kept = make_incident()
    gone = make_incident(merged_into=kept)
    response = client.get(f"/api/v1/incidents/{gone.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"/api/v1/incidents/{kept.pk}/")
    assert [row["id"] for row in client.get("/api/v1/incidents/").json()["results"]] == [kept.pk]


def test_deleted_incident_is_gone(get: Get) -> None:
    gone = make_incident(deleted_at=timezone.now(), deleted_reason="a hoax")
    assert get(f"incidents/{gone.pk}/", status=410)["detail"] == "It was deleted: a hoax."


@pytest.mark.parametrize("path", ["incidents/0/", "incidents/99999999999999999999/", "incidents/x/", "nothing/"])
def test_not_found_is_json(get: Get, path: str) -> None:
    assert get(path, status=404)["status"] == 404


def test_nothing_can_be_written(client: Client) -> None:
    for method in (client.post, client.put, client.patch, client.delete):
        response = method("/api/v1/incidents/", {}, content_type="application/json")
        assert response.status_code == 405
        assert response["Content-Type"] == "application/problem+json"


def test_head_and_options(client: Client) -> None:
    make_incident()
    assert client.head("/api/v1/incidents/").content == b""
    assert client.options("/api/v1/incidents/")["Allow"] == "GET, HEAD, OPTIONS"


def test_unchanged_is_not_sent_again(client: Client) -> None:
    incident = make_incident()
    first = client.get("/api/v1/incidents/")
    headers = {"If-None-Match": first["ETag"]}
    assert client.get("/api/v1/incidents/", headers=headers).status_code == 304
    Incident.objects.filter(pk=incident.pk).update(headline="Another", earliest=date(2022, 1, 2))
    assert client.get("/api/v1/incidents/", headers=headers).status_code == 200
    assert "no-cache" in first["Cache-Control"]


def test_queries_do_not_grow_with_the_page(client: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        make_incident()
    with django_assert_max_num_queries(5):
        assert len(client.get("/api/v1/incidents/").json()["results"]) == 12
