"""One worker at a time holds an article, and none for ever."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from sources.claims import LEASE, MAX_ATTEMPTS, ClaimLostError, claim, give_back, settle
from sources.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db
State = Article.State


@pytest.fixture
def article_id() -> int:
    return make_article(state=State.STORED).pk


def test_only_one_wins(article_id: int) -> None:
    assert claim(article_id, State.STORED)
    assert claim(article_id, State.STORED) is None


def test_other_state_is_not_claimed(article_id: int) -> None:
    assert claim(article_id, State.READ) is None


def test_settled_article_is_free_for_its_next_stage(article_id: int) -> None:
    article = claim(article_id, State.STORED)
    assert article
    settle(article, State.READ)
    assert claim(article_id, State.STORED) is None
    assert claim(article_id, State.READ)


def test_worker_that_falls_silent_loses_its_claim(article_id: int) -> None:
    silent = claim(article_id, State.STORED)
    assert silent
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        assert claim(article_id, State.STORED)
    with pytest.raises(ClaimLostError):
        settle(silent, State.READ)


def test_failure_is_tried_again_and_then_kept_with_its_error(article_id: int) -> None:
    for attempt in range(1, MAX_ATTEMPTS + 1):
        article = claim(article_id, State.STORED)
        assert article
        assert article.attempts == attempt
        give_back(article, "no luck")
    assert claim(article_id, State.STORED) is None
    kept = Article.objects.get()
    assert (kept.state, kept.error) == (State.FAILED, "no luck")


def test_article_that_kills_its_workers_fails(article_id: int) -> None:
    for hours in range(MAX_ATTEMPTS):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            assert claim(article_id, State.STORED)
    with time_machine.travel(timezone.now() + timedelta(hours=MAX_ATTEMPTS)):
        assert claim(article_id, State.STORED) is None
    kept = Article.objects.get()
    assert kept.state == State.FAILED
    assert "ended without a word" in kept.error


def test_retry_may_have_to_wait(article_id: int) -> None:
    article = claim(article_id, State.STORED)
    assert article
    give_back(article, "busy", after=timedelta(minutes=2))
    assert claim(article_id, State.STORED) is None
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        assert claim(article_id, State.STORED)
