"""Does matching one event cost the same however many incidents there are? The same questions at three sizes of the store."""

import statistics
import time
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction

from bench import desk, fill, reports
from bench.rows import Row
from incidents.joining import find_match, join_article
from incidents.models import Count, Incident
from sources.models import Article, Origin

ASKED = 60
STEPS = (100, 10, 1)  # of the largest store
WITHIN = 1.5


def measure(scale: int) -> Iterator[Row]:
    """Yield milliseconds of matching one event at each size, and how much dearer the dearest is than the cheapest."""
    found: dict[str, list[float]] = {"matching one event": [], "matching, deriving and logging one report": []}
    for size in (scale // step for step in STEPS):
        with desk.database("desk" if size == scale else f"bench_{size}"):
            fill.fill(size)
            reports.fill(size)
            for name, taken in zip(found, _timed(size), strict=True):
                found[name].append(taken)
                yield Row(f"{size:,} incidents: {name}, median", taken, "ms")
    for name, times in found.items():
        bound = WITHIN if name == "matching one event" else None
        yield Row(f"{name}: dearest against cheapest of {len(STEPS)} sizes", max(times) / min(times), "times", bound)


def _timed(size: int) -> tuple[float, float]:
    """Return the median milliseconds of finding an event's incident, and of joining its article, over incidents of all years."""
    chosen = Incident.objects.filter(pk__in=range(7, size, max(1, size // (3 * ASKED))), place_precision="settlement")
    matched, joined = [], []
    for incident in chosen.order_by("pk").defer("search")[: ASKED + 10]:
        with transaction.atomic():
            article = _told_again(incident)
            event = article.events.select_related("article", "place").get()
            start = time.perf_counter()
            find_match(event)
            between = time.perf_counter()
            join_article(article)
            matched.append((between - start) * 1000)
            joined.append((time.perf_counter() - between) * 1000)
            transaction.set_rollback(True)
    return statistics.median(matched[10:]), statistics.median(joined[10:])  # the first ones warm up what is remembered


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
