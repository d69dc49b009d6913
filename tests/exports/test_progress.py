"""An export that is watched: rows written of all, stopped before its end, whole at its end, on the real server."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.core.cache import cache
from django.test import Client

from incidents.exports import answering, progress
from incidents.exports.about import query_of
from incidents.exports.snapshot import AT_ONCE
from incidents.exports.xlsx import write_xlsx
from tests.conftest import desk_served, eventually
from tests.exports.conftest import about_nothing
from tests.exports.test_formats import Three
from tests.factories import copies, make_incident

WORD = "0123456789abcdef" * 2
MANY = 12_000  # incidents: more bytes than a connection holds by itself


@pytest.fixture(autouse=True)
def nothing_told() -> None:
    cache.clear()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "web.log"


@pytest.fixture
def desk(transactional_db: None, log: Path) -> Iterator[str]:
    """A desk with many incidents, whose log must show no fault when it ends."""
    copies(make_incident(), MANY - 1)
    with desk_served(log) as address:
        yield address
    for trouble in ("Traceback", "rolling back", "Exception ignored"):
        assert trouble not in log.read_text(), log.read_text()[-2000:]


def told(desk: str) -> dict[str, object]:
    answer = httpx.get(f"{desk}/export/progress/{WORD}/")
    assert answer.headers["Cache-Control"].endswith("private")
    found: dict[str, object] = answer.json()
    return found


def begun(desk: str) -> dict[str, object]:
    """Return what is told once rows are written, nothing before."""
    found = told(desk)
    return found if found["rows"] else {}


def test_it_is_told_how_far_it_is_and_ends_where_it_is_stopped(desk: str, log: Path) -> None:
    address, plain = f"{desk}/export/geojson/?progress={WORD}", {"Accept-Encoding": "identity"}
    with httpx.stream("GET", address, headers=plain, timeout=60) as answer:
        pieces = answer.iter_bytes()
        underway: dict[str, object] = eventually(lambda: begun(desk) if next(pieces) else {}, log=log)
        assert (underway["state"], underway["total"]) == ("running", MANY)
        assert 0 < int(str(underway["rows"])) < MANY
        httpx.post(f"{desk}/export/progress/{WORD}/")
        with pytest.raises(httpx.RemoteProtocolError):  # no end that a reader could take for the file's
            list(pieces)
    assert told(desk)["state"] == "stopped"
    assert httpx.get(address).status_code == 410  # a browser that asks again by itself starts nothing


def test_it_is_told_when_it_is_whole_and_when_its_reader_leaves(desk: str, log: Path) -> None:
    whole = httpx.get(f"{desk}/export/csv/?type=shooting&progress={WORD}", timeout=60)
    assert len(whole.text.splitlines()) == MANY + 1
    assert whole.headers["X-Filter"] == "type=shooting"
    assert told(desk) == {"state": "done", "rows": MANY, "total": MANY}
    with httpx.stream("GET", f"{desk}/export/geojson/?progress={WORD}", headers={"Accept-Encoding": "identity"}) as given_up:
        assert given_up.status_code == 200
    eventually(lambda: told(desk)["state"] == "stopped", log=log)


def test_that_too_many_are_under_way_is_told(three: Three, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "SMALL", 0)
    responses = [client.get("/export/csv/") for _ in range(AT_ONCE)]
    assert client.get(f"/export/csv/?progress={WORD}").status_code == 503
    assert progress.told(WORD)["state"] == "busy"
    for response in responses:
        response.close()


def test_a_word_that_is_none_is_passed_over(three: Three, client: Client) -> None:
    answer = client.get("/export/csv/?progress=mine&country=SY")
    assert len(b"".join(answer).splitlines()) == 2 + len(three)
    assert client.get("/export/progress/mine/").status_code == 404
    assert client.get(f"/export/progress/{'f' * 32}/").json()["state"] == "unknown"
    assert query_of(answer.wsgi_request.GET) == "country=SY"
    assert "progress" in client.get("/api/v1/export/csv/?progress=mine").json()["errors"]


def test_a_workbook_that_is_stopped_leaves_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows() -> Iterator[object]:
        raise progress.Stopped
        yield

    with pytest.raises(progress.Stopped):
        list(write_xlsx(rows(), about_nothing()))  # type: ignore[arg-type]  # it yields none
    assert list(tmp_path.iterdir()) == []
