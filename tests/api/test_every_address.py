"""What holds at every address of the API: conditional requests, compression, HEAD, OPTIONS, problem documents."""

from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import Get
from tests.factories import make_count, make_event, make_participation
from tests.follow.test_log import stored

pytestmark = pytest.mark.django_db
LISTS = ("incidents/", "events/", "counts/", "claims/", "articles/", "places/", "actors/", "sources/")
WHOLE = ("", "cells/?zoom=2", "timeline/", "facets/", "changes/?after=0", "schema/")
EXPORTS = tuple(f"export/{name}/" for name in ("csv", "hxl", "xlsx", "geojson", "kml", "ndjson", "parquet", "acled", "ged"))
NOT_FOUND = (
    "nothing/",
    "incidents/999999/",
    "events/999999/",
    "export/doc/",
    "incidents/99999999999999999999/",
    "places/x%2Fy/",
    "places/%00/",
)


@pytest.fixture
def addresses(get: Get) -> list[str]:
    """Return every address that is read, single rows of every list among them; with rows behind each."""
    for incident in stored(3):
        event = make_event(incident=incident)
        make_count(event)
        make_participation(event)
    single = [f"{path}{row['id']}/" for path in LISTS for row in get(f"{path}?page_size=1")["results"]]
    assert len(single) == len(LISTS)
    return [*LISTS, *single, *WHOLE, *EXPORTS]


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def test_what_is_unchanged_is_not_sent_again(client: Client, addresses: list[str]) -> None:
    for path in addresses:
        first = client.get(f"/api/v1/{path}")
        assert first.status_code == 200, path
        body(first)
        again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, body(again)) == (304, b""), path
        assert again["ETag"].removeprefix("W/") == first["ETag"].removeprefix("W/"), path


def test_answers_are_compressed_for_those_who_ask(client: Client, addresses: list[str]) -> None:
    for path in addresses:
        plain = client.get(f"/api/v1/{path}")
        size = len(body(plain))
        packed = client.get(f"/api/v1/{path}", headers={"Accept-Encoding": "gzip"})
        packed_size = len(body(packed))
        if path not in ("export/xlsx/", "export/parquet/") and size > 1000:
            assert packed["Content-Encoding"] == "gzip", path
            assert packed_size < size, path
        assert "Accept-Encoding" in packed.get("Vary", ""), path


def test_head_is_get_without_its_body(client: Client, addresses: list[str]) -> None:
    for path in addresses:
        whole, head = client.get(f"/api/v1/{path}"), client.head(f"/api/v1/{path}")
        body(whole)
        assert (head.status_code, body(head)) == (200, b""), path
        for name in (
            "Content-Type",
            "Content-Length",
            "Content-Encoding",
            "Content-Disposition",
            "ETag",
            "Cache-Control",
            "X-Change-Number",
            "X-Total-Count",
        ):
            assert head.get(name) == whole.get(name), (path, name)
        assert set(head["Vary"].split(", ")) == set(whole["Vary"].split(", ")), path


def test_options_say_what_may_be_asked(client: Client, addresses: list[str]) -> None:
    for path in addresses:
        answer = client.options(f"/api/v1/{path}")
        assert answer.status_code == 200, path
        assert "List" not in answer.json()["name"], path
        allowed = set(answer["Allow"].split(", "))
        assert {"GET", "HEAD", "OPTIONS"} <= allowed, path
        assert ("POST" in allowed) == (path == "articles/"), path
        refused = client.delete(f"/api/v1/{path}")
        assert (refused.status_code, refused["Content-Type"]) == (405, "application/problem+json"), path
        assert set(refused["Allow"].split(", ")) == allowed, path


def test_what_is_not_there_or_not_understood_is_told_in_a_problem_document(client: Client, addresses: list[str]) -> None:
    asked: list[tuple[str, dict[str, str], int]] = [(path, {}, 404) for path in NOT_FOUND]
    for path in (path for path in addresses if "schema" not in path):
        beside = "&" if "?" in path else "?"
        asked += [
            (f"{path}{beside}nonsense=1", {}, 400),
            (f"{path}{beside}a%ffb=%00", {}, 400),
            (path, {"Authorization": "Bearer idk_nothing"}, 401),
        ]
        if not path.startswith("export"):
            asked += [(path, {"Accept": "image/png"}, 406)]
    for path in LISTS:
        asked += [(f"{path}?page_size={size}", {}, 400) for size in ("0", "501", "9" * 400, "1e3", "-1", "")]
        cursors = ("x", "W10", "", "A" * 5000, "%ff", "eyJ9", "WyJwbGFjZSIsImFcdTAwMDBiIl0", "WyJwbGFjZSIsIlx1ZDgwMCJd")
        asked += [(f"{path}?cursor={cursor}", {}, 400) for cursor in cursors]
        asked += [(f"{path}?q=%ff", {}, 400), (f"{path}?actor=%ed%a0%80", {}, 400)]
        asked += [
            (f"{path}?{twice}", {}, 400) for twice in ("since=2022&since=2023", "country=", "q=%20", "page_size=5&page_size=6")
        ]
    for path, headers, status in asked:
        answer = client.get(f"/api/v1/{path}", headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), (path, headers)
        assert {"type", "title", "status", "detail"} <= set(answer.json()), path


def test_what_no_view_sees_is_told_in_a_problem_document_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, dict[str, Any], int, str]] = [
        ("incidents/?" + "&".join(["type=bombing"] * 1100), {}, 400, "parameters"),
        ("incidents/", {"HTTP_HOST": "evil.example"}, 400, "Host"),
        ("incidents/1", {}, 404, "slash"),
        ("incidents/999999/", {}, 404, "number"),
    ]
    for path, extra, status, words in asked:
        answer = client.get(f"/api/v1/{path}", **extra)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), path
        assert words in answer.json()["detail"], path
    monkeypatch.setattr("incidents.api.views.log.head", None)  # a fault of ours
    client.raise_request_exception = False
    failed = client.get("/api/v1/incidents/")
    assert (failed.status_code, failed["Content-Type"]) == (500, "application/problem+json")
    assert "text/html" in client.get("/", HTTP_HOST="evil.example")["Content-Type"]


def test_it_begins_with_the_addresses_there_are(client: Client, get: Get) -> None:
    for name, address in get("").items():
        if name != "changes-stream":
            assert client.get(address.removeprefix("http://testserver")).status_code == 200, name


def test_every_answer_says_what_is_left(client: Client, addresses: list[str]) -> None:
    for path in (path for path in addresses if "schema" not in path):
        answer = client.get(f"/api/v1/{path}")
        body(answer)
        assert answer["RateLimit-Policy"].startswith('"address";q='), path
        assert answer["RateLimit"].startswith('"address";r='), path
