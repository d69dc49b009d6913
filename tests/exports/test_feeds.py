"""Feeds of a filter: what RFC 4287 and JSON Feed 1.1 ask for, stable ids, right times, nothing sent twice."""

from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from incidents.models import Change, Incident
from tests.exports.conftest import HOSTILE
from tests.exports.test_formats import Three
from tests.factories import make_incident

ATOM = "{http://www.w3.org/2005/Atom}"
WHEN = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def _rules_of_rfc_4287(document: bytes) -> Any:
    """Check what the RFC demands of every feed; return the root."""
    root = etree.fromstring(document, etree.XMLParser(resolve_entities=False))
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name  # sections 4.1.1 and 4.1.2
        assert element.findtext(f"{ATOM}id").startswith(("http", "tag:"))  # an IRI: 4.2.6
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo  # RFC 3339: 3.3
        relations = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
        assert len(set(relations)) == len(relations)  # no two alternates of one type
        assert any(rel == "alternate" for rel, _type in relations)
    assert root.findtext(f"{ATOM}author/{ATOM}name")  # or every entry would need one
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")].count("self") == 1
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return root


def test_atom(three: Three, client: Client) -> None:
    Incident.objects.filter(pk=three[0].pk).update(changed_at=WHEN)
    response = client.get("/feed.atom?country=SY")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = _rules_of_rfc_4287(response.content)
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    assert [entry.link for entry in parsed.entries][-1] == f"http://testserver/incidents/{three[0].pk}/"  # changed longest ago
    assert parsed.entries[-1].updated == WHEN.isoformat()
    assert parsed.entries[-1].id == f"tag:testserver,2022:incidents/{three[0].pk}"
    titles = [element.text for element in root.iter(f"{ATOM}title")]
    assert any(title.startswith(HOSTILE) for title in titles)
    assert root.findtext(f"{ATOM}entry/{{http://www.georss.org/georss}}point") is None or root.find(f"{ATOM}entry") is not None


def test_json_feed(three: Three, client: Client) -> None:
    Incident.objects.filter(pk=three[0].pk).update(changed_at=WHEN)
    response = client.get("/feed.json?type=shooting")
    assert response["Content-Type"] == "application/feed+json"
    feed = response.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["home_page_url"]) == ("Incident Desk: Shootings", "http://testserver/?type=shooting")
    assert feed["feed_url"] == "http://testserver/feed.json?type=shooting"
    item = feed["items"][-1]
    assert (item["title"], item["date_modified"]) == ("Shooting in Hasakah: 5 killed", WHEN.isoformat())
    assert "killed: 5+" in item["content_text"]
    assert all(isinstance(one["id"], str) and "content_text" in one for one in feed["items"])


def test_unchanged_is_not_sent_again(three: Three, client: Client) -> None:
    etag = client.get("/feed.atom")["ETag"]
    assert client.get("/feed.atom", headers={"If-None-Match": etag}).status_code == 304
    assert client.get("/feed.atom?type=arrest", headers={"If-None-Match": etag}).status_code == 200
    Change.objects.create(number=1, incident=three[0], kind=Change.Kind.UPDATED)
    assert client.get("/feed.atom", headers={"If-None-Match": etag}).status_code == 200


def test_a_change_moves_the_entry_up_under_the_same_id(three: Three, client: Client) -> None:
    before = {item["id"]: item["date_modified"] for item in client.get("/feed.json").json()["items"]}
    Incident.objects.filter(pk=three[2].pk).update(changed_at=timezone.now())
    after = client.get("/feed.json").json()["items"]
    assert before.keys() == {item["id"] for item in after}
    assert after[0]["url"].endswith(f"/{three[2].pk}/")
    assert after[0]["date_modified"] > before[after[0]["id"]]


def test_empty_feed_is_valid(db: None, client: Client) -> None:
    assert not feedparser.parse(client.get("/feed.atom?q=nothing").content).bozo
    _rules_of_rfc_4287(client.get("/feed.atom").content)


@pytest.mark.parametrize("query", ["cuontry=SY", "since=x"])
def test_filter_not_understood_is_refused(db: None, client: Client, query: str) -> None:
    for address in ("/feed.atom", "/feed.json"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert query.partition("=")[0] in answer.content.decode()


def test_no_more_than_fifty(db: None, client: Client) -> None:
    for _ in range(52):
        make_incident()
    assert len(client.get("/feed.json").json()["items"]) == 50
