"""What surrounds the file: headers, the dictionary, refusals, one moment for all rows, streaming on the real server."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.test.utils import override_settings

from incidents.exports import answering
from incidents.exports import snapshot as snapshots
from incidents.exports.snapshot import Busy, Snapshot
from incidents.filters import IncidentFilter
from incidents.models import Change, Incident
from tests.conftest import ROOT
from tests.exports.conftest import Download
from tests.exports.test_formats import Three, read_csv
from tests.factories import make_incident


def _asked(query: str = "") -> IncidentFilter:
    from django.http import QueryDict

    return IncidentFilter(QueryDict(query))


def test_says_filter_time_version_and_licence(three: Three, client: Client) -> None:
    Change.objects.create(number=41, incident=three[0], kind=Change.Kind.CREATED)
    with override_settings(LICENCE_NAME="CC BY 4.0", LICENCE_URL="https://creativecommons.org/licenses/by/4.0/"):
        response = client.get("/export/csv/?country=SY&since=1990&page=3&format=csv")
        described = client.get("/export/csv/?country=SY&dictionary").json()
        body = b"".join(client.get("/export/geojson/"))
    response.close()
    assert response.headers["X-Filter"] == "country=SY&since=1990"
    assert "Syria" in response.headers["X-Filter-Words"]
    assert (response.headers["X-Change-Number"], response.headers["X-Total-Count"]) == ("41", "1")
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in response.headers["Link"]
    assert '<http://testserver/api/v1/changes/?after=41>; rel="monitor"' in response.headers["Link"]
    assert re.match(r'attachment; filename="incidents-\d{4}-\d\d-\d\d-41-csv\.csv"', response.headers["Content-Disposition"])
    assert described["export"]["version"] == 41
    assert described["export"]["licence"]["name"] == "CC BY 4.0"
    assert [column["name"] for column in described["tableSchema"]["columns"]][:3] == ["id", "number", "url"]
    assert json.loads(body)["export"]["filter"] == {"query": "", "words": "Everything"}


def test_unchanged_is_not_sent_again(three: Three, client: Client) -> None:
    response = client.get("/export/csv/")
    response.close()
    etag = response.headers["ETag"]
    assert client.get("/export/csv/", headers={"If-None-Match": etag}).status_code == 304
    assert client.head("/export/csv/").headers["X-Total-Count"] == "3"
    Change.objects.create(number=1, incident=three[0], kind=Change.Kind.CREATED)
    assert client.get("/export/csv/?type=arrest", headers={"If-None-Match": etag}).status_code == 200
    assert client.get("/export/csv/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("query", ["cuontry=SY", "since=x", "type=bombin", "bbox=1"])
def test_filter_not_understood_exports_nothing(db: None, client: Client, query: str) -> None:
    page = client.get(f"/export/csv/?{query}")
    assert page.status_code == 400
    assert query.partition("=")[0] in page.content.decode()
    problem = client.get(f"/api/v1/export/csv/?{query}")
    assert (problem.status_code, problem["Content-Type"]) == (400, "application/problem+json")
    assert query.partition("=")[0] in problem.json()["errors"]
    with pytest.raises(CommandError, match=query.partition("=")[0]):
        call_command("export", "csv", query)


def test_unknown_format(db: None, client: Client) -> None:
    assert client.get("/export/xml/").status_code == 404
    assert client.get("/api/v1/export/xml/").json()["status"] == 404


def test_page_offers_and_sends_on(three: Three, client: Client) -> None:
    page = client.get("/export/?country=SY").content.decode()
    assert "3 incidents" in page
    assert "/export/parquet/?country=SY" in page
    assert client.get("/export/?format=csv&type=arrest")["Location"] == "/export/csv/?type=arrest"
    assert client.get("/export/?format=csv&tpye=arrest").status_code == 200


def test_rows_and_version_are_of_one_moment(three: Three) -> None:
    with Snapshot(_asked()) as snapshot:
        make_incident()
        Incident.objects.filter(pk=three[0].pk).update(headline="later")
        Change.objects.create(number=5, incident=three[0], kind=Change.Kind.UPDATED)
        rows = list(snapshot.rows("http://desk.example"))
        assert (snapshot.version, snapshot.total, len(rows)) == (0, 3, 3)
        assert rows[0].headline != "later"


def test_more_than_can_be_carried_wait(three: Three, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "SMALL", 0)
    responses = [client.get("/export/csv/") for _ in range(snapshots.AT_ONCE)]
    busy = client.get("/api/v1/export/csv/")
    assert (busy.status_code, busy["Content-Type"]) == (503, "application/problem+json")
    assert int(busy["Retry-After"]) > 0
    assert client.get("/export/csv/").status_code == 503
    with pytest.raises(Busy):
        Snapshot(_asked())
    for response in responses:
        response.close()
    assert len(read_csv(b"".join(client.get("/export/csv/")))) == 3


def test_large_is_read_from_a_cursor(three: Three, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "SMALL", 0)
    assert len(read_csv(b"".join(client.get("/export/csv/")))) == 3
    assert len(read_csv(b"".join(client.get("/export/csv/?sort=killed&q=shooting")))) == 0


def test_command_writes_whole_files_with_the_dictionary_beside(
    three: Three, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "out.csv"
    call_command("export", "csv", "type=arrest", output=str(path))
    assert [int(row["id"]) for row in read_csv(path.read_bytes())] == [three[2].pk]
    assert json.loads((tmp_path / "out.csv-metadata.json").read_text())["export"]["filter"]["query"] == "type=arrest"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.csv", "out.csv-metadata.json"]
    with pytest.raises(CommandError, match="No such file"):
        call_command("export", "csv", output=str(tmp_path / "nowhere" / "out.csv"))


def test_real_server_streams_packed(live_desk: str, download: Download) -> None:
    for _ in range(30):
        make_incident()
    for headers in ({"Accept-Encoding": "gzip"}, {"Accept-Encoding": "identity"}):
        answer = httpx.get(f"{live_desk}/api/v1/export/csv/", headers=headers)
        assert answer.headers.get("Content-Encoding", "identity") == headers["Accept-Encoding"]
        assert len(list(csv.reader(io.StringIO(answer.text, newline="")))) == 31
    packed = httpx.get(f"{live_desk}/export/parquet/")
    assert "Content-Encoding" not in packed.headers
    assert packed.content[:4] == packed.content[-4:] == b"PAR1"
    with httpx.stream("GET", f"{live_desk}/export/csv/") as given_up:
        assert given_up.status_code == 200
    assert httpx.get(f"{live_desk}/export/csv/").status_code == 200


def test_an_exporting_process_holds_nothing_it_does_not_need() -> None:
    look = "import sys, django; django.setup(); import incidents.exports.formats; print({'numba', 'pyarrow'} & set(sys.modules))"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"  # each of them is a third of the memory an export may take
