"""A reader who follows `next` sees every row once, in order, whatever comes in meanwhile."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_article, make_count, make_event, make_incident, make_participation, make_place, make_source

pytestmark = pytest.mark.django_db


def followed(client: Client, address: str) -> list[dict[str, Any]]:
    rows = []
    while address:
        answer = client.get(address).json()
        rows += answer["results"]
        address = answer["next"]
    return rows


@pytest.mark.parametrize("sort", ["date", "oldest", "killed", "origins", "changed"])
def test_every_row_once_in_order(client: Client, sort: str) -> None:
    """Ties and unknown values included."""
    for n in range(11):
        day = date(2022, 1, 1) + timedelta(n // 3)
        unknown: dict[str, Any] = {"earliest": None, "latest": None} if n % 4 == 0 else {"earliest": day, "killed_best": n // 2}
        make_incident(origin_count=n % 3, **unknown)
    whole = client.get(f"/api/v1/incidents/?sort={sort}").json()["results"]
    paged = followed(client, f"/api/v1/incidents/?sort={sort}&page_size=2")
    assert [row["id"] for row in paged] == [row["id"] for row in whole]
    assert len(whole) == 11


def test_rows_that_come_in_shift_nothing(client: Client) -> None:
    old = [make_incident(earliest=date(2022, 1, day)) for day in range(1, 6)]
    first = client.get("/api/v1/incidents/?page_size=2").json()
    make_incident(earliest=date(2022, 2, 1))
    rest = followed(client, first["next"])
    assert [row["id"] for row in first["results"] + rest] == [incident.pk for incident in reversed(old)]


@pytest.mark.parametrize("path", ["events", "counts", "claims", "articles", "places", "actors", "sources"])
def test_rows_that_come_in_shift_nothing_in_any_list(client: Client, path: str) -> None:
    """Between pages rows come in before and behind: what stood all the time is seen once, in its order."""

    def come_in(n: int) -> None:
        place = make_place(id=f"t:{n % 7}{n}", name=f"Place {n}")
        event = make_event(make_article(source=make_source(f"Wire {n}")), incident=make_incident(place=place), place=place)
        make_count(event)
        make_participation(event, f"Group {n}")

    for n in range(9):
        come_in(n)
    stood = [row["id"] for row in client.get(f"/api/v1/{path}/?page_size=500").json()["results"]]
    seen: list[Any] = []
    address, n = f"/api/v1/{path}/?page_size=2", 9
    while address:
        answer = client.get(address).json()
        seen += [row["id"] for row in answer["results"]]
        address, n = answer["next"], n + 1
        if n < 13:
            come_in(n)
    assert [number for number in seen if number in stood] == stood
    assert len(seen) == len(set(seen))


def test_filter_goes_with_the_cursor(client: Client) -> None:
    for n in range(6):
        make_incident(type="arrest" if n % 2 else "shooting")
    assert {row["type"] for row in followed(client, "/api/v1/incidents/?type=arrest&page_size=1")} == {"arrest"}


def test_cursor_of_another_order_is_refused(client: Client) -> None:
    for _ in range(3):
        make_incident()
    cursor = client.get("/api/v1/incidents/?page_size=1").json()["next"].split("cursor=")[1].split("&")[0]
    assert client.get(f"/api/v1/incidents/?sort=killed&cursor={cursor}").status_code == 400


def test_lists_with_text_keys(client: Client) -> None:
    for name in ("c", "a", "b"):
        make_place(id=f"t:{name}", name=name)
    assert [row["id"] for row in followed(client, "/api/v1/places/?page_size=1")] == ["t:a", "t:b", "t:c"]
