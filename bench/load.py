"""Reads of many clients at once: 200 a second come when they come, whether or not the ones before are answered.

Server and load share the machine. A request's time runs from the moment it was due, so that a server that falls behind is
not spared the wait it causes.
"""

import asyncio
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import urlopen

from bench.rows import Row

ROOT = Path(__file__).resolve().parent.parent
RATE, SECONDS, WARMING = 200, 20, 6
ENOUGH = 30
NO_LIMIT = "1000000"  # requests a minute: they are counted, and none is refused
FILTERS = (
    "family=attack", "country=IN", "since=2020-01-01&type=bombing", "actor=Group+1", "q=checkpoint", "min=10", "source=Wire+3",
    "bbox=35,30,45,38", "admin1=Baghdad", "confidence=0.8&stage=foiled",
)  # fmt: skip
VIEWS = ("zoom=2", "zoom=5&view=20,20,60,45", "zoom=8&view=40,32,46,36", "zoom=11&view=43.5,32.8,45,33.8")


def addresses(number: int) -> list[str]:
    """Return one turn of a hundred reads in a fixed, mixed order: what a desk with pages and programs is asked."""
    chance = random.Random(6)  # noqa: S311 -- the same reads every time
    one = [f"incidents/{chance.randint(1, number)}/" for _ in range(40)]
    lists = [f"incidents/?{FILTERS[n % len(FILTERS)]}&page_size=20" for n in range(16)]
    lists += ["incidents/", "incidents/?sort=changed&page_size=100", "incidents/?format=geojson", "incidents/?fields=id,headline"]
    figures = [f"cells/?{VIEWS[n % len(VIEWS)]}&{FILTERS[n]}" for n in range(8)]
    figures += ["timeline/?unit=month", "timeline/?unit=year&country=IN", "facets/", "facets/?family=attack"]
    rest = ["changes/?after=0"] * 14 + [
        "sources/?page_size=20",
        "places/?name=Bagh",
        "actors/",
        "events/",
        "articles/",
        "claims/",
    ]
    turn = [f"/api/v1/{path}" for path in [*one, *lists, *figures, *rest, *["incidents/?country=SY&page_size=20"] * 8]]
    chance.shuffle(turn)
    return turn


def measure(number: int) -> Iterator[Row]:
    """Yield the 95th percentile under load, of the API and of a bare view, and their ratio."""
    with _served() as address:
        api = _loaded(address, addresses(number))
        bare = _loaded(address, ["/bare"])
    yield Row(f"{number:,} incidents: {RATE} mixed reads a second, p95", api["p95"], "ms", 150, 75)
    yield Row(f"{number:,} incidents: {RATE} mixed reads a second, median", api["median"], "ms")
    yield Row(f"{RATE} reads of a bare Django view a second, p95", bare["p95"], "ms")
    yield Row("mixed reads against the bare view, median", api["median"] / bare["median"], "times")


@contextmanager
def _served() -> Iterator[str]:
    """Serve the bench's database as `manage.py up` serves the desk."""
    from config.management.commands.up import WEB

    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"API_RATE": NO_LIMIT, "API_RATE_KEY": NO_LIMIT}
    command = [sys.executable, "-m", "uvicorn", "bench.asgi:application", "--port", str(port), *WEB]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(address: str) -> None:
    """Return once every process has its copy of the incidents: after many answers in a row, on a connection each."""
    well = 0
    for _ in range(600):
        try:
            with urlopen(f"{address}/api/v1/facets/") as answer:  # noqa: S310 -- our own server
                answer.read()
                well += 1
        except OSError:
            well = 0
            time.sleep(0.2)
        if well == ENOUGH:
            return
    raise SystemExit("the server does not answer")


def _loaded(address: str, paths: list[str]) -> dict[str, float]:
    """Ask from a process of its own; return {"p95", "median"} in milliseconds."""
    command = [sys.executable, "-m", "bench.load", address]
    done = subprocess.run(command, input=json.dumps(paths), capture_output=True, text=True, cwd=ROOT, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"the load failed: {done.stderr[-2000:]}")
    taken = json.loads(done.stdout)
    return {"p95": statistics.quantiles(taken, n=20, method="inclusive")[-1], "median": statistics.median(taken)}


async def _ask(address: str, paths: list[str]) -> list[float]:
    import aiohttp

    taken: list[float] = []
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(address, connector=connector, headers={"Accept-Encoding": "gzip"}) as session:

        async def one(path: str, due: float, *, counts: bool) -> None:
            async with session.get(path) as answer:
                await answer.read()
                if answer.status != 200:
                    raise SystemExit(f"{path} answered {answer.status}: {(await answer.text())[:300]}")
            if counts:
                taken.append((time.perf_counter() - due) * 1000)

        start = time.perf_counter()
        async with asyncio.TaskGroup() as asked:
            for n in range(RATE * (WARMING + SECONDS)):
                due = start + n / RATE
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                asked.create_task(one(paths[n % len(paths)], due, counts=n >= RATE * WARMING))
    return taken


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_ask(sys.argv[1], json.load(sys.stdin)))))
