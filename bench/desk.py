"""The bench's own desk: a database of its own below data/bench, so that no real row is touched."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


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
    from django.core.management import call_command

    from geo.index import default_index
    from geo.loading import is_loaded

    statics.collect()
    call_command("migrate", verbosity=0)
    if not is_loaded(default_index().version):
        call_command("load_gazetteer")
