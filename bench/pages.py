"""Server time of what the desk asks for, through Django's whole stack, at a given number of incidents."""

import statistics
import time
from collections.abc import Iterator

from django.test import Client

from bench.rows import Row

ASKED = 20
# (name, must in ms, aim in ms, addresses asked in turn)
QUESTIONS: tuple[tuple[str, float, float, tuple[str, ...]], ...] = (
    ("map cells, whole world", 60, 15, ("/api/v1/cells/?zoom=2",)),
    (
        "map cells, one or two filters, any zoom", 100, 40,
        (
            "/api/v1/cells/?zoom=3&family=attack", "/api/v1/cells/?zoom=5&country=IN",
            "/api/v1/cells/?zoom=2&since=2020-01-01&type=bombing", "/api/v1/cells/?zoom=8&bbox=35,30,45,38",
        ),
    ),
    ("timeline, all years by family", 60, 15, ("/api/v1/timeline/?unit=year", "/api/v1/timeline/?unit=month")),
    ("facets, all together", 150, 60, ("/api/v1/facets/",)),
    (
        "first list page, any filter and sort", 100, 40,
        (
            "/api/v1/incidents/?sort=killed", "/api/v1/incidents/?country=NG&sort=date",
            "/api/v1/incidents/?q=checkpoint", "/api/v1/incidents/?family=attack&since=2021-01-01&sort=origins",
        ),
    ),
)  # fmt: skip


def measure(number: int) -> Iterator[Row]:
    """Yield the 95th percentile of each question in milliseconds."""
    client = Client(headers={"host": "localhost"})
    for name, must, aim, addresses in QUESTIONS:
        taken = []
        for turn in range(ASKED):
            address = addresses[turn % len(addresses)]
            start = time.perf_counter()
            answer = client.get(address)
            taken.append((time.perf_counter() - start) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{address} answered {answer.status_code}: {answer.content[:300]!r}")
        yield Row(f"{number:,} incidents: {name}, p95", statistics.quantiles(taken, n=20)[-1], "ms", must, aim)
