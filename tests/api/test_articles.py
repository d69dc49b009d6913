"""/api/v1/articles/: the client's own id, the incidents it reports with the main one first, text for those who may see it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from sources.models import Article
from tests.api.conftest import Get
from tests.factories import make_article, make_event, make_incident, span_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article("Quiet so far. Gunmen killed two men. Later it rained.", external_id="wire-77")


def test_it_works(get: Get, article: Article) -> None:
    first, second = make_incident(), make_incident(type="arrest")
    make_event(article, incident=second, ordinal=1, evidence=[])
    make_event(article, incident=first, ordinal=0, evidence=[span_of(article, "killed two men")])
    make_event(article, incident=first, ordinal=2, evidence=[])
    (row,) = get("articles/")["results"]
    assert row["external_id"] == "wire-77"
    assert [incident["id"] for incident in row["incidents"]] == [first.pk, second.pk]
    assert row["excerpts"] == ["Gunmen killed two men."]
    assert row["text"] is None
    assert get(f"articles/{article.pk}/")["id"] == article.pk


def test_found_by_its_own_id(get: Get, article: Article) -> None:
    make_article()
    assert [row["id"] for row in get("articles/?external_id=wire-77")["results"]] == [article.pk]
    assert get("articles/?external_id=none")["results"] == []
    assert "Null" in get("articles/?external_id=%00", status=400)["errors"]["external_id"][0]


def test_filter_chooses_by_what_is_reported(get: Get, article: Article) -> None:
    make_event(article, incident=make_incident(type="arrest"))
    make_event(incident=make_incident(type="bombing"))
    assert [row["id"] for row in get("articles/?type=arrest")["results"]] == [article.pk]
    assert len(get("articles/")["results"]) == 2


@pytest.mark.parametrize(("who", "sees"), [("reader", False), ("editor", True), ("administrator", True)])
def test_text_is_for_those_who_may_see_it(
    client: Client, article: Article, who: str, sees: bool, request: pytest.FixtureRequest
) -> None:
    user: User = request.getfixturevalue(who)
    client.force_login(user)
    response = client.get(f"/api/v1/articles/{article.pk}/")
    assert response.json()["text"] == (article.text if sees else None)
    assert "private" in response["Cache-Control"]


def test_gone_incidents_are_not_listed(get: Get, article: Article) -> None:
    make_event(article, incident=make_incident(deleted_at=timezone.now()))
    assert get("articles/")["results"][0]["incidents"] == []
