"""The list of sources: what each has sent and what went wrong."""

import pytest
from django.test import Client
from django.utils import timezone

from sources.models import Article, Source
from tests.factories import make_article, make_source
from tests.web.pages import tags_of, text_of

pytestmark = pytest.mark.django_db


def test_it_works(client: Client) -> None:
    source = make_source("Hill Post")
    make_article(source=source)
    make_article(source=source, state=Article.State.FAILED)
    response = client.get("/sources/")
    assert response.status_code == 200
    assert "Hill Post upload 2 articles 1 failed" in text_of(response)
    assert {"href": f"/articles/?source={source.pk}"} in tags_of(response, "a")


def test_a_feed_says_when_it_was_asked_and_what_went_wrong(client: Client) -> None:
    make_source("New feed", kind=Source.Kind.FEED)
    make_source(
        "Old feed", kind=Source.Kind.FEED, last_polled_at=timezone.now(), last_error="No answer within 20 s.", active=False
    )
    page = text_of(client.get("/sources/"))
    assert "New feed feed 0 articles nothing yet not yet" in page
    assert "Old feed switched off feed 0 articles nothing yet" in page
    assert "No answer within 20 s." in page


def test_none_is_said(client: Client) -> None:
    assert "No source is known yet." in text_of(client.get("/sources/"))


def test_hostile_names_are_text(client: Client) -> None:
    make_source("<script>alert(1)</script>", url="https://example.org/<b>")
    body = client.get("/sources/").content.decode()
    assert "<script>alert(1)" not in body
    assert "/<b>" not in body
