"""The bench's own desk: a database of its own below data/bench, so that no real row is touched."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READY = {"desk"}  # databases brought to the desk's present form by this process


def set_up(name: str = "bench") -> None:
    """Start the servers, set Django up on the bench's database and load the gazetteer into it."""
    os.environ["DATA_DIR"] = str(ROOT / "data" / name)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ.setdefault("EMBEDDED_POSTGRES_OPTIONS", "shared_buffers=1GB max_wal_size=8GB")
    from config import embedded, statics

    embedded.start()
    import django

    django.setup()
    statics.collect()
    _prepare()


def _prepare() -> None:
    """Bring the database that is connected to the desk's present form, gazetteer included."""
    from django.core.management import call_command

    from geo.index import default_index
    from geo.loading import is_loaded

    call_command("migrate", verbosity=0)
    if not is_loaded(default_index().version):
        call_command("load_gazetteer")


@contextmanager
def database(name: str) -> Iterator[None]:
    """Work on another database of the bench's servers while the block lasts; it is made where it is missing."""
    from django.db import connection

    before = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{name}"')
    _connect(name)
    try:
        if name not in READY:
            _prepare()
            READY.add(name)
        yield
    finally:
        _connect(before)


def _connect(name: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
