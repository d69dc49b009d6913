"""Waiting for changes at a served desk: one page held back, a stream of events, and streams that end when the server does."""

import json
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.contrib.auth.models import User
from django.db import connection

from incidents.editing import correct
from incidents.models import Incident
from tests.conftest import eventually, free_port, running
from tests.follow.test_log import stored

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def events(address: str, **headers: str) -> Iterator[Iterator[dict[str, Any]]]:
    """Open a stream; yields its events as they come, each as its fields."""
    with httpx.stream("GET", address, headers={"Accept": "text/event-stream"} | headers, timeout=20) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        yield read(answer.iter_lines())


def read(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    fields: dict[str, Any] = {}
    for line in lines:
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = json.loads(value) if name == "data" else value
        elif "data" in fields:
            yield fields
            fields = {}


def corrected(incident: Incident, killed: int, user: User) -> None:
    try:
        correct(incident=incident, field="killed", value={"best": killed}, user=user)
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/api/v1/changes/stream/", "/changes/stream/"])
def test_a_stream_tells_what_came_and_goes_on_after_a_break(live_desk: str, editor: User, path: str) -> None:
    incident, _other = stored(2)
    with events(f"{live_desk}{path}?after=0&include=incident", **{"Accept-Encoding": "gzip"}) as found:
        assert [next(found)["id"] for _ in range(2)] == ["1", "2"]
        with ThreadPoolExecutor(1) as pool:
            pool.submit(corrected, incident, 7, editor).result()
            told = next(found)
    assert (told["id"], told["event"], told["data"]["kind"]) == ("3", "change", "updated")
    assert told["data"]["state"]["totals"]["killed"]["best"] == 7
    corrected(incident, 8, editor)
    with events(f"{live_desk}{path}?after=0", **{"Last-Event-ID": "3"}) as found:
        assert next(found)["data"]["number"] == 4


def test_without_a_cursor_a_stream_begins_now(live_desk: str, editor: User) -> None:
    (incident,) = stored()
    with httpx.stream("GET", f"{live_desk}/changes/stream/", timeout=20) as answer:
        lines = answer.iter_lines()
        assert next(lines) == "retry: 2000"
        time.sleep(0.2)  # the stream has taken its place in the log
        corrected(incident, 9, editor)
        assert next(read(lines))["data"]["number"] == 2


def test_one_page_is_held_back_until_there_is_something(live_desk: str, editor: User) -> None:
    (incident,) = stored()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(httpx.get, f"{live_desk}/api/v1/changes/?after=1&wait=20&include=incident", timeout=30)
        time.sleep(0.3)
        assert not waiting.done()
        corrected(incident, 6, editor)
        page = waiting.result().json()
    assert [row["number"] for row in page["results"]] == [2]
    assert page["results"][0]["state"]["version"] == 2
    assert httpx.get(f"{live_desk}/api/v1/changes/?after=2&wait=1").json()["results"] == []
    assert httpx.head(f"{live_desk}/api/v1/changes/?after=2&wait=60").status_code == 200


def test_streams_end_with_the_server_and_seats_are_given_back(transactional_db: None, tmp_path: Path, monkeypatch: Any) -> None:
    stored()
    monkeypatch.setenv("FOLLOW_CLIENTS_EACH", "2")
    address, log = f"http://127.0.0.1:{(port := free_port())}", tmp_path / "web.log"
    with running(["-m", "uvicorn", "config.asgi:application", "--port", str(port), "--log-level", "warning"], log) as server:
        eventually(lambda: _answers(port), log=log)
        stream = f"{address}/changes/stream/?after=0"
        with events(stream) as first, events(stream) as second:
            assert (next(first)["id"], next(second)["id"]) == ("1", "1")
            refused = httpx.get(stream)
            assert (refused.status_code, refused.headers["Retry-After"]) == (429, "10")
            with httpx.stream("GET", f"{address}/api/v1/changes/?after=1&wait=60") as poll:
                assert poll.status_code == 429
        eventually(lambda: httpx.head(stream).status_code == 200)
        with events(stream) as first:
            assert next(first)["id"] == "1"
            begun = time.monotonic()
            server.send_signal(signal.SIGTERM)
            assert list(first) == []
            server.wait(timeout=10)
            assert time.monotonic() - begun < 8
    assert "Traceback" not in log.read_text()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
