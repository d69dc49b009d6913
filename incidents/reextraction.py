"""Reading articles again with the engine as it is now: what a run covers, how it goes on after a stop, what it changes."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from incidents import pipeline
from incidents.extraction.versions import EXTRACTOR, VERSION
from incidents.models import Change, Event, ReadingRun, Revision
from sources.models import Article

State = Article.State


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one article again changed, or would change: its events, and the incidents they tell of."""

    article: int
    kept: int = 0
    new: int = 0
    gone: int = 0
    error: str = ""
    changes: Counter[str] = field(default_factory=Counter)  # kinds of the change log
    changed: list[tuple[int, str, object, object]] = field(default_factory=list)  # incident, field, before, after

    @property
    def differs(self) -> bool:
        return bool(self.new or self.gone or self.changes or self.error)


def chosen(ids: Collection[int], *, before: datetime | None = None) -> "QuerySet[Article]":
    """Return the articles to read again, the oldest first: these, or all for none; `before`: only those last read before then."""
    found = Article.objects.exclude(state=State.LISTED).filter(purged_at=None).order_by("pk")
    if ids:
        found = found.filter(pk__in=ids)
    return found.filter(Q(read_at=None) | Q(read_at__lt=before)) if before else found


def read_again(article_id: int) -> Outcome:
    """Read one article again and join what it reports; overrides and what people touched stay."""
    earlier, last = _events(article_id), Change.objects.order_by("-number").values_list("number", flat=True).first() or 0
    pipeline.queue_again([article_id])
    pipeline.process(article_id)
    return _outcome(article_id, earlier, last)


def would_change(article_id: int) -> Outcome:
    """Return what reading the article again would change: it is done and taken back."""
    with transaction.atomic():
        outcome = read_again(article_id)
        transaction.set_rollback(True)
    return outcome


def _events(article_id: int) -> dict[int, int | None]:
    """Return the article's events -> their incidents."""
    return dict(Event.objects.filter(article=article_id).values_list("pk", "incident_id"))


def _outcome(article_id: int, earlier: dict[int, int | None], last: int) -> Outcome:
    now = _events(article_id)
    article = Article.objects.only("state", "error").get(pk=article_id)
    told = {number for number in [*earlier.values(), *now.values()] if number is not None}
    entries = list(Change.objects.filter(number__gt=last, action=None, incident__in=told))
    revisions = Revision.objects.filter(change__in=entries).order_by("pk")
    return Outcome(
        article=article_id,
        kept=len(now.keys() & earlier.keys()),
        new=len(now.keys() - earlier.keys()),
        gone=len(earlier.keys() - now.keys()),
        error=article.error if article.state == State.FAILED else "",
        changes=Counter(entry.kind for entry in entries),
        changed=[(one.incident_id, one.field, one.before, one.after) for one in revisions],
    )


def begin(ids: Collection[int]) -> ReadingRun:
    """Remember that a run over these articles (none: all) began, so that it can go on after a stop."""
    return ReadingRun.objects.create(articles=sorted(ids), engine=f"{EXTRACTOR} {VERSION}")


def unfinished() -> ReadingRun | None:
    """Return the latest run that was not finished."""
    return ReadingRun.objects.filter(finished_at=None).order_by("-pk").first()


def left(run: ReadingRun) -> list[int]:
    """Return the articles that the run has still to read: those not read since it began."""
    return list(chosen(run.articles, before=run.started_at).values_list("pk", flat=True))


def finish(run: ReadingRun) -> None:
    ReadingRun.objects.filter(finished_at=None, pk__lte=run.pk).update(finished_at=timezone.now())
