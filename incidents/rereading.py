"""What a changed text means for what people pointed at: the words are found again, and somebody is asked to look."""

from typing import Any

from django.db.models import Q

from incidents.models import Count, Event, Override, Participation, ReviewItem
from incidents.recording import BY_HAND
from incidents.relocating import Changed
from sources.models import Article, FormerText

CHANGED = "changed_article"
Json = dict[str, Any]


def follow_text(article: Article) -> bool:
    """Move spans that people's values rest on to where their words stand now; return whether the text changed since it was read.

    Call in the transaction that records the new reading, before it. Words that are gone leave the value without a span.
    """
    if not article.read_digest or article.read_digest == article.digest:
        return False
    former = FormerText.objects.filter(article=article, digest=article.read_digest).first()
    if former is not None:
        change = Changed(former.title, former.text, article.title, article.text)
        for event in article.events.select_for_update().filter(Q(touched_at__isnull=False) | Q(extractor=BY_HAND)):
            _follow(event, change)
        _follow_overrides(article, change)
    # Everything else is read anew: where it stood says nothing any more about which event it is.
    article.events.filter(touched_at=None).exclude(extractor=BY_HAND).update(trigger=None, evidence=[])
    return True


def ask_for_eyes(article: Article) -> None:
    """Put the changed article on the review queue, once for its latest change."""
    words = "The article was changed by its source after it was read."
    values = {"words": words, "state": ReviewItem.State.OPEN}
    ReviewItem.objects.update_or_create(reason=CHANGED, article=article, incident=None, defaults=values)


def _follow(event: Event, change: Changed) -> None:
    event.evidence = [moved for one in event.evidence or [] if (moved := change.moved(one))]
    event.weapons = [moved for one in event.weapons or [] if (moved := change.moved(one))]
    event.trigger = change.moved(event.trigger)
    event.date, event.place_read = _kept(event.date, change), _kept(event.place_read, change)
    event.save(update_fields=["evidence", "weapons", "trigger", "date", "place_read"])
    rows: list[Count | Participation] = [*event.counts.all(), *event.participations.all()]
    for row in rows:
        row.span = change.moved(row.span) or {"span": None}
        row.save(update_fields=["span"])


def _kept(value: Json | None, change: Changed) -> Json | None:
    """Return the value with its span moved; without a span where the words are gone, for the value itself stands."""
    return change.moved(value) or (value and {**value, "span": None})


def _follow_overrides(article: Article, change: Changed) -> None:
    for override in Override.objects.filter(evidence__contains=[{"article": article.pk}]):
        override.evidence = [
            _kept(one, change) if one.get("article") == article.pk else one for one in override.evidence
        ]  # the quotation stays with it
        override.save(update_fields=["evidence"])
