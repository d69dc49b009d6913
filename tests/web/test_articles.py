"""The list of articles: where each comes from, how far it has got, and why one failed."""

from datetime import date

import pytest
from django.test import Client

from sources.models import Article
from tests.factories import make_article, make_event, make_incident, make_source
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db


def test_it_works(client: Client) -> None:
    older = make_article(title="Fire at the mill", source=make_source("Hill Post"), published_on=date(2022, 1, 3))
    make_event(older)
    make_article(title="Bridge blown up", published_on=date(2022, 1, 5))
    response = client.get("/articles/")
    assert response.status_code == 200
    page = text_of(response)
    assert "2 articles" in page
    assert page.index("Bridge blown up") < page.index("Fire at the mill")
    assert "3 Jan 2022 Hill Post Fire at the mill 1 events done" in page


def test_a_failed_one_shows_its_reason(client: Client) -> None:
    make_article(title="Torn", state=Article.State.FAILED, error="The page answered 404.")
    assert "Torn failed The page answered 404." in text_of(client.get("/articles/"))


def test_one_without_an_incident_is_told_apart(client: Client) -> None:
    make_article(title="Council met", relevant=False)
    assert "Council met 0 events done reports no incident" in text_of(client.get("/articles/"))


@pytest.mark.parametrize(
    ("query", "shown"), [("state=failed", "Torn"), ("q=whole", "A whole one"), ("source=SECOND", "Other paper")]
)
def test_it_can_be_narrowed(client: Client, query: str, shown: str) -> None:
    make_article(title="Torn", state=Article.State.FAILED)
    make_article(title="A whole one")
    other = make_article(title="Other paper", source=make_source("Second"))
    page = text_of(client.get(f"/articles/?{query.replace('SECOND', str(other.source_id))}"))
    assert "1 article " in page
    assert shown in page


@pytest.mark.parametrize("query", ["state=nonsense", "source=x", f"source={'9' * 40}", "page=0", "page=x", "page=99", "source=²"])
def test_nonsense_narrows_nothing(client: Client, query: str) -> None:
    make_article(title="Still here")
    response = client.get(f"/articles/?{query}")
    assert response.status_code == 200
    assert "Still here" in text_of(response)


def test_a_zero_byte_in_the_words_is_no_mistake_of_ours(client: Client) -> None:
    assert client.get("/articles/?q=a%00b").status_code == 200


def test_pages_keep_what_was_chosen(client: Client) -> None:
    for number in range(51):
        make_article(title=f"Item {number}")
    response = client.get("/articles/?state=done&q=Item")
    assert "page 1 of 2" in text_of(response)
    assert "?state=done&amp;q=Item&amp;page=2" in response.content.decode()
    assert "page 2 of 2" in text_of(client.get("/articles/?state=done&q=Item&page=2"))


def test_hostile_titles_are_text(client: Client) -> None:
    make_article(title="<script>alert(1)</script>", source=make_source("<b>x</b>"))
    body = client.get("/articles/?q=<script>").content.decode()
    assert "<script>alert(1)" not in body
    assert "<b>x</b>" not in body


def test_what_is_not_understood_is_named_and_what_is_wrong_is_said_beside_its_field(client: Client) -> None:
    article = make_article(title="Still here")
    page = text_of(client.get("/articles/?stat=failed&state=lost&source=77"))
    assert "Not understood and passed over: “stat” (did you mean “state”?)." in page
    assert "There is no state “lost”. Not applied." in page
    assert "There is no source “77”. Not applied." in page
    assert "Still here" in page
    for address in ("/sources/", article.get_absolute_url(), make_incident().get_absolute_url()):
        assert "Not understood and passed over: “nonsense”." in text_of(client.get(f"{address}?nonsense=1"))


def test_a_thousand_unknown_parameters_are_not_all_named(client: Client) -> None:
    page = text_of(client.get("/sources/?" + "&".join(f"x{number}=1" for number in range(900))))
    assert "“x7”, 892 more." in page
