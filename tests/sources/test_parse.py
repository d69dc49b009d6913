"""Feeds become entries, or are refused with the reason."""

from datetime import UTC, date, datetime

import pytest

from sources.parse import Feed, looks_like_feed, parse_feed
from sources.refusals import Refused
from tests.sources.samples import sample


def feed(name: str) -> Feed:
    return parse_feed(sample(name).read_bytes(), name)


def test_rss() -> None:
    read = feed("rss.xml")
    assert read.title == "Hill & Harbour News"
    first, second = read.entries
    assert (first.id, first.url, first.title) == ("hh-1", "https://hillharbour.example/kidal", "Convoy shot at near Kidal")
    assert first.full
    assert first.text.startswith("Men on motorbikes")
    assert "\n\nIt was the third" in first.text
    assert not second.full
    assert second.published is None


def test_day_is_the_publishers_own() -> None:
    """23:30 in a zone five hours ahead is another day in UTC; "on Tuesday" in the text means the publisher's."""
    first = feed("rss.xml").entries[0]
    assert first.published == date(2023, 4, 4)
    assert first.published_at == datetime(2023, 4, 4, 18, 30, tzinfo=UTC)


def test_feed_without_dates_is_read() -> None:
    (entry,) = feed("atom-undated.xml").entries
    assert entry.published is None
    assert entry.text == "Two soldiers were hurt at a checkpoint."


def test_common_slips_are_forgiven() -> None:
    """Blank lines before the prolog, bare ampersands, HTML entities, an old encoding."""
    (entry,) = feed("ampersands.xml").entries
    assert entry.title.replace("\xa0", " ") == "Café fire & smoke in Brest"
    assert entry.published == date(2023, 1, 2)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("cut-off.xml", "broken XML (no element found"),
        ("entity-bomb.xml", "defines XML entities, which the desk does not expand"),
        ("no-entries.xml", "no entries in it"),
        ("not-a-feed.xml", "not a feed: neither RSS nor Atom"),
        ("empty.txt", "empty"),
    ],
)
def test_refusal_names_the_input_and_the_reason(name: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        feed(name)
    assert str(refused.value).startswith(f"{name}: {reason}")
    assert "\n" not in str(refused.value)


def test_feed_is_told_from_page_whatever_its_server_says() -> None:
    assert looks_like_feed(sample("rss.xml").read_bytes(), "text/plain")
    assert looks_like_feed(b"", "application/atom+xml")
    assert not looks_like_feed(b'<?xml version="1.0"?><html xmlns="x"><body>our <rss> page</body></html>', "text/html")
