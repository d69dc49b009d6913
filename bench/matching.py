"""Does matching one event cost the same however many incidents there are? The same questions at three sizes of the store."""

import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from itertools import product

from django.db import transaction

from bench import desk, fill, reports
from bench.rows import Row
from incidents.joining import find_match
from incidents.models import Count, Event, Incident
from sources.models import Article, Origin

ASKED = 48  # events at each size
ROUNDS = 4  # in which the sizes take turns, so that whatever else the machine does hits all of them
REPEATS = 5  # of each question, the quickest counts: what the machine does besides is no cost of matching
STEPS = (100, 10, 1)  # of the largest store
WITHIN = 1.5


def measure(scale: int) -> Iterator[Row]:
    """Yield milliseconds of matching one event at each size, and how much dearer the dearest is than the cheapest."""
    sizes = [scale // step for step in STEPS]
    found: dict[int, list[float]] = {size: [] for size in sizes}
    for size in sizes:
        with _store(size, scale):
            fill.fill(size)
            reports.fill(size)
    for turn, size in product(range(ROUNDS), sizes):
        with _store(size, scale):
            found[size] += _timed(_chosen(size)[turn::ROUNDS])
    medians = {size: statistics.median(taken) for size, taken in found.items()}
    for size, taken in medians.items():
        yield Row(f"{size:,} incidents: matching one event, median", taken, "ms")
    dearer = max(medians.values()) / min(medians.values())
    yield Row(f"matching one event: dearest against cheapest of {len(STEPS)} sizes", dearer, "times", WITHIN)


def _store(size: int, scale: int) -> AbstractContextManager[None]:
    return desk.database("desk" if size == scale else f"bench_{size}")


def _chosen(size: int) -> list[Incident]:
    """Return incidents of all years whose place is a town."""
    every = max(1, size // (3 * ASKED))
    found = Incident.objects.filter(pk__in=range(7, size, every), place_precision="settlement")
    return list(found.order_by("pk").defer("search")[:ASKED])


def _timed(incidents: Iterable[Incident]) -> Iterator[float]:
    """Yield the milliseconds that finding the incident of a new report of each of these takes."""
    for incident in incidents:
        with transaction.atomic():
            event = _told_again(incident).events.select_related("article", "place").get()
            find_match(event)  # brings the rows into memory: the cost of the questions is measured, not that of the disk
            yield min(_milliseconds(event) for _ in range(REPEATS))
            transaction.set_rollback(True)


def _milliseconds(event: Event) -> float:
    start = time.perf_counter()
    find_match(event)
    return (time.perf_counter() - start) * 1000


def _told_again(incident: Incident) -> Article:
    """Make a new report of a known incident: its day, its town, its figures, its names."""
    day = (incident.latest or incident.day) + timedelta(days=1)
    text = f"{incident.headline}, again"
    article = Article.objects.create(
        source_id=incident.sources[0], origin=Origin.objects.create(), title=incident.headline, text=text,
        published_on=day, digest=f"again {incident.pk}", state=Article.State.DONE,
    )  # fmt: skip
    known = incident.events.get()
    counts = list(known.counts.all())
    known.pk, known.article, known.incident = None, article, None
    known.save()
    Count.objects.bulk_create(Count(event=known, ordinal=0, outcome=one.outcome, best=one.best, span=one.span) for one in counts)
    return article
