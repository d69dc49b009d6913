"""The article page: the text with the words every event was read from, and the events beside it."""

import re
from html import unescape

import pytest
from django.test import Client

from sources.models import Article
from tests.factories import make_article, make_count, make_event, make_incident, make_participation, make_place, span_of
from tests.web.pages import tags_of, text_of

pytestmark = pytest.mark.django_db

TEXT = "In the port of Dry Creek, masked men shot dead six dockers on Monday, the union said.\n\nA curfew followed."


def make_read(text: str = TEXT, **values: object) -> Article:
    article = make_article(text, **values)
    place = make_place(id="desk:creek", name="Dry Creek", country="", admin1="")
    read = {"name": "Dry Creek", "precision": "settlement", "place_id": place.pk, **span_of(article, "port of Dry Creek")}
    date = {
        "earliest": "2022-01-17",
        "latest": "2022-01-17",
        "precision": "day",
        "basis": "relative",
        **span_of(article, "Monday"),
    }
    event = make_event(article, place=place, place_read=read, date=date, trigger=span_of(article, "shot dead"), confidence=0.91)
    make_count(event, best=6, who="dockers", claimant="the union", span=span_of(article, "six dockers"),
               claimant_span=span_of(article, "the union"))  # fmt: skip
    make_participation(event, "masked men", span=span_of(article, "masked men"))
    curfew = span_of(article, "curfew")
    make_event(article, type="curfew", place=place, place_read=None, date=None, earliest=None, trigger=curfew)
    return article


def marks_of(body: str) -> list[tuple[str, str]]:
    """Return kind and words of every piece that opens a mark."""
    found = re.findall(r'<span class="sp k-(\w+) opens">([^<]*)<span class="rest">([^<]*)</span>', body)
    return [(kind, unescape(head + rest)) for kind, head, rest in found]


def words_of(body: str) -> str:
    """Return the text as the page shows it, markup taken out."""
    paragraphs = re.findall(r'<p dir="auto">(.*?)</p>', body.split('id="text"')[1].split("</aside>")[0], re.DOTALL)
    return "\n\n".join(unescape(re.sub(r"<[^>]+>", "", paragraph)).rstrip("\n") for paragraph in paragraphs)


def test_it_works(client: Client) -> None:
    article = make_read()
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    body = response.content.decode()
    assert marks_of(body) == [
        ("place", "port of Dry Creek"), ("actor", "masked men"), ("type", "shot dead"), ("count", "six dockers"),
        ("date", "Monday"), ("claimant", "the union"), ("type", "curfew"),
    ]  # fmt: skip
    page = text_of(response)
    assert "2 events in this article 7 spans" in page
    assert "N Killed 6 dockers, according to the union" in page
    assert "D Date 17 Jan 2022 to the day, counted from the day of publication, “Monday”" in page


def test_the_text_is_shown_whole(client: Client) -> None:
    article = make_read()
    assert words_of(client.get(article.get_absolute_url()).content.decode()) == TEXT


@pytest.mark.parametrize("word", ["E\u0301te\u0301 👩‍👩‍👧", "القامشلي", "ต้นไม้", "𝔘𝔫𝔦"])
def test_spans_are_exact_whatever_the_script(client: Client, word: str) -> None:
    article = make_article(f"🔥🔥 Before {word} three died.")
    event = make_event(article, date=None, place_read={"name": word, "precision": "site", **span_of(article, word)})
    make_count(event, best=3, span=span_of(article, "three"))
    assert marks_of(client.get(article.get_absolute_url()).content.decode()) == [("place", word), ("count", "three")]


def test_words_of_the_title_are_marked(client: Client) -> None:
    article = make_article("Nothing more is known.", title="Nine killed in Ar Raqqah")
    event = make_event(article, date=None, place_read=None)
    make_count(event, best=9, span={"span": [0, 4], "in": "title"})
    body = client.get(article.get_absolute_url()).content.decode()
    assert marks_of(body.split("</h1>")[0]) == [("count", "Nine")]


def test_words_of_two_kinds_carry_both(client: Client) -> None:
    article = make_article("Police killed two.")
    event = make_event(article, date=None, place_read=None, trigger=span_of(article, "Police killed"))
    make_count(event, best=2, span=span_of(article, "killed two"))
    body = client.get(article.get_absolute_url()).content.decode()
    assert '<span class="sp k-count opens"><span class="sp k-type">killed' in body.replace("\n", "") or (
        '<span class="sp k-type"><span class="sp k-count opens">killed' in body
    )
    assert words_of(body) == "Police killed two."


