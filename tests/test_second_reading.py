"""Where a language model is configured, it reads each article too; its events stand beside the engine's and say who read them."""

from collections.abc import Iterator

import pytest

from incidents import pipeline
from incidents.models import Event, ModelUse
from sources.models import Article
from tests.extraction.model_server import ModelServer, model_server
from tests.extraction.test_language_model import event
from tests.factories import make_article

TEXT = "MOSUL, Iraq - A car bomb killed at least 14 people near a market in Mosul on Tuesday, police said."


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with model_server() as server:
        monkeypatch.setenv("LLM_BASE_URL", server.address)
        monkeypatch.setenv("LLM_MODEL", "test-model")
        monkeypatch.setenv("LLM_PRICE_IN", "2")
        yield server


def waiting() -> Article:
    return make_article(TEXT, title="Car bomb in Mosul", state=Article.State.STORED)


@pytest.mark.django_db
def test_it_works(model: ModelServer) -> None:
    when = {"earliest": "2022-01-18", "latest": "2022-01-18", "quote": "on Tuesday"}
    model.say({"events": [event(date=when, place={"quote": "Mosul"})]})
    article = waiting()
    pipeline.process(article.pk)
    by = {one.extractor.split()[0]: one for one in article.events.all()}
    assert set(by) == {"rules", "model"}
    assert by["model"].incident == by["rules"].incident
    use = ModelUse.objects.get(article=article)
    assert (use.tokens_in, use.tokens_out, float(use.cost), use.error) == (1000, 200, 0.002, "")


@pytest.mark.django_db
def test_a_model_that_fails_takes_nothing_away(model: ModelServer) -> None:
    model.say("out of order", 400)
    article = waiting()
    pipeline.process(article.pk)
    article.refresh_from_db()
    assert article.state == Article.State.DONE
    assert article.events.exists()
    assert "out of order" in ModelUse.objects.get(article=article).error


@pytest.mark.django_db
def test_reading_again_replaces_each_extractors_own_events(model: ModelServer) -> None:
    model.say({"events": [event()]})
    article = waiting()
    pipeline.process(article.pk)
    before = set(article.events.values_list("pk", flat=True))
    pipeline.put_back(failed_only=False)
    pipeline.process(article.pk)
    assert set(article.events.values_list("pk", flat=True)) == before


@pytest.mark.django_db
def test_no_model_is_asked_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LLM_BASE_URL", raising=False)
    pipeline.process(waiting().pk)
    assert not ModelUse.objects.exists()
    assert not Event.objects.filter(extractor__startswith="model").exists()
