"""Words chosen in the article become values: days, numbers, places, types, with the words kept."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from incidents.models import Incident
from tests.factories import make_article, make_event
from tests.review.conftest import TEXT, make_case
from tests.web.pages import text_of


def use(desk: Client, incident: Incident, chosen: str, kind: str, **changed: Any) -> Any:
    article = incident.events.get().article
    start = article.text.find(chosen)
    sent = {"article": article.pk, "start": start, "end": start + len(chosen), "words": chosen, "as": kind} | changed
    return desk.get(f"/review/{incident.pk}/words/", {name: str(value) for name, value in sent.items()})


def test_a_day_is_counted_from_the_day_of_publication(desk: Client, incident: Incident) -> None:
    answer = use(desk, incident, "on Thursday", "date").json()
    assert answer["field"] == "date"
    assert answer["values"] == {"earliest": "2022-01-20", "latest": "2022-01-20", "precision": "day"}
    start = TEXT.index("on Thursday")
    span = [start, start + len("on Thursday")]
    assert answer["evidence"] == {"article": incident.events.get().article_id, "span": span, "quote": "on Thursday"}


def test_a_number_knows_its_outcome(desk: Client, incident: Incident) -> None:
    answer = use(desk, incident, "nine dead", "count").json()
    assert (answer["field"], answer["values"]["best"]) == ("killed", 9)


def test_a_vague_number_is_a_range(desk: Client, db: None) -> None:
    row = make_case("Gunmen shot five people dead. A hospital spoke of nine dead and dozens wounded.")
    answer = use(desk, row, "dozens wounded", "count").json()
    assert answer["field"] == "wounded"
    assert answer["values"]["best"] is None
    assert answer["values"]["low"]


def test_a_place_brings_its_candidates(desk: Client, incident: Incident) -> None:
    answer = use(desk, incident, "Hasakah", "place").json()
    assert answer["candidates"][0]["country"] == "SY"
    assert answer["values"]["candidate"] == answer["candidates"][0]["id"]
    assert answer["values"]["precision"] == "settlement"


def test_an_act_is_a_type(desk: Client, incident: Incident) -> None:
    assert use(desk, incident, "shot", "type").json() == use(desk, incident, "Gunmen shot", "type").json() | {
        "evidence": use(desk, incident, "shot", "type").json()["evidence"]
    }
    assert use(desk, incident, "shot", "type").json()["values"] == {"type": "shooting"}


@pytest.mark.parametrize(
    ("words", "kind", "says"),
    [
        ("police said", "date", "No day can be read in “police said”"),
        ("police said", "count", "No number can be read"),
        ("the ford", "type", "no type of event"),
        ("Hasakah", "colour", "Words can be used as: type, date"),
    ],
)
def test_words_that_say_no_such_thing_are_explained(desk: Client, incident: Incident, words: str, kind: str, says: str) -> None:
    response = use(desk, incident, words, kind)
    assert response.status_code == 422
    assert says in response.json()["error"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"start": 5000, "end": 5003}, "lie outside the text"),
        ({"start": 9, "end": 3}, "lie outside the text"),
        ({"words": "other words"}, "was changed while you had it open"),
        ({"article": "x"}, "“article” must be a number, not “x”"),
        ({"start": "-1"}, "“start” must be a number"),
        ({"end": "99999999999999"}, "“end” must be a number"),
        ({"article": 424242}, "reports the incident no longer"),
    ],
)
def test_bad_spans_are_explained(desk: Client, incident: Incident, changed: dict[str, Any], says: str) -> None:
    response = use(desk, incident, "Hasakah", "place", **changed)
    assert response.status_code == 422
    assert says in response.json()["error"]


def test_the_article_of_another_incident_is_none_of_it(desk: Client, incident: Incident) -> None:
    other = make_event(make_article("Something else."))
    assert use(desk, incident, "Hasakah", "place", article=other.article_id).status_code == 422


def test_the_title_is_read_too(desk: Client, incident: Incident) -> None:
    article = incident.events.get().article
    article.title = "Attack on 19 January 2022 at the ford"
    article.save()
    words = "19 January 2022"
    sent = {"in": "title", "start": article.title.index(words), "end": article.title.index(words) + len(words)}
    answer = use(desk, incident, words, "date", **sent).json()
    assert answer["values"]["earliest"] == "2022-01-19"
    assert answer["evidence"]["in"] == "title"


def test_places_are_suggested_as_one_types(desk: Client, db: None) -> None:
    found = desk.get("/places/?q=hasaka").json()["places"]
    assert found[0]["country"] == "SY"
    assert {"id", "name", "population", "lat", "lon", "around"} <= found[0].keys()
    assert desk.get("/places/?q=%00").json() == {"places": []}


def test_words_that_the_source_changed_meanwhile_show_nothing(desk: Client, incident: Incident) -> None:
    answer = use(desk, incident, "nine dead", "count").json()
    article = incident.events.get().article
    article.text = article.text.replace("nine dead", "nine hurt")
    article.save()
    sent = {"low": "9", "best": "9", "high": "9", "means": "numbers", "evidence": json.dumps(answer["evidence"])}
    seen = re.search(
        r'/set/killed/.*?name="seen" value="([^"]*)"', desk.get(f"/review/{incident.pk}/").content.decode(), re.DOTALL
    )
    assert seen
    response = desk.post(f"/review/{incident.pk}/set/killed/", sent | {"seen": html.unescape(seen[1])})
    assert response.status_code == 422
    assert "it no longer says “nine dead” there. Select the words again." in text_of(response)
    assert 'name="best" value="9"' in response.content.decode()
    assert not incident.overrides.exists()
