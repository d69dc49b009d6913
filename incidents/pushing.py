"""Articles that clients push: stored once whatever comes twice, and queued for the workers."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from incidents import changes, tasks
from incidents.models import Push
from sources.incoming import IncomingDocument
from sources.ingest import Outcome, store
from sources.models import Article, Source

REMEMBERED = timedelta(days=7)


class KeyReused(Exception):
    """The idempotency key was given with another body before."""


class SourceIsFetched(Exception):
    """The desk fetches this source itself: what it says is not for a client to replace."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of a push, and whether this is the answer to an earlier one."""

    article_id: int
    outcome: Outcome
    again: bool = False


@transaction.atomic
def push(document: IncomingDocument, *, user: User, key: str, body: Mapping[str, Any]) -> Pushed:
    """Store the document as its source's and queue it. With a key, the same push again returns what became of the first.

    Two with one key wait for each other. Raises KeyReused and SourceIsFetched.
    """
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    if key:
        changes.hold(int.from_bytes(hashlib.sha256(f"{user.pk}:{key}".encode()).digest()[:8], signed=True))
        Push.objects.filter(at__lt=timezone.now() - REMEMBERED).delete()
        if known := Push.objects.filter(user=user, key=key).first():
            if known.digest != digest:
                raise KeyReused
            return Pushed(known.article_id, known.outcome, again=True)  # type: ignore[arg-type]  # as it was stored
    source, _made = Source.objects.get_or_create(name=document.source, defaults={"kind": Source.Kind.API})
    if source.kind in (Source.Kind.FEED, Source.Kind.SITE):
        raise SourceIsFetched
    stored = store(document)
    if stored.outcome != "known":
        tasks.enqueue(stored.article_id, Article.State.STORED)
    if key:
        Push.objects.create(user=user, key=key, digest=digest, article_id=stored.article_id, outcome=stored.outcome)
    return Pushed(stored.article_id, stored.outcome)
