"""Documents in: stored, then taken through the pipeline here or by the workers, with the progress shown and the end told."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from celery import current_app
from django.conf import settings
from rich.console import Console
from rich.progress import Progress

from incidents import pipeline, tasks
from incidents.models import Event, Incident
from sources.incoming import Given, IncomingDocument
from sources.ingest import Outcome, store
from sources.models import Article
from sources.refusals import Refused
from sources.targets import documents_of

DEMO = ("demo", "corpus")
SILENCE = 30  # seconds without progress after which the workers are asked whether they are there


class NoWorkerError(Exception):
    """Articles are queued, but nothing takes them."""


@dataclass(slots=True)
class Report:
    """What an ingest did: articles in the order they came, each once, and what was refused."""

    articles: dict[int, Outcome] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    @property
    def to_process(self) -> list[int]:
        return [article_id for article_id, outcome in self.articles.items() if outcome != "known"]


@dataclass(frozen=True, slots=True)
class Line:
    """One article in the closing table; where it was known already, nothing became of it now."""

    article: Article
    outcome: Outcome
    events: int
    new: list[Incident]
    joined: list[Incident]


def store_targets(targets: Iterable[str], given: Given, progress: Progress) -> Report:
    """Store the documents of all targets; whatever is refused stands in the report and stops nothing else."""
    report = Report()
    bar = progress.add_task("Storing", total=None)
    for target in targets:
        for found in documents_of(target, given):
            _take(found, report)
            progress.advance(bar)
    progress.update(bar, total=len(report.articles) + len(report.refused))
    return report


def _take(found: IncomingDocument | Refused, report: Report) -> None:
    if isinstance(found, Refused):
        report.refused.append(found)
        return
    stored = store(found)
    if report.articles.get(stored.article_id, "known") == "known":
        report.articles[stored.article_id] = stored.outcome


def process_here(article_ids: Sequence[int], progress: Progress) -> None:
    """Take the articles through the pipeline in this process."""
    for article_id in progress.track(article_ids, description="Reading"):
        pipeline.process(article_id)
    deadline = time.monotonic() + SILENCE
    while (held := _open(article_ids)) and time.monotonic() < deadline:  # a worker took some of them before us
        for article_id, _state in held:
            pipeline.process(article_id)
        time.sleep(0.1)


def process_by_workers(article_ids: Sequence[int], progress: Progress, check: Callable[[], object] = lambda: None) -> None:
    """Queue the articles and return once the workers are through with them; `check` is called meanwhile and may raise.

    Raises NoWorkerError where nothing moves and no worker answers.
    """
    bar = progress.add_task("Reading", total=len(article_ids))
    for article_id, state in _open(article_ids):
        tasks.enqueue(article_id, state)
    left, moved = len(article_ids), time.monotonic()
    while left:
        check()
        if (now_left := len(_open(article_ids))) < left:
            left, moved = now_left, time.monotonic()
            progress.update(bar, completed=len(article_ids) - left)
        elif time.monotonic() - moved > SILENCE:
            if not current_app.control.ping(timeout=2):
                raise NoWorkerError(f"{left} articles are queued, but no worker answers: start one, it will take them")
            tasks.sweep()
            moved = time.monotonic()
        time.sleep(0.1)
    progress.update(bar, completed=len(article_ids))


def _open(article_ids: Sequence[int]) -> list[tuple[int, str]]:
    """Return those of the articles that still have a stage before them, with their state.

    A page that could not be had is asked for again minutes later: nobody waits for that here.
    """
    waiting = Article.objects.filter(pk__in=article_ids, state__in=list(pipeline.STAGES))
    return list(waiting.exclude(state=Article.State.LISTED, error__gt="").values_list("id", "state"))


def lines(report: Report) -> Iterator[Line]:
    """Yield what came of each article, in order."""
    articles = Article.objects.select_related("source").in_bulk(report.articles)
    for article_id, outcome in report.articles.items():
        incidents = Incident.objects.filter(events__article_id=article_id).distinct().order_by("id")
        if outcome == "known":
            incidents = incidents.none()
        firsts = {incident: _first_article(incident) for incident in incidents}
        yield Line(
            article=articles[article_id],
            outcome=outcome,
            events=Event.objects.filter(article_id=article_id).count(),
            new=[incident for incident, first in firsts.items() if first == article_id],
            joined=[incident for incident, first in firsts.items() if first != article_id],
        )


def _first_article(incident: Incident) -> int | None:
    return incident.events.order_by("id").values_list("article_id", flat=True).first()


def ingest_demo(console: Console, *, check: Callable[[], object] = lambda: None) -> None:
    """Ingest the demo corpus through the workers, with a progress bar; what is known already is left alone."""
    with Progress(console=console) as progress:
        report = store_targets([str(Path(settings.BASE_DIR, *DEMO))], Given(), progress)
        process_by_workers(report.to_process, progress, check)