def test_it_marks_the_evidence_of_the_chosen_event(client: Client) -> None:
    article = make_read()
    body = client.get(f"{article.get_absolute_url()}?event=2").content.decode()
    chosen = re.findall(r'<a class="ev-of on"[^>]*aria-label="([^"]*)"', body)
    assert chosen == ["Type, event 2: curfew"]
    assert re.search(r'class="evt on" id="e2"', body)


@pytest.mark.parametrize("asked", ["0", "3", "-1", "x", "9" * 40, "", "1e3", "²"])
def test_an_event_that_is_not_there_leaves_the_first_chosen(client: Client, asked: str) -> None:
    article = make_read()
    response = client.get(article.get_absolute_url(), {"event": asked})
    assert response.status_code == 200
    assert 'class="evt on" id="e1"' in response.content.decode()


def test_what_is_not_stated_is_said_to_be(client: Client) -> None:
    page = text_of(client.get(make_read().get_absolute_url()))
    assert "D Date not stated" in page
    assert "P Place not stated" in page
    assert "A Actors not stated" in page


def test_hostile_text_is_text(client: Client) -> None:
    text = '</b></i><script>alert("x")</script> "six" & \'seven\' <img src=x onerror=alert(1)>'
    article = make_article(text, title="<svg onload=alert(1)>")
    event = make_event(article, date=None, place_read=None, trigger=span_of(article, 'alert("x")'))
    make_count(event, span=span_of(article, "src=x onerror"), claimant='"><script>')
    make_participation(event, '<b onclick="x">', span=span_of(article, "seven"))
    response = client.get(article.get_absolute_url())
    body = response.content.decode()
    assert 'alert("x")</script>' not in body
    assert "<img src=x" not in body
    assert "<svg onload" not in body
    assert "<b onclick" not in body
    assert words_of(body) == text


def test_spans_that_no_longer_fit_do_no_harm(client: Client) -> None:
    article = make_article("Short.")
    event = make_event(article, date={"span": [2, 900]}, place_read={"span": [50, 60]}, trigger={"span": "x"})
    make_count(event, span={"span": [-4, 2]})
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    assert words_of(response.content.decode()) == "Short."


def test_places_named_carry_their_entry(client: Client) -> None:
    article = make_read()
    article.toponyms = [
        {"span": [0, 2], "name": "Dry Creek", "place_id": "desk:creek"},
        {"span": [0, 2], "name": "Dry Creek", "place_id": "desk:creek"},
        {"span": [0, 2], "name": "Nowhere", "place_id": None},
    ]
    article.save()
    page = text_of(client.get(article.get_absolute_url()))
    assert "Dry Creek settlement Nowhere no entry fits" in page


def test_an_article_without_an_incident_says_so(client: Client) -> None:
    response = client.get(make_article("The council met.", relevant=False).get_absolute_url())
    assert "The article was read and reports no incident." in text_of(response)


def test_a_failed_one_says_why(client: Client) -> None:
    article = make_article("x", state=Article.State.FAILED, error="The document has no words.")
    assert "Not read. The document has no words." in text_of(client.get(article.get_absolute_url()))


def test_an_article_without_a_day_says_what_that_means(client: Client) -> None:
    article = make_read(published_on=None)
    page = text_of(client.get(article.get_absolute_url()))
    assert "day of publication not known" in page
    assert "nothing is guessed" in page


def test_it_leads_to_the_main_incident(client: Client) -> None:
    article = make_read()
    incident = make_incident(headline="Shooting in Dry Creek")
    article.events.filter(ordinal=0).update(incident=incident)
    response = client.get(article.get_absolute_url())
    assert {"href": incident.get_absolute_url()} in tags_of(response, "a")


def test_only_addresses_of_the_web_become_links(client: Client) -> None:
    article = make_read(url="javascript:alert(1)")
    hrefs = [link.get("href") or "" for link in tags_of(client.get(article.get_absolute_url()), "a")]
    assert not [href for href in hrefs if href.startswith("javascript:")]


def test_unknown_is_not_found(client: Client) -> None:
    assert client.get("/articles/987654/").status_code == 404
    assert client.get(f"/articles/{10**30}/").status_code == 404
