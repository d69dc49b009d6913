"""Server time of what the desk asks for, through Django's whole stack, at a given number of incidents."""

import gzip
import statistics
import time
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from bench.rows import Row, p95
from incidents.columns import following
from incidents.columns.growing import Growing
from incidents.columns.tables import COLUMNS

ASKED = 40
FULL = 1_000_000
WORLD = "?zoom=2"
PLACES = (
    "?zoom=5&view=20,20,60,45",
    "?zoom=8&view=40,32,46,36",
    "?zoom=11&view=43.5,32.8,45,33.8",
    "?zoom=14&view=44.2,33.2,44.6,33.5",
)
FILTERS = (
    "family=attack", "country=IN", "since=2020-01-01&type=bombing", "actor=Group+1", "q=checkpoint", "q=police", "min=10",
    "source=Wire+3", "near=33.3,44.4,300&family=attack", "claimant=Spokesperson+1", "precision=settlement&until=2015",
    "confidence=0.8&stage=foiled", "bbox=35,30,45,38", "admin1=Baghdad", "background=1", "review=reviewed", "role=target&min=3",
    "placed=no",
)  # fmt: skip
TEXTS = ("police", "killed", "drone", "ambush+border", "market+OR+mosque", "convoy+-police")
SORTS = ("date", "oldest", "killed", "origins", "changed")
# (name, must in ms, aim in ms, addresses asked in turn); bounds for a million: 3 and 1.5 times that for ten
QUESTIONS: tuple[tuple[str, float, float, tuple[str, ...]], ...] = (
    ("map cells, whole world", 60, 15, (f"/api/v1/cells/{WORLD}",)),
    (
        "map cells, one or two filters, any zoom", 100, 40,
        tuple(f"/api/v1/cells/{at}&{asked}" for n, asked in enumerate(FILTERS) for at in ((WORLD, *PLACES)[n % 5],)),
    ),
    ("timeline, all years by family", 60, 15, ("/api/v1/timeline/?unit=year", "/api/v1/timeline/?unit=month")),
    ("facets, all together", 150, 60, ("/api/v1/facets/",)),
    ("facets, one or two filters", 150, 60, tuple(f"/api/v1/facets/?{asked}" for asked in FILTERS)),
    (
        "first list page, any filter and sort", 100, 40,
        tuple(f"/api/v1/incidents/?{asked}&sort={SORTS[n % 5]}" for n, asked in enumerate(("", *FILTERS))),
    ),
    ("full text", 100, 40, tuple(f"/api/v1/incidents/?q={words}" for words in TEXTS)),
    ("full text, words that follow each other", 100, 40, ('/api/v1/incidents/?q="ambush+drone"', '/api/v1/incidents/?q="w7+w9"')),
    ("the desk's page, filtered", 300, 150, tuple(f"/?{asked}" for asked in FILTERS)),
)  # fmt: skip


def measure(number: int) -> Iterator[Row]:
    """Yield the 95th percentile of each question in milliseconds; no question finds what was found before."""
    yield from _reading(number)
    client = Client(headers={"host": "localhost"})
    must_share, aim_share = (3.0, 1.5) if number > FULL else (1.0, 1.0)
    for name, must, aim, addresses in QUESTIONS:
        for address in addresses[:2]:
            _ask(client, address)
        taken = [_ask(client, addresses[turn % len(addresses)]) for turn in range(max(ASKED, len(addresses)))]
        yield Row(f"{number:,} incidents: {name}, p95", p95(taken), "ms", must * must_share, aim * aim_share)
    yield from _sizes(client, number)
    yield from _correcting(client, number)


def _ask(client: Client, address: str) -> float:
    with following.current() as held:
        held.chosen.clear()  # what was found for the question before
    start = time.perf_counter()
    answer: Any = client.get(address)
    taken = (time.perf_counter() - start) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}: {answer.content[:300]!r}")
    return taken


def _reading(number: int) -> Iterator[Row]:
    """Read everything from the database, then again from what was kept."""
    for words in ("reading all into memory", "reading what was kept on disk"):
        copy = following.Copy()
        start = time.perf_counter()
        copy.load()
        yield Row(f"{number:,} incidents: {words}", time.perf_counter() - start, "s")
    held = copy.held
    columns = sum(held.codes[name].values.nbytes for name in COLUMNS) + sum(
        column.values.nbytes for column in (held.ids, held.origins, held.changed) if isinstance(column, Growing)
    )
    words_held = sum(run.rows.nbytes + run.starts.nbytes for run in held.words.runs)
    yield Row(f"{number:,} incidents: memory of the columns", columns / 1e6, "MB")
    yield Row(f"{number:,} incidents: memory of the words, mapped from disk and shared", words_held / 1e6, "MB")
    following.adopt(copy)


def _sizes(client: Client, number: int) -> Iterator[Row]:
    """The heaviest map answer at any zoom, compressed as it is sent."""
    heaviest = 0
    for zoom in range(19):
        width = min(360.0, 360.0 / 2**zoom * 4)
        for lon, lat in ((44.4, 33.3), (77.2, 28.6), (10.0, 50.0)):
            view = f"{lon - width / 2},{max(-85, lat - width / 4)},{lon + width / 2},{min(85, lat + width / 4)}"
            for asked in ("", "&country=IN,IQ,DE,US&min=40"):
                answer = client.get(f"/api/v1/cells/?zoom={zoom}&view={view}{asked}")
                heaviest = max(heaviest, len(gzip.compress(answer.content, 6)))
    yield Row(f"{number:,} incidents: the heaviest map answer at any zoom, compressed", heaviest / 1000, "kB", 60)


def _correcting(client: Client, number: int) -> Iterator[Row]:
    """What a correction costs: correcting and asking again, less asking without one."""
    from incidents.editing import correct
    from incidents.models import Incident

    user = User.objects.get_or_create(username="bench", defaults={"is_superuser": True})[0]
    ids = list(Incident.objects.visible().filter(deleted_at=None).values_list("pk", flat=True)[:21])
    plain, corrected, after = [], [], []
    for turn, incident in enumerate(Incident.objects.defer("search").filter(pk__in=ids)):
        plain.append(_ask(client, "/api/v1/timeline/?unit=month"))
        start = time.perf_counter()
        correct(incident=incident, field="killed", value={"low": turn, "best": turn, "high": 900_000 + turn}, user=user)
        corrected.append((time.perf_counter() - start) * 1000)
        after.append(_ask(client, "/api/v1/timeline/?unit=month"))
    extra = statistics.median(after) - statistics.median(plain)
    yield Row(f"{number:,} incidents: correcting one, in the database", statistics.median(corrected), "ms")
    yield Row(f"{number:,} incidents: what that adds to the next answer", extra, "ms", 20, 5)
    connection.close()
