"""Articles in by the API: each once, however often it is sent."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from incidents import pushing
from incidents.models import Push
from sources.incoming import IncomingDocument
from sources.models import Article, Source
from tests.api.test_writing import Post, post, writer
from tests.factories import make_source

__all__ = ["post", "writer"]  # the fixtures
pytestmark = pytest.mark.django_db
BODY = {"title": "A raid", "text": "Soldiers raided a farm on Monday.", "published": "2022-01-22", "external_id": "a-1"}


def test_it_works(post: Post, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as queued:
        pushed = post("articles/", BODY, 201)
    assert (pushed["outcome"], pushed["article"]["publisher"], pushed["article"]["state"]) == ("new", "feeder", "stored")
    assert len(queued) == 1
    assert pushed["article"]["text"] is None  # the key lacks the scope
    assert Source.objects.get().kind == "api"


def test_the_same_article_is_known_and_a_new_text_is_read_anew(post: Post) -> None:
    post("articles/", BODY, 201)
    assert post("articles/", BODY, 200)["outcome"] == "known"
    assert post("articles/", BODY | {"text": "Soldiers raided two farms on Monday."}, 200)["outcome"] == "changed"
    assert Article.objects.count() == 1


def test_an_idempotency_key_stands_for_one_request(post: Post) -> None:
    first = post("articles/", BODY, 201, Idempotency_Key="k1")
    again = post("articles/", BODY, 201, Idempotency_Key="k1")
    assert (again["outcome"], again["article"]["id"]) == ("new", first["article"]["id"])
    refused = post("articles/", BODY | {"title": "Another"}, 409, Idempotency_Key="k1")
    assert refused["type"].endswith("#idempotency-key-reused")
    assert "Idempotency-Key" in post("articles/", BODY, 400, Idempotency_Key="k" * 256)["errors"]


def test_what_the_desk_fetches_itself_is_not_replaced(post: Post) -> None:
    make_source("Gulf Wire", kind="feed")
    assert post("articles/", BODY | {"source": "Gulf Wire"}, 409)["type"].endswith("#state-conflict")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"url": "javascript:1"}, "url"),
        ({"published": "yesterday"}, "published"),
        ({"source": ""}, "source"),
        ({"published_at": "0001-01-01T00:00:00+23:00"}, "published_at"),
        ({"language": "en"}, "language"),
        ({"text": 5.5, "title": {}}, "title"),
        ({"text": 5}, "text"),
        ({"external_id": True}, "external_id"),
    ],
)
def test_what_cannot_be_used_is_named(post: Post, change: dict[str, Any], field: str) -> None:
    assert field in post("articles/", BODY | change, 400)["errors"]
    assert not Article.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_key_are_one(editor: User) -> None:
    def send(_n: int) -> pushing.Pushed:
        try:
            return pushing.push(IncomingDocument("", "Wire", "", BODY["text"]), user=editor, key="k", body=BODY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert sorted(answer.again for answer in answers) == [False, True, True, True]
    assert {answer.outcome for answer in answers} == {"new"}
    assert (Article.objects.count(), Push.objects.count()) == (1, 1)
