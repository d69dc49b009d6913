"""Documents become rows: each once, whole or not at all."""

from dataclasses import dataclass
from typing import Literal

from django.db import IntegrityError, transaction

from sources.incoming import IncomingDocument
from sources.models import Article, FormerText, Source
from sources.text import digest

Outcome = Literal["new", "changed", "known"]


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a document is kept, and whether this made a difference."""

    article_id: int
    outcome: Outcome


def store(document: IncomingDocument) -> Stored:
    """Store the document, unless its source has it already.

    A document is the same where its source gave it the same id, or the same address, or where title and text are the same.
    A changed text replaces the known one and is read again; a date once known is never overwritten, for feeds change theirs
    at will.
    """
    source = source_named(document.source)
    try:
        with transaction.atomic():
            return _store(document, source)
    except IntegrityError:  # another process stored the same in between, so now it is known
        with transaction.atomic():
            return _store(document, source)


def source_named(name: str) -> Source:
    """Return the source of that name; one that is new is taken for a folder of uploads."""
    return Source.objects.get_or_create(name=name[:200])[0]


def _store(document: IncomingDocument, source: Source) -> Stored:
    mark = digest(document.title, document.text)
    twin = Article.objects.filter(source=source, digest=mark).first()
    known = _known(document, source) or twin
    if known is None:
        return Stored(_create(document, source, mark).pk, "new")
    if known.purged_at is not None:
        return Stored(known.pk, "known")
    changed = document.full and known.digest != mark and twin is None
    dated = known.published_on is None and document.published is not None
    if not (changed or dated):
        return Stored(known.pk, "known")
    if changed:
        if known.text:
            FormerText.objects.create(article=known, title=known.title, text=known.text, digest=known.digest)
        known.title, known.text, known.digest = document.title, document.text, mark
    if dated:
        known.published_on, known.published_at = document.published, document.published_at
    _queue_again(known)
    return Stored(known.pk, "changed")


def _known(document: IncomingDocument, source: Source) -> Article | None:
    ours = Article.objects.select_for_update().filter(source=source)
    if document.external_id and (known := ours.filter(external_id=document.external_id).first()):
        return known
    if not document.url:
        return None
    nameless = ours.filter(url=document.url)
    return (nameless.filter(external_id="") if document.external_id else nameless).first()


def _create(document: IncomingDocument, source: Source, mark: str) -> Article:
    return Article.objects.create(
        source=source,
        external_id=document.external_id,
        url=document.url,
        title=document.title,
        text=document.text,
        published_on=document.published,
        published_at=document.published_at,
        digest=mark,
        state=Article.State.STORED if document.full else Article.State.LISTED,
    )


def _queue_again(article: Article) -> None:
    """Save the article and put it back at the start; who works on the old text loses the claim and keeps nothing."""
    if article.state != Article.State.LISTED:
        article.state = Article.State.STORED
    article.claimed_at, article.attempts, article.error = None, 0, ""
    article.save()
