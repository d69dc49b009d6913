"""The nightly dump: whole, with a checksum that fits, due once a night, the oldest dropped."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings

from incidents import dumping
from incidents.tasks import dump_if_due
from tests.exports.test_formats import Three
from tests.factories import make_incident


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(DATA_DIR=tmp_path):
        yield tmp_path / "dumps"


def test_dump_holds_everything_and_its_checksum_fits(
    three: Three, folder: Path, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    told = make_incident(background=True)
    call_command("dump")
    (manifest,) = client.get("/dumps/manifest.json").json()["dumps"]
    packed = b"".join(client.get(f"/dumps/{manifest['file']}"))
    assert hashlib.sha256(packed).hexdigest() == manifest["sha256"]
    assert manifest["sha256"] in capsys.readouterr().out
    assert b"".join(client.get(f"/dumps/{manifest['file']}.sha256")).decode().split() == [manifest["sha256"], manifest["file"]]
    rows = [json.loads(line) for line in gzip.decompress(packed).splitlines()]
    assert [row["id"] for row in rows] == [*(one.pk for one in three), told.pk]
    assert (manifest["rows"], manifest["bytes"], manifest["version"]) == (4, len(packed), 0)
    assert manifest["file"] in client.get("/dumps/").content.decode()
    assert manifest["url"] == f"http://testserver/dumps/{manifest['file']}"
    listed = client.get("/dumps/manifest.json")
    assert client.get("/dumps/manifest.json", headers={"If-None-Match": listed["ETag"]}).status_code == 304


def test_once_a_night(three: Three, folder: Path) -> None:
    assert dumping.due(datetime(2031, 5, 5, 1, tzinfo=UTC))  # none yet
    dump_if_due()
    dump_if_due()
    (made,) = dumping.dumps()
    at = datetime.fromisoformat(made["exported_at"])
    with override_settings(DUMP_HOUR=(at.hour + 2) % 24):
        assert not dumping.due(at)
    assert dumping.due(datetime(2031, 5, 5, 1, tzinfo=UTC))


def test_oldest_go(three: Three, folder: Path) -> None:
    with override_settings(DUMPS_KEPT=2):
        for day in (1, 2, 3):
            older = {
                "file": f"incidents-2020-01-0{day}-1.ndjson.gz",
                "exported_at": f"2020-01-0{day}T02:00:00+00:00",
                "version": 1,
            }
            folder.mkdir(exist_ok=True)
            (folder / f"incidents-2020-01-0{day}-1.json").write_text(json.dumps(older))
            (folder / older["file"]).write_bytes(b"x")  # type: ignore[operator]
        dumping.write_dump()
    assert [manifest["file"] for manifest in dumping.dumps()][1:] == ["incidents-2020-01-03-1.ndjson.gz"]
    assert not (folder / "incidents-2020-01-01-1.ndjson.gz").exists()


def test_failure_leaves_nothing_behind(three: Three, folder: Path) -> None:
    def track(_rows: object, _total: int) -> Iterator[object]:
        yield from ()
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        dumping.write_dump(track)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["..%2Fsecret_key", "secret_key", "incidents.json", ".x.part"])
def test_nothing_else_is_given(db: None, client: Client, folder: Path, name: str) -> None:
    folder.mkdir()
    (folder.parent / "secret_key").write_text("secret")
    assert client.get(f"/dumps/{name}").status_code == 404


def test_page_without_a_dump(db: None, client: Client) -> None:
    assert "no dump yet" in client.get("/dumps/").content.decode()


def test_is_streamed_by_the_real_server(three: Three, live_desk: str) -> None:
    assert httpx.get(f"{live_desk}/dumps/").status_code == 200  # its own folder, but the page stands
