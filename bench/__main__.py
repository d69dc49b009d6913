"""`make bench [SCALE=1000000]`: measure the engine and the desk, print a table, write bench.json."""

import argparse
from pathlib import Path

from rich.console import Console

from bench.rows import Row, show, write

ROOT = Path(__file__).resolve().parent.parent


def _desk_rows(scale: int, console: Console) -> list[Row]:
    """Measure the pages on a database of their own, so that no real row is touched."""
    from bench.desk import set_up

    set_up()
    from bench import browser, exports, fill, ordinary, pages

    with console.status(f"Making {scale:,} incidents"):
        fill.fill(scale)
    with console.status("Asking"):
        return [*pages.measure(scale), *browser.measure(scale), *ordinary.measure(), *exports.measure(scale)]


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
