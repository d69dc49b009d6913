"""How often a client may ask, and which other sites' pages may."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from redis import Redis

from incidents import keys

pytestmark = pytest.mark.django_db
PATH = "/api/v1/sources/"


@pytest.fixture(autouse=True)
def _one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr("incidents.api.limits.time", lambda: 1_000_000_019.5)  # half a second before the next minute


def test_it_works(client: Client, settings: Any) -> None:
    settings.API_RATE = 2
    first, second, third = (client.get(PATH) for _ in range(3))
    assert first["RateLimit-Policy"] == '"address";q=2;w=60'
    assert [answer["RateLimit"] for answer in (first, second, third)] == [f'"address";r={left};t=1' for left in (1, 0, 0)]
    assert (first.status_code, second.status_code, third.status_code) == (200, 200, 429)
    assert (third["Content-Type"], third["Retry-After"]) == ("application/problem+json", "1")
    problem = third.json()
    assert problem["detail"] == ("More than 2 requests in 60 s by one address without a key. Ask again in 1 s.")
    assert problem["type"].endswith("#too-many-requests")


def test_the_next_minute_starts_anew(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_RATE = 1
    assert [client.get(PATH).status_code for _ in range(2)] == [200, 429]
    monkeypatch.setattr("incidents.api.limits.time", lambda: 1_000_000_020.1)
    answer = client.get(PATH)
    assert (answer.status_code, answer["RateLimit"]) == (200, '"address";r=0;t=60')


def test_each_key_has_its_own(client: Client, settings: Any, reader: User) -> None:
    settings.API_RATE = settings.API_RATE_KEY = 1
    one, other = (keys.make(owner=reader, name=name, scopes=["read"])[1] for name in "ab")
    for headers in ({"authorization": f"Bearer {one}"}, {"authorization": f"Bearer {other}"}, {}):
        assert [client.get(PATH, headers=headers).status_code for _ in range(2)] == [200, 429]


def test_an_account_counts_wherever_it_comes_from(client: Client, settings: Any, reader: User) -> None:
    settings.API_RATE_KEY = 1
    client.force_login(reader)
    answers = [client.get(PATH, REMOTE_ADDR=f"192.0.2.{number}") for number in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[0]["RateLimit"].startswith('"account"')


def test_addresses_are_counted_apart(client: Client, settings: Any) -> None:
    settings.API_RATE = 1
    assert [client.get(PATH, REMOTE_ADDR=f"192.0.2.{number}").status_code for number in range(3)] == [200] * 3


def test_it_can_be_switched_off(client: Client, settings: Any) -> None:
    settings.API_RATE = 0
    assert "RateLimit" not in client.get(PATH)


def test_without_the_store_everybody_is_served(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidents.api.limits.store", lambda: Redis.from_url("unix:///nowhere/redis.sock"))
    answer = client.get(PATH)
    assert answer.status_code == 200
    assert "RateLimit" not in answer


@pytest.mark.parametrize("problem", ["?bogus=1", "999999/"])
def test_refusals_count_and_say_so(client: Client, problem: str) -> None:
    answer = client.get(f"{PATH}{problem}")
    assert answer.status_code in (400, 404)
    assert re.fullmatch(r'"address";r=\d+;t=1', answer["RateLimit"])


OURS = "https://maps.example"


def test_other_sites_pages_are_let_in_by_setting(client: Client, settings: Any) -> None:
    ask = {"origin": OURS, "access-control-request-method": "GET", "access-control-request-headers": "authorization"}
    assert "Access-Control-Allow-Origin" not in client.options(PATH, headers=ask)
    settings.CORS_ALLOWED_ORIGINS = [OURS]
    before = client.options(PATH, headers=ask)
    assert before["Access-Control-Allow-Origin"] == OURS
    assert "authorization" in before["Access-Control-Allow-Headers"]
    answer = client.get(PATH, headers={"origin": OURS})
    assert answer["Access-Control-Allow-Origin"] == OURS
    assert "ratelimit" in answer["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer
    assert "Access-Control-Allow-Origin" not in client.get(PATH, headers={"origin": "https://else.example"})


def test_pages_are_never_shared(client: Client, settings: Any) -> None:
    settings.CORS_ALLOW_ALL_ORIGINS = True
    assert client.get(PATH, headers={"origin": OURS})["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/sources/", headers={"origin": OURS})
