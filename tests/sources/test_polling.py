"""Feeds are asked gently, and what is new in them is stored."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from sources.models import Article, Source
from sources.polling import claim_due, poll
from tests.sources.conftest import NewsHost
from tests.sources.samples import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(news_host: NewsHost) -> Source:
    url = news_host.serve("/feed", sample("rss.xml").read_bytes(), ETag='"1"', Last_Modified="then", Content_Type="text/xml")
    return Source.objects.create(name="Hill & Harbour News", kind=Source.Kind.FEED, url=url)


def test_it_works(source: Source) -> None:
    articles = poll(source.pk)
    first, second = Article.objects.order_by("external_id")
    assert {first.pk, second.pk} == set(articles)
    assert (first.state, second.state) == (Article.State.STORED, Article.State.LISTED)
    assert first.source == source
    source.refresh_from_db()
    assert (source.etag, source.last_modified, source.failures, source.last_error) == ('"1"', "then", 0, "")
    assert source.next_poll_at > timezone.now() + source.poll_every / 2


def test_unchanged_feed_is_not_read_again(source: Source, news_host: NewsHost) -> None:
    poll(source.pk)
    assert poll(source.pk) == []
    assert news_host.asked[1][1]["If-None-Match"] == '"1"'
    source.refresh_from_db()
    assert source.etag == '"1"'


def test_known_entries_are_left_alone(source: Source, news_host: NewsHost) -> None:
    poll(source.pk)
    news_host.answers["/feed"].headers["ETag"] = '"2"'
    assert poll(source.pk) == []
    assert Article.objects.count() == 2


def test_dates_of_known_entries_are_never_overwritten(source: Source, news_host: NewsHost) -> None:
    poll(source.pk)
    moved = sample("rss.xml").read_bytes().replace(b"04 Apr 2023", b"09 Apr 2023")
    news_host.serve("/feed", moved)
    assert poll(source.pk) == []
    assert str(Article.objects.get(external_id="hh-1").published_on) == "2023-04-04"


def test_failing_feed_is_asked_less_and_less(source: Source, news_host: NewsHost) -> None:
    news_host.serve("/feed", status=500)
    waits = []
    for _ in range(3):
        assert poll(source.pk) == []
        source.refresh_from_db()
        waits.append(source.next_poll_at - timezone.now())
    assert source.failures == 3
    assert source.last_error == "answered 500 Internal Server Error"
    assert all(later > 1.9 * sooner for sooner, later in pairwise(waits))
    Source.objects.update(failures=1000)
    poll(source.pk)
    source.refresh_from_db()
    assert source.next_poll_at <= timezone.now() + timedelta(days=1)


def test_feed_that_works_again_is_forgiven(source: Source) -> None:
    Source.objects.update(failures=4, last_error="answered 404 Not Found")
    poll(source.pk)
    source.refresh_from_db()
    assert (source.failures, source.last_error) == (0, "")


@pytest.mark.parametrize("name", ["cut-off.xml", "entity-bomb.xml", "no-article.html"])
def test_broken_feed_is_a_failure_and_stores_nothing(source: Source, news_host: NewsHost, name: str) -> None:
    news_host.serve("/feed", sample(name).read_bytes())
    assert poll(source.pk) == []
    source.refresh_from_db()
    assert source.failures == 1
    assert source.last_error
    assert not Article.objects.exists()


def test_due_feed_is_claimed_once(source: Source) -> None:
    Source.objects.create(name="Not yet", kind=Source.Kind.FEED, url="x", next_poll_at=timezone.now() + timedelta(hours=1))
    Source.objects.create(name="Switched off", kind=Source.Kind.FEED, url="y", active=False)
    Source.objects.create(name="A folder")
    assert claim_due() == [source.pk]
    assert claim_due() == []
