"""Each document is stored once, whole or not at all."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sources.incoming import IncomingDocument
from sources.ingest import store
from sources.models import Article

pytestmark = pytest.mark.django_db

DOCUMENT = IncomingDocument(
    name="gao.txt",
    source="Gulf Wire",
    title="Road closed near Gao",
    text="Gunmen stopped a lorry near Gao on Sunday.",
    published=date(2023, 4, 3),
    published_at=datetime(2023, 4, 3, 9, tzinfo=UTC),
    external_id="gw-1",
    url="https://gulfwire.example/gao",
)


def test_it_works() -> None:
    stored = store(DOCUMENT)
    article = Article.objects.get()
    assert (stored.article_id, stored.outcome) == (article.pk, "new")
    assert article.source.name == "Gulf Wire"
    assert article.state == Article.State.STORED
    assert (article.title, article.text, article.published_on) == (DOCUMENT.title, DOCUMENT.text, DOCUMENT.published)


def test_the_same_twice_changes_nothing() -> None:
    first = store(DOCUMENT)
    Article.objects.update(state=Article.State.DONE)
    before = Article.objects.values().get()
    assert store(DOCUMENT) == replace(first, outcome="known")
    assert store(replace(DOCUMENT, external_id="", url="", title=" Road closed\nnear Gao")).outcome == "known"
    assert Article.objects.values().get() == before


@pytest.mark.parametrize("named", [{"url": ""}, {"external_id": ""}])
def test_changed_text_is_read_again(named: dict[str, Any]) -> None:
    """The same id, or the same address, with other words."""
    document = replace(DOCUMENT, **named)
    first = store(document)
    Article.objects.update(state=Article.State.DONE, attempts=2, error="x")
    assert store(replace(document, text="Gunmen stopped two lorries near Gao.")) == replace(first, outcome="changed")
    article = Article.objects.get()
    assert article.text == "Gunmen stopped two lorries near Gao."
    assert (article.state, article.attempts, article.error, article.claimed_at) == (Article.State.STORED, 0, "", None)


def test_date_once_known_is_never_overwritten() -> None:
    store(DOCUMENT)
    store(replace(DOCUMENT, text="Other words.", published=date(2024, 1, 1), published_at=None))
    assert Article.objects.get().published_on == date(2023, 4, 3)


def test_date_that_was_missing_is_taken_and_the_text_read_again() -> None:
    store(replace(DOCUMENT, published=None, published_at=None))
    Article.objects.update(state=Article.State.DONE)
    assert store(DOCUMENT).outcome == "changed"
    article = Article.objects.get()
    assert (article.published_on, article.state) == (date(2023, 4, 3), Article.State.STORED)


def test_the_same_words_from_another_source_are_another_article() -> None:
    store(DOCUMENT)
    assert store(replace(DOCUMENT, source="Levant Daily")).outcome == "new"
    assert Article.objects.count() == 2


def test_summary_never_replaces_the_text_of_its_page() -> None:
    store(DOCUMENT)
    assert store(replace(DOCUMENT, text="Gunmen stopped…", full=False)).outcome == "known"
    assert Article.objects.get().text == DOCUMENT.text


def test_summary_waits_for_its_page() -> None:
    store(replace(DOCUMENT, full=False))
    assert Article.objects.get().state == Article.State.LISTED


def test_new_text_that_is_another_article_of_the_source_is_left_alone() -> None:
    store(DOCUMENT)
    other = replace(DOCUMENT, external_id="gw-2", url="", title="Other", text="Other words.")
    store(other)
    assert store(replace(other, external_id="gw-1")).outcome == "known"
    assert Article.objects.count() == 2
