"""An article known by its summary gets the text of its page."""

from dataclasses import replace
from typing import Any

import pytest

from sources.claims import MAX_ATTEMPTS
from sources.completing import complete_article
from sources.incoming import IncomingDocument
from sources.ingest import store
from sources.models import Article
from tests.sources.conftest import NewsHost
from tests.sources.samples import sample

pytestmark = pytest.mark.django_db
SUMMARY = IncomingDocument(
    name="b", source="Coast Courier", title="Bridge gone", text="A bridge…", external_id="cc-1", full=False
)


def listed(url: str, **values: Any) -> int:
    return store(replace(SUMMARY, url=url, **values)).article_id


def test_it_works(news_host: NewsHost) -> None:
    article_id = listed(news_host.serve("/bridge", sample("tag-soup.html").read_bytes(), Content_Type="text/html"))
    assert complete_article(article_id)
    article = Article.objects.get()
    assert article.title == "Bridge gone"
    assert article.text.startswith("A charge brought down")
    assert str(article.published_on) == "2023-05-03"
    assert article.state == Article.State.STORED
    assert not complete_article(article_id)
    assert len(news_host.asked) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_page_that_is_gone_leaves_the_summary(news_host: NewsHost, status: int) -> None:
    assert complete_article(listed(news_host.serve("/gone", status=status)))
    article = Article.objects.get()
    assert (article.text, article.state) == ("A bridge…", Article.State.STORED)


def test_page_in_trouble_is_asked_again_later(news_host: NewsHost) -> None:
    article_id = listed(news_host.serve("/busy", status=503))
    assert not complete_article(article_id)
    assert not complete_article(article_id)
    article = Article.objects.get()
    assert (article.state, article.error) == (Article.State.LISTED, "answered 503 Service Unavailable")
    assert len(news_host.asked) == 1
    Article.objects.update(claimed_at=None, attempts=MAX_ATTEMPTS - 1)
    assert complete_article(article_id)
    assert Article.objects.get().text == "A bridge…"


def test_two_entries_of_one_page(news_host: NewsHost) -> None:
    url = news_host.serve("/bridge", sample("tag-soup.html").read_bytes())
    assert complete_article(listed(url))
    second = listed(url + "?from=feed", external_id="cc-2", text="The bridge…")
    news_host.answers["/bridge?from=feed"] = news_host.answers["/bridge"]
    assert not complete_article(second)
    assert Article.objects.get(pk=second).state == Article.State.DONE
    assert Article.objects.filter(state=Article.State.STORED).count() == 1


def test_what_is_no_page_leaves_the_summary(news_host: NewsHost) -> None:
    assert complete_article(listed(news_host.serve("/film", b"\0\1\2" * 100, Content_Type="video/mp4")))
    assert Article.objects.get().text == "A bridge…"
