"""Rows are the queue: a worker claims an article by a conditional update that only one can win."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from sources.models import Article

LEASE = timedelta(minutes=10)  # a worker silent for longer is taken for dead; twice Celery's limit for one task
MAX_ATTEMPTS = 3


class ClaimLostError(Exception):
    """Somebody else works on the article now, or its text has changed: what was done with it must not be kept."""


def claim(article_id: int, state: str) -> Article | None:
    """Return the article for work on its stage; None where it is not in that state, somebody holds it, or it failed for good."""
    free = Article.objects.filter(pk=article_id, state=state).unclaimed(lease=LEASE)
    if free.filter(attempts__lt=MAX_ATTEMPTS).update(claimed_at=timezone.now(), attempts=F("attempts") + 1):
        return Article.objects.select_related("source").get(pk=article_id)
    # A process that is killed at it writes no error of its own.
    free.update(state=Article.State.FAILED, claimed_at=None, error=f"its worker ended without a word, {MAX_ATTEMPTS} times")
    return None


def settle(article: Article, state: str) -> None:
    """Pass the article on to its next state. Call in the transaction that saves the stage's result; raises ClaimLostError."""
    held = Article.objects.filter(pk=article.pk, state=article.state, claimed_at=article.claimed_at)
    if not held.update(state=state, claimed_at=None, attempts=0, error=""):
        raise ClaimLostError(f"article {article.pk}")


def give_back(article: Article, error: str, *, after: timedelta = timedelta(0)) -> None:
    """Let go of an article whose stage went wrong, to be tried again once `after` has passed; the last time, for good."""
    again = article.attempts < MAX_ATTEMPTS
    Article.objects.filter(pk=article.pk, state=article.state, claimed_at=article.claimed_at).update(
        state=article.state if again else Article.State.FAILED,
        claimed_at=timezone.now() - LEASE + after if again and after else None,
        error=error[:500],
    )
