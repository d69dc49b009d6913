"""A million incidents as one file, by the command people run: time and the process's highest memory."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.rows import Row

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("csv", "ndjson", "parquet")
MILLION = 1_000_000
# Waits for the command and prints its highest memory: RUSAGE_CHILDREN of a process that had no other child.
WATCH = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def measure(number: int) -> Iterator[Row]:
    """Yield seconds and MB of exporting all incidents; the bounds are for a million and grow with the number."""
    share = max(number / MILLION, 0.05)  # starting takes its time however few there are
    for name in FORMATS:
        with TemporaryDirectory() as folder:
            command = [sys.executable, "manage.py", "export", name, "background=1", "-o", f"{folder}/out"]
            start = time.perf_counter()
            done = subprocess.run([sys.executable, "-c", WATCH, *command], capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603
            seconds = time.perf_counter() - start
        memory = int(done.stdout) / 1024
        must = (60 * share, 200.0) if name == "csv" else (None, None)
        yield Row(f"{number:,} incidents: export as {name}", seconds, "s", must[0])
        yield Row(f"{number:,} incidents: memory of the export as {name}", memory, "MB", must[1])
