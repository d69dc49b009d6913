"""Feeds are asked again and again, gently: only for what changed, and rarer when they fail."""

from datetime import datetime, timedelta

from django.utils import timezone

from sources.documents import feed_documents
from sources.fetch import Fetched, fetch
from sources.incoming import Given, IncomingDocument
from sources.ingest import store
from sources.models import Source
from sources.refusals import Refused

LONGEST_WAIT = timedelta(days=1)
MAX_DOUBLINGS = 7


def claim_due(now: datetime | None = None) -> list[int]:
    """Return the ids of the feeds whose time has come, each to one caller: the conditional update moves its next time on."""
    now = now or timezone.now()
    claimed = []
    for source in Source.objects.due():
        mine = Source.objects.filter(pk=source.pk, next_poll_at=source.next_poll_at)
        if mine.update(next_poll_at=now + source.poll_every):
            claimed.append(source.pk)
    return claimed


def poll(source_id: int) -> list[int]:
    """Ask one feed; store what is new in it and return the ids of the articles that are new or changed."""
    source = Source.objects.get(pk=source_id)
    try:
        fetched = fetch(source.url, etag=source.etag, last_modified=source.last_modified)
        articles = [] if fetched.not_modified else _stored(fetched, source)
    except Refused as refused:
        _note_failure(source, refused)
        return []
    _note_success(source, fetched)
    return articles


def _stored(fetched: Fetched, source: Source) -> list[int]:
    found = feed_documents(fetched.body, source.url, Given(source=source.name), charset=fetched.charset)
    stored = [store(document) for document in found if isinstance(document, IncomingDocument)]
    return [one.article_id for one in stored if one.outcome != "known"]


def _note_failure(source: Source, refused: Refused) -> None:
    failures = source.failures + 1
    wait = min(source.poll_every * 2 ** min(failures, MAX_DOUBLINGS), max(LONGEST_WAIT, source.poll_every))
    now = timezone.now()
    Source.objects.filter(pk=source.pk).update(
        failures=failures, last_error=refused.reason[:500], last_polled_at=now, next_poll_at=now + wait
    )


def _note_success(source: Source, fetched: Fetched) -> None:
    """Keep the feed's validators, once all its entries are stored: what a 304 later skips must be here."""
    now = timezone.now()
    values = {"failures": 0, "last_error": "", "last_polled_at": now, "next_poll_at": now + source.poll_every}
    if not fetched.not_modified:
        values |= {"etag": fetched.etag, "last_modified": fetched.last_modified}
    Source.objects.filter(pk=source.pk).update(**values)
