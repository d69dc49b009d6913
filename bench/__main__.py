"""`make bench [SCALE=1000000]`: measure the engine and the desk, print a table, write bench.json."""

import argparse
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rich.console import Console

from bench.rows import Row, show, write

ROOT = Path(__file__).resolve().parent.parent


PARTS = ("engine", "desk", "pages", "browser", "ordinary", "exports", "load", "matching", "queue")
KEPT = 1_000_000  # up to so many incidents share one database; more take long to make and have one of their own


def _desk_rows(scale: int, only: str | None, console: Console) -> Iterator[Row]:
    """Measure the pages on a database of their own, so that no real row is touched."""
    from bench.desk import set_up

    set_up("bench" if scale <= KEPT else f"bench-{scale}")
    from bench import browser, exports, fill, load, matching, ordinary, pages, queue

    with console.status(f"Making {scale:,} incidents"):
        fill.fill(scale)
    parts: dict[str, Callable[[], Iterable[Row]]] = {
        "pages": lambda: pages.measure(scale),
        "exports": lambda: exports.measure(scale),
        "queue": lambda: queue.measure(scale),
        "load": lambda: load.measure(scale),
        "matching": lambda: matching.measure(scale),
    }
    if shutil.which("chromium"):
        parts |= {"browser": lambda: browser.measure(scale), "ordinary": ordinary.measure}
    else:
        console.print("No chromium: what a browser takes is not measured (apt-get install chromium).")
    for name, measure in parts.items():
        if only in (None, "desk", name):
            with console.status(f"Measuring: {name}"):
                yield from measure()


def main() -> None:
    """Run every measurement that was asked for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--scale", type=int, default=100_000, help="incidents in the database")
    parser.add_argument(
        "--only", choices=["engine", "desk", "pages", "browser", "ordinary", "exports", "load", "matching", "queue"]
    )
    options = parser.parse_args()
    console = Console()
    rows: list[Row] = []
    if options.only in (None, "engine"):
        from bench import engine

        with console.status("Reading"):
            rows += engine.measure()
    if options.only != "engine":
        rows += _desk_rows(options.scale, options.only, console)
    show(rows, console)
    write(rows, ROOT / "bench.json")


if __name__ == "__main__":
    main()
