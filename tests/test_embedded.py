"""The embedded servers come up by themselves, serve several processes, and leave nothing behind."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.conftest import ROOT, eventually

ASK = "from django.db import connection; c = connection.cursor(); c.execute('SELECT 40 + 2'); print(c.fetchone()[0])"


def processes_of(data: Path) -> list[psutil.Process]:
    """Return what still runs for a data folder: whatever names it in its command line or environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and (
                str(data) in " ".join(process.cmdline()) or process.environ().get("DATA_DIR") == str(data)
            ):
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.fixture
def own_data(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment with a data folder of its own and no configured servers."""
    data = tmp_path / "data"
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    yield environment | {"DATA_DIR": str(data)}
    for process in processes_of(data):
        process.kill()


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=90, check=False)


def test_it_works(own_data: dict[str, str]) -> None:
    """A command that needs the database gets one, and no process outlives it for long."""
    done = manage(own_data, "shell", "-v0", "-c", ASK)
    assert done.stdout.strip() == "42", done.stderr
    eventually(lambda: not processes_of(Path(own_data["DATA_DIR"])), seconds=20)


def test_a_process_closes_what_it_held_of_the_servers(own_data: dict[str, str]) -> None:
    code = "from config import embedded; embedded.start()"
    command = [sys.executable, "-W", "always::ResourceWarning", "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=own_data, capture_output=True, text=True, timeout=90, check=True)
    assert done.stderr == ""


def test_a_second_process_shares_the_servers_and_outlives_the_first(own_data: dict[str, str]) -> None:
    """The first command's end does not take the servers away from the second."""
    waiting = f"input(); {ASK}"
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", waiting]
    with subprocess.Popen(command, cwd=ROOT, env=own_data, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as second:
        try:
            assert manage(own_data, "shell", "-v0", "-c", ASK).stdout.strip() == "42"
            output, _ = second.communicate("\n", timeout=60)
        finally:
            second.kill()
    assert output.strip() == "42"
    eventually(lambda: not processes_of(Path(own_data["DATA_DIR"])), seconds=20)


def test_a_data_folder_that_cannot_be_made_is_named(own_data: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = manage(own_data | {"DATA_DIR": str(tmp_path / "file" / "data")}, "migrate")
    assert done.returncode == 1
    assert "DATA_DIR" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_deep_data_folder_still_gets_a_socket(own_data: dict[str, str], tmp_path: Path) -> None:
    """A Unix socket's path holds 107 bytes; data folders may be deeper."""
    deep = tmp_path / ("long" * 20) / "data"
    done = manage(own_data | {"DATA_DIR": str(deep)}, "shell", "-v0", "-c", ASK)
    assert done.stdout.strip() == "42", done.stderr
    eventually(lambda: not processes_of(deep), seconds=20)


def test_a_configured_database_is_used_instead(own_data: dict[str, str]) -> None:
    """Nothing embedded starts where both addresses are set."""
    configured = own_data | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}
    done = manage(configured, "shell", "-v0", "-c", ASK)
    assert done.returncode != 0
    assert not (Path(own_data["DATA_DIR"]) / "postgres").exists()
