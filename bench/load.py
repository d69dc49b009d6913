"""Reads of many clients at once: 200 a second come when they come, whether or not the ones before are answered.

No read is asked twice but those that all clients ask (first pages, whole figures): nothing is won by keeping answers. Server and
load share the machine. A request's time runs from the moment it was due: a server that falls behind is not spared the wait.
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
CALM = 30  # requests a second at which neither the API nor the bare view waits for another: where the two are compared
ENOUGH = 30
NO_LIMIT = "1000000"  # requests a minute: they are counted, and none is refused
COUNTRIES = ("IN", "SY", "IQ", "NG", "PK", "MX", "BR", "CN", "US", "EG")
BOXES = ("35,30,45,38", "20,20,60,45", "-10,0,15,20", "60,5,95,35")
VIEWS = ("zoom=2", "zoom=5&view=20,20,60,45", "zoom=8&view=40,32,46,36", "zoom=11&view=43.5,32.8,45,33.8")
ONE, LISTS = 40, 24  # of a hundred


def addresses(number: int, chance: random.Random) -> list[str]:
    """Return a hundred reads in a mixed order, what a desk with pages and programs is asked: no turn repeats another."""
    some = chance.randrange
    turn = [f"incidents/{some(number) + 1}/" for _ in range(ONE)]
    turn += [f"incidents/?{_filter(chance)}&page_size=20" for _ in range(LISTS)]
    turn += ["incidents/", "incidents/?sort=changed&page_size=100", "incidents/?format=geojson", "incidents/?fields=id,headline"]
    turn += [f"cells/?{VIEWS[n % len(VIEWS)]}&{_filter(chance)}" for n in range(8)]
    turn += ["timeline/?unit=month", f"timeline/?unit=year&{_filter(chance)}", "facets/", f"facets/?{_filter(chance)}"]
    turn += [f"changes/?after={number - behind}&include=incident" for behind in (0, 0, 0, 0, 0, 0, 0, 1, 2, 5, 10, 20, 50)]
    turn += [f"changes/?after={some(number)}"]
    turn += [
        f"{path}?{asked}={some(number) + 1}&page_size=20"
        for path, asked in (("events/", "incident"), ("claims/", "incident"), ("counts/", "article"))
    ]
    turn += [
        f"places/?name={chance.choice('BDHKMST')}{chance.choice('aeiou')}",
        "articles/?page_size=20",
        "sources/?page_size=20",
    ]
    chance.shuffle(turn)
    return [f"/api/v1/{path}" for path in turn]


def _filter(chance: random.Random) -> str:
    """Return one of ten kinds of filter with a value of its own."""
    some = chance.randrange
    kinds = (
        f"family=attack&since={some(1998, 2026)}", f"country={chance.choice(COUNTRIES)}", f"type=raid&since={some(2000, 2026)}",
        f"actor=Group+{some(1, 500)}", f"q=w{some(20, 2000)}", f"min={some(2, 40)}", f"source=Wire+{some(1, 60)}",
        f"bbox={chance.choice(BOXES)}", f"until={some(1998, 2026)}&country={chance.choice(COUNTRIES)}",
        f"confidence=0.{some(40, 99)}&stage=foiled",
    )  # fmt: skip
    return chance.choice(kinds)


def measure(number: int) -> Iterator[Row]:
    """Yield the 95th percentile under load, and how many times a bare view an answer takes where nothing waits."""
    from bench import reports  # the load itself runs without Django

    reports.fill(number)
    chance = random.Random(6)  # noqa: S311 -- the same reads every time
    with _served() as address:
        calm = _loaded(address, _many(number, chance, CALM * (WARMING + SECONDS)), CALM)
        bare = _loaded(address, ["/bare"] * (CALM * (WARMING + SECONDS)), CALM)
        api = _loaded(address, _many(number, chance, RATE * (WARMING + SECONDS)), RATE)
    yield Row(f"{number:,} incidents: {RATE} mixed reads a second, p95", api["p95"], "ms", 150, 75)
    yield Row(f"{number:,} incidents: {RATE} mixed reads a second, median", api["median"], "ms")
    for name in ("p95", "median"):
        yield Row(f"{number:,} incidents: {CALM} mixed reads a second, {name}", calm[name], "ms")
        yield Row(f"{CALM} reads of a bare Django view a second, {name}", bare[name], "ms")
        yield Row(f"mixed reads against the bare view at {CALM} a second, {name}", calm[name] / bare[name], "times")


def _many(number: int, chance: random.Random, reads: int) -> list[str]:
    return [address for _ in range(-(-reads // 100)) for address in addresses(number, chance)][:reads]


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


def _loaded(address: str, paths: list[str], rate: int) -> dict[str, float]:
    """Ask from a process of its own, each path once; return {"p95", "median"} in milliseconds."""
    command = [sys.executable, "-m", "bench.load", address, str(rate)]
    done = subprocess.run(command, input=json.dumps(paths), capture_output=True, text=True, cwd=ROOT, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"the load failed: {done.stderr[-2000:]}")
    taken = json.loads(done.stdout)
    return {"p95": statistics.quantiles(taken, n=20, method="inclusive")[-1], "median": statistics.median(taken)}


async def _ask(address: str, paths: list[str], rate: int) -> list[float]:
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
            for n, path in enumerate(paths):
                due = start + n / rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                asked.create_task(one(path, due, counts=n >= rate * WARMING))
    return taken


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_ask(sys.argv[1], json.load(sys.stdin), int(sys.argv[2])))))
