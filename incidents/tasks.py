"""Background work. Every task takes ids, carries no logic, and may run twice."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, cast

from celery import current_app, shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from redis import Redis

from incidents import dumping, pipeline
from incidents.alerts import delivering, mailing, watching
from sources import completing, polling
from sources.models import Article

if TYPE_CHECKING:
    from celery import Task  # generic in its stubs alone

KEPT = timedelta(days=30)  # of what was told and delivered
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


@shared_task
def watch_searches() -> None:
    """Tell watched searches what the change log has for them."""
    for search_id in watching.due():
        while watching.advance(search_id):
            pass


@shared_task
def mail_digests() -> None:
    for search_id in mailing.due(timezone.now()):
        mailing.send(search_id)


@shared_task
def post_due_webhooks() -> None:
    for delivery_id in delivering.due(timezone.now()):
        post_webhook.delay(delivery_id)


@shared_task
def post_webhook(delivery_id: int) -> None:
    delivering.deliver(delivery_id)


@shared_task
def forget_old_alerts() -> None:
    delivering.forget(timezone.now() - KEPT)
