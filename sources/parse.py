"""Feeds: bytes in, entries out. RSS and Atom, also somewhat broken ones. Pure."""

import io
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import errors

import feedparser
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sources.dates import written_date
from sources.refusals import Refused
from sources.text import decode, digest, storable, without_markup

FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
FEED_ROOTS = ("<rss", "<feed", "<rdf:rdf")
FULL_SUMMARY_WORDS = 120  # newsrooms write two or three sentences; what is longer is the article
FULL_CONTENT_WORDS = 60  # in the element meant for the whole text
CUT_OFF = ("…", "...", "[…]", "[...]", "read more", "continue reading")
# Slips that real feeds are full of (a bare "&", "&nbsp;"), which leave every entry readable. Other errors, such as a
# file that ends in the middle, leave entries half there.
FORGIVEN = {errors.codes[slip] for slip in (errors.XML_ERROR_INVALID_TOKEN, errors.XML_ERROR_UNDEFINED_ENTITY)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `text` is the whole article where `full`, else a summary; `id` never is empty."""

    id: str
    url: str
    title: str
    text: str
    full: bool
    published: date | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read: the publisher's name as it gives it, and its entries in its order."""

    title: str
    entries: tuple[Entry, ...]


def looks_like_feed(body: bytes, content_type: str = "") -> bool:
    """Return whether an answer is a feed rather than a page, whatever its server calls it."""
    head = body[:2000].decode("latin-1").lower().replace("\x00", "")
    return content_type in FEED_TYPES or ("<html" not in head and any(root in head for root in FEED_ROOTS))


def parse_feed(data: bytes, name: str, charset: str | None = None) -> Feed:
    """Return the feed's entries.

    Raises Refused where the XML is broken beyond reading, defines entities (the stuff of entity bombs), or holds no entries.
    """
    text = decode(data, name, charset).lstrip("\ufeff \t\r\n")
    _check_markup(text, name)
    body = io.BytesIO(text.encode("utf-8", "replace"))  # never a bare string: feedparser would open it as an address
    read = feedparser.parse(
        body,
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries = tuple(entry for raw in read.entries if (entry := _entry(raw)))
    if not entries:
        raise Refused(name, "no entries in it" if read.version else "not a feed: neither RSS nor Atom")
    return Feed(title=without_markup(read.feed.get("title", "")), entries=entries)


def _check_markup(text: str, name: str) -> None:
    if "<!ENTITY" in text.upper():
        raise Refused(name, "defines XML entities, which the desk does not expand")
    body = text[text.index("?>") + 2 :] if text.startswith("<?xml") and "?>" in text else text  # its encoding no longer holds
    try:
        fromstring(body)
    except DefusedXmlException:
        raise Refused(name, "defines XML entities, which the desk does not expand") from None
    except ParseError as error:
        if error.code not in FORGIVEN:
            raise Refused(name, f"broken XML ({str(error).replace(': ', ', ')})") from None


def _entry(raw: Any) -> Entry | None:
    title = storable(without_markup(raw.get("title", "")))
    summary = storable(without_markup(raw.get("summary", "")))
    contents = [storable(without_markup(part.get("value", ""))) for part in raw.get("content", [])]
    text = max([*contents, summary], key=len)
    url = raw.get("link", "").strip()
    if not (title or text):
        return None
    published, published_at = _published(raw)
    return Entry(
        id=raw.get("id", "").strip() or url or digest(title, text),
        url=url if url.startswith(("http://", "https://")) else "",
        title=title,
        text=text or title,
        full=_is_full(text, in_content=text in contents),
        published=published,
        published_at=published_at,
    )


def _is_full(text: str, *, in_content: bool) -> bool:
    least = FULL_CONTENT_WORDS if in_content else FULL_SUMMARY_WORDS
    return len(text.split()) >= least and not text.lower().endswith(CUT_OFF)


def _published(raw: Any) -> tuple[date | None, datetime | None]:
    """Return the day by the publisher's own zone, which "on Tuesday" in the text refers to, and the moment."""
    for field in ("published", "updated"):
        try:
            return written_date(dict.get(raw, field, ""))  # past feedparser's own mapping of one to the other
        except ValueError:
            continue
    if parsed := raw.get("published_parsed"):
        moment = datetime.fromtimestamp(timegm(parsed), UTC)
        return moment.date(), moment
    return None, None
