"""`make bench [SCALE=1000000]`: measure the engine and the desk, print a table, write bench.json."""

import argparse
import os
from pathlib import Path

from rich.console import Console

from bench.rows import Row, show, write

ROOT = Path(__file__).resolve().parent.parent


def _desk_rows(scale: int, console: Console) -> list[Row]:
    """Measure the pages on a database of their own, so that no real row is touched."""
    os.environ["DATA_DIR"] = str(ROOT / "data" / "bench")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config import embedded

    embedded.start()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from bench import exports, fill, pages
    from incidents.extraction.values import FAMILY_OF

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # the web stack looks for it; no page is asked for here
    call_command("migrate", verbosity=0)
    call_command("load_gazetteer")
    with console.status(f"Making {scale:,} incidents"):
        fill.fill(scale, list(FAMILY_OF.items()))
    with console.status("Asking"):
        return [*pages.measure(scale), *exports.measure(scale)]


def main() -> None:
    """Run every measurement that was asked for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--scale", type=int, default=100_000, help="incidents in the database")
    parser.add_argument("--only", choices=["engine", "desk"])
    options = parser.parse_args()
    console = Console()
    rows: list[Row] = []
    if options.only != "desk":
        from bench import engine

        with console.status("Reading"):
            rows += engine.measure()
    if options.only != "engine":
        rows += _desk_rows(options.scale, console)
    show(rows, console)
    write(rows, ROOT / "bench.json")


if __name__ == "__main__":
    main()
