"""Each reason for review comes out of the pipeline itself, from documents as they are read, not only from rows made by hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from incidents import pipeline
from incidents.models import Incident, ReviewCase
from sources.incoming import IncomingDocument
from sources.ingest import store
from sources.models import Article
from tests.extraction.model_server import ModelServer, model_server
from tests.extraction.test_language_model import event
from tests.factories import make_article
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
CAR_BOMB = "MOSUL, Iraq - A car bomb killed at least 14 people near a market in Mosul on Tuesday, police said."


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with model_server() as server:
        monkeypatch.setenv("LLM_BASE_URL", server.address)
        monkeypatch.setenv("LLM_MODEL", "test-model")
        yield server


def read(text: str, published: date | None = date(2022, 1, 19), title: str = "") -> set[str]:
    """Let the desk read an article; return why its incidents wait."""
    article = make_article(text, title=title, state=Article.State.STORED, published_on=published)
    pipeline.process(article.pk)
    return why()


def why() -> set[str]:
    return {reason for case in ReviewCase.objects.filter(is_open=True) for reason in case.reasons}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Gunmen killed three soldiers at a checkpoint on Tuesday, the army said.", "no_place"),
        ("A bomb killed four people in Tripoli on Tuesday, residents said.", "ambiguous_place"),
        ("A bomb went off in Mosul on Tuesday. Police said five people were killed. A hospital said nine people were killed.",
         "conflicting_claims"),
    ],
)  # fmt: skip
def test_what_the_text_leaves_open_waits(text: str, reason: str) -> None:
    assert reason in read(text)


def test_an_article_without_a_day_of_publication_waits() -> None:
    assert {"no_date", "no_publication_date"} <= read(CAR_BOMB, published=None)


def test_the_candidates_of_an_unclear_place_are_offered(desk: Client) -> None:
    read("A bomb killed four people in Tripoli on Tuesday, residents said.")
    page = text_of(desk.get(f"/review/{Incident.objects.get().pk}/"))
    assert "entries of the gazetteer fit “Tripoli”" in page
    assert "LY · settlement" in page
    assert "LB · settlement" in page


def test_an_article_that_its_source_changes_waits() -> None:
    for killed in ("14", "20"):
        text = CAR_BOMB.replace("14", killed)
        document = IncomingDocument("a1", "Harbour Times", "Car bomb in Mosul", text, date(2022, 1, 19), external_id="a1")
        pipeline.process(store(document).article_id)
    assert "changed_article" in why()
    assert Incident.objects.get().killed_low == 20


@pytest.mark.parametrize(
    "differs",
    [
        {"type": "attack"},
        {"date": None},
        {"place": None},
    ],
)
def test_two_readings_that_differ_wait(model: ModelServer, differs: dict[str, Any]) -> None:
    same = {"date": {"earliest": "2022-01-18", "latest": "2022-01-18", "quote": "on Tuesday"}, "place": {"quote": "Mosul"}}
    model.say({"events": [event(**(same | differs))]})
    assert "model_disagreement" in read(CAR_BOMB, title="Car bomb in Mosul")
    assert Incident.objects.visible().count() == 1, "they differ about one happening"
