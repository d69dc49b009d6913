"""Fixtures every test may use: people, and real processes beside the test."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hasher, make_password
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from tests.web import catalogue

T = TypeVar("T")
# A busy machine is no failure: properties are about what comes out, not about how fast.
hypothesis_settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("desk")
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
# What takes longest is begun first: no core shall wait for the other at the end.
LONG = ("tests/api/test_against_schema.py", "tests/browser/test_every_page.py", "tests/browser/test_desk.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest before the others, which keep their order."""
    place = {str(ROOT / name): number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(str(item.path), len(LONG)))


def process_environment() -> dict[str, str]:
    """Return the environment with which another process works on this test's database and broker."""
    database = connection.settings_dict
    address = f"postgresql://{database['USER']}@{quote(database['HOST'], safe='')}/{database['NAME']}"
    return os.environ | {"DATABASE_URL": address, "PYTHONUNBUFFERED": "1", "ARTICLE_TEXT": "open"}


@contextmanager
def running(command: list[str], log: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process of the project while the block lasts, `more` in its environment; its output goes to `log`."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=process_environment() | more, stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=60)


def eventually(check: Callable[[], T], *, seconds: float = 100, log: Path | None = None) -> T:
    """Return the first truthy answer of `check`; fail with the log's end where none comes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := check():
            return answer
        time.sleep(0.05)
    pytest.fail(f"not within {seconds} s" + (f":\n{log.read_text()[-3000:]}" if log else ""))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """End what other processes and threads of the tests still hold open before the database is dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def celery_worker(transactional_db: None, tmp_path: Path) -> Iterator[Callable[[], Path]]:
    """Start real Celery workers, each in a process of its own; call the fixture once a worker, it returns that worker's log."""
    cache.clear()
    with ExitStack() as stack:

        def start() -> Path:
            log = tmp_path / f"worker{len(list(tmp_path.glob('worker*.log')))}.log"
            stack.enter_context(
                running(["-m", "celery", "-A", "config", "worker", "--pool=solo", "-l", "INFO", "-n", f"{log.stem}@test"], log)
            )
            eventually(lambda: b"ready." in log.read_bytes(), log=log)
            return log

        yield start


@pytest.fixture
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def quick_passwords(settings: Any) -> None:
    """Slow hashes guard real passwords; here they would only be slow."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """Return a client in which the person is signed in."""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter


def free_port() -> int:
    """Return a port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def in_arabic() -> str:
    """Give the desk a catalogue of a language that reads from the right, its texts in brackets, for browsers that ask for it."""
    place = settings.DATA_DIR / "locale"
    if not place.exists():
        made = catalogue.write(Path(tempfile.mkdtemp(dir=settings.DATA_DIR)))
        with suppress(OSError):  # another process of the tests was first
            made.rename(place)
    return catalogue.LANGUAGE


@contextmanager
def desk_served(log: Path) -> Iterator[str]:
    """Serve the desk as in production (uvicorn, hashed static files) on the tests' database; give its address once it answers."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    command = ["-m", "uvicorn", "config.asgi:application", "--port", str(port), "--log-level", "warning"]
    with running(command, log, LANGUAGES=in_arabic()):

        def answers() -> bool:
            try:
                return httpx.get(f"{address}/healthz", timeout=5).status_code == 200
            except httpx.TransportError:
                return False

        eventually(answers, log=log)
        yield address


@pytest.fixture(scope="session")
def desk_process(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One served desk for all tests that only look at it."""
    with desk_served(tmp_path_factory.mktemp("web") / "web.log") as address:
        yield address


@pytest.fixture
def live_desk(transactional_db: None, desk_process: str) -> str:
    """The address of the served desk, with this test's rows."""
    cache.clear()
    return desk_process


@lru_cache
def _hashed(password: str, _algorithm: str) -> str:
    return make_password(password)


def hashed(password: str) -> str:
    """Return the password's hash, a real one, made once: making it is slow on purpose."""
    return _hashed(password, get_hasher().algorithm)


@pytest.fixture
def reader(db: None) -> User:
    """Someone with an account and no rights."""
    return User.objects.create(username="reader", password=hashed("a-long-password-1"))


@pytest.fixture
def editor(db: None) -> User:
    """Someone who may correct."""
    user = User.objects.create(username="editor", password=hashed("a-long-password-2"), first_name="Edda", last_name="Itor")
    user.groups.add(Group.objects.get_or_create(name="editors")[0])
    return user


@pytest.fixture
def administrator(db: None) -> User:
    """Someone who may do everything."""
    return User.objects.create(username="administrator", password=hashed("a-long-password-3"), is_staff=True, is_superuser=True)


@pytest.fixture
def shared() -> Path:
    """Return the folder of documents that stay outside the repository; skip where it is not there."""
    if not (SHARED / "seed").is_dir():
        pytest.skip("../shared is not here")
    return SHARED


assert settings.DATA_DIR.name.startswith("desk-test-"), "tests must never touch the real data folder"
