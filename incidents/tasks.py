"""Background work. Every task takes ids, carries no logic, and may run twice."""

from functools import partial
from typing import TYPE_CHECKING, cast

from celery import current_app, shared_task
from django.conf import settings
from django.db import transaction
from redis import Redis

from incidents import dumping, pipeline
from sources import completing, polling
from sources.models import Article

if TYPE_CHECKING:
    from celery import Task  # generic in its stubs alone

SWEEP = 500  # articles are handed out until so many wait in the broker


def _later(task: "Task[[int], None]", row_id: int) -> None:
    """Hand the row to a worker once it is committed: a worker is quicker than a transaction."""
    transaction.on_commit(partial(task.delay, row_id))


@shared_task
def complete_article(article_id: int) -> None:
    if completing.complete_article(article_id):
        _later(read_article, article_id)


@shared_task
def read_article(article_id: int) -> None:
    if pipeline.read_article(article_id):
        _later(match_article, article_id)


@shared_task
def match_article(article_id: int) -> None:
    pipeline.match_article(article_id)


NEXT: dict[str, "Task[[int], None]"] = {
    Article.State.LISTED: complete_article,
    Article.State.STORED: read_article,
    Article.State.READ: match_article,
}


def enqueue(article_id: int, state: str) -> None:
    """Hand an article to the workers, once what made it due is committed."""
    _later(NEXT[state], article_id)


@shared_task
def poll_due_sources() -> None:
    for source_id in polling.claim_due():
        _later(poll_source, source_id)


@shared_task
def poll_source(source_id: int) -> None:
    for article_id in polling.poll(source_id):
        enqueue(article_id, Article.objects.values_list("state", flat=True).get(pk=article_id))


@shared_task
def sweep() -> None:
    """Hand out what is due and held by nobody: whatever the broker lost, a worker dropped, or a failure left to try again."""
    for article_id, state in pipeline.due(max(SWEEP - _waiting(), 0)):
        enqueue(article_id, state)


def _waiting() -> int:
    """Return how many tasks wait in the broker."""
    with Redis.from_url(settings.REDIS_URL) as broker:
        return cast(int, broker.llen(current_app.conf.task_default_queue))


@shared_task(time_limit=4 * 3600)
def dump_if_due() -> None:
    """Write tonight's dump, unless it is there."""
    dumping.dump_if_due()
