"""`manage.py up --demo`: everything on one machine, and nothing left when it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import psutil
import pytest

from tests.conftest import ROOT, eventually, free_port
from tests.test_embedded import own_data, processes_of

__all__ = ["own_data"]  # the fixture


class Desk:
    """One run of the command."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self.log = log
        self.output = log.open("wb")
        command = [sys.executable, "manage.py", "up", "--demo", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self.output, stderr=self.output)
        try:
            eventually(lambda: "Ctrl-C" in log.read_text() or self.process.poll() is not None, seconds=250, log=log)
            assert self.process.poll() is None, log.read_text()
        except BaseException:
            self.process.kill()
            raise

    def count(self, resource: str) -> int:
        answer = httpx.get(f"http://127.0.0.1:{self.port}/api/v1/{resource}/?background=1&page_size=500", timeout=20)
        return len(answer.json()["results"])

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        code = self.process.wait(timeout=40)
        self.output.close()
        return code


@pytest.fixture
def prepared(own_data: dict[str, str]) -> Iterator[dict[str, str]]:
    """The compiled gazetteer of the project, so that the test waits for the desk alone."""
    data = Path(own_data["DATA_DIR"])
    data.mkdir()
    (data / "gazetteer").symlink_to(Path(os.environ["DATA_DIR"]) / "gazetteer")
    yield own_data
    for process in processes_of(data):
        with suppress(psutil.NoSuchProcess):
            process.kill()


@pytest.mark.timeout(600)
def test_a_demo_is_served_ends_cleanly_and_loses_nothing(prepared: dict[str, str], tmp_path: Path) -> None:
    data = Path(prepared["DATA_DIR"])
    first = Desk(prepared, tmp_path / "first.log")
    printed = first.log.read_text()
    assert httpx.get(f"http://127.0.0.1:{first.port}/", timeout=20).status_code == 200
    login = re.search(r"(http://\S+/enter/\S+)", printed)
    assert login, printed
    assert httpx.get(login[1], timeout=20).status_code == 200
    articles, incidents = first.count("articles"), first.count("incidents")
    assert articles >= 60
    assert incidents >= 25
    assert first.stop(signal.SIGTERM) == 0
    assert processes_of(data) == []

    second = Desk(prepared, tmp_path / "second.log")
    assert (second.count("articles"), second.count("incidents")) == (articles, incidents)
    assert second.stop(signal.SIGINT) == 0
    assert processes_of(data) == []


def test_a_taken_port_is_refused_before_anything_starts(prepared: dict[str, str]) -> None:
    with closing(socket.socket()) as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        command = [sys.executable, "manage.py", "up", "--port", port]
        done = subprocess.run(command, cwd=ROOT, env=prepared, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr
