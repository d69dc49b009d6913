"""Feeds as Atom (RFC 4287, with GeoRSS points) and JSON Feed (jsonfeed.org, version 1.1)."""

from typing import Any
from xml.etree import ElementTree as ET

from incidents.exports.rows import licence
from incidents.exports.xml_text import allowed
from incidents.feeds.entries import Entry, Feed

ATOM, GEORSS = "http://www.w3.org/2005/Atom", "http://www.georss.org/georss"
ATOM_TYPE, JSON_TYPE = "application/atom+xml; charset=utf-8", "application/feed+json"
AUTHOR = "Incident Desk"

ET.register_namespace("georss", GEORSS)


def atom(feed: Feed) -> bytes:
    """Return the feed as an Atom document."""
    root = ET.Element("feed", xmlns=ATOM)
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated.isoformat())
    _add(_add(root, "author"), "name", AUTHOR)
    _add(root, "link", rel="self", href=feed.own, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=feed.page, type="text/html")
    said = licence()
    if said["url"]:
        _add(root, "link", rel="license", href=said["url"])
    _add(root, "rights", ". ".join(part for part in (said["name"], said["attribution"]) if part))
    for entry in feed.entries:
        _entry(root, entry)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(root: ET.Element, entry: Entry) -> None:
    element = _add(root, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "link", rel="alternate", href=entry.url, type="text/html")
    _add(element, "published", entry.published.isoformat())
    _add(element, "updated", entry.updated.isoformat())
    _add(element, "summary", entry.summary)
    for tag in entry.tags:
        _add(element, "category", term=tag)
    if entry.point:
        _add(element, f"{{{GEORSS}}}point", f"{entry.point[0]} {entry.point[1]}")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, {key: allowed(value) for key, value in attributes.items()})
    element.text = allowed(text) or None
    return element


def json_feed(feed: Feed) -> dict[str, Any]:
    """Return the feed as a JSON Feed document."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.own,
        "authors": [{"name": AUTHOR}],
        "items": [_item(entry) for entry in feed.entries],
        "_export": {"licence": licence(), "updated": feed.updated.isoformat()},
    }


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": list(entry.tags),
        "_point": entry.point and {"lat": entry.point[0], "lon": entry.point[1]},
    }
