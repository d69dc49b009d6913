"""Erasing for good, by an administrator alone: what nothing else of the desk does. A tombstone says what went, when and why."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents import changes, corrections
from incidents.deriving import Author, derive_incidents
from incidents.models import (
    Action,
    Change,
    Count,
    Event,
    Incident,
    MatchProposal,
    ModelUse,
    Override,
    Participation,
    ReviewItem,
    Revision,
    Tombstone,
    Verdict,
)
from incidents.verdicts import parts_of
from sources.models import Article, FormerText

ERASED = "erased"


@transaction.atomic
def purge_article(*, article: Article, user: User, reason: str) -> Tombstone:
    """Erase an article: its texts, what was read from it, and its words wherever people quoted them.

    Its source's id, address and digest stay, so that it is not taken in again. The incidents it told of follow what is left.
    """
    stone = _tombstone(Tombstone.Kind.ARTICLE, article.pk, user, reason)
    row = Article.objects.select_for_update().get(pk=article.pk)
    told = set(row.events.exclude(incident=None).values_list("incident_id", flat=True))
    _forget_actions(events=list(row.events.values_list("pk", flat=True)))
    row.events.all().delete()
    FormerText.objects.filter(article=row).delete()
    ModelUse.objects.filter(article=row).delete()
    ReviewItem.objects.filter(article=row).delete()
    for override in Override.objects.filter(evidence__contains=[{"article": row.pk}]):
        override.evidence = [one for one in override.evidence if one.get("article") != row.pk]
        override.save(update_fields=["evidence"])
    row.title = row.text = row.error = ""
    row.toponyms, row.relevant, row.state = [], None, Article.State.DONE
    row.claimed_at, row.purged_at = None, stone.at
    row.save()
    Article.objects.filter(pk=row.pk).update(bands=[])
    derive_incidents([number for number in told if number is not None], by=Author(user, stone.reason))
    return stone


@transaction.atomic
def purge_incident(*, incident: Incident, user: User, reason: str) -> Tombstone:
    """Erase an incident and all that was merged into it: fields, corrections, history. Its number answers 410 for ever.

    Where its reports stood in their articles is kept, without what was read from them, so that no reading makes it anew.
    """
    stone = _tombstone(Tombstone.Kind.INCIDENT, incident.pk, user, reason)
    parts = sorted(parts_of([incident.pk]))
    events = list(Event.objects.filter(incident__in=parts).values_list("pk", flat=True))
    _forget_actions(incidents=parts, events=events)
    for model in (Override, Revision, MatchProposal, ReviewItem):
        model._default_manager.filter(incident__in=parts).delete()
    Verdict.objects.filter(one__in=parts).delete()
    Verdict.objects.filter(other__in=parts).delete()
    Change.objects.filter(incident__in=parts).update(state=None)
    _empty_events(events)
    for number in parts:
        _empty(number, user, stone)
    derive_incidents(parts, by=Author(user, stone.reason))
    return stone


def _tombstone(kind: str, number: int, user: User, reason: str) -> Tombstone:
    """Write the tombstone, under the locks of all writers; refuses what is erased already, and an erasing without a reason."""
    reason = corrections.checked_reason(reason)
    if not reason:
        raise ValidationError(_("Say why it is erased."), code="reason")
    changes.hold(changes.MATCHING)
    changes.hold(changes.LOCK)
    if Tombstone.objects.filter(kind=kind, number=number).exists():
        raise ValidationError(_("This was erased already."), code="purged")
    return Tombstone.objects.create(kind=kind, number=number, user=user, reason=reason)


def _forget_actions(*, events: list[int], incidents: list[int] | None = None) -> None:
    """Drop what actions wrote down of the rows that go; an action that touched the incident cannot be undone any more."""
    if incidents:
        Action.objects.filter(incidents__overlap=incidents).update(rows=[])
    for pk in events:
        for action in Action.objects.filter(rows__contains=[{"model": "event", "pk": pk}]):
            action.rows = [row for row in action.rows if (row["model"], row["pk"]) != ("event", pk)]
            action.save(update_fields=["rows"])


def _empty_events(events: list[int]) -> None:
    Count.objects.filter(event__in=events).delete()
    Participation.objects.filter(event__in=events).delete()
    MatchProposal.objects.filter(event__in=events).delete()
    now = timezone.now()
    Event.objects.filter(pk__in=events).update(
        incident=None, rejected_at=now, touched_at=now, place=None, place_read=None, weapons=[], totals={}, names=[]
    )


def _empty(number: int, user: User, stone: Tombstone) -> None:
    row = Incident.objects.defer("search").get(pk=number)
    kept = {"id", "type", "family", "merged_into_id", "version", "created_at", "changed_at", "search", "day"}
    blank = Incident(type="other", family="other")
    for column in Incident._meta.concrete_fields:
        if column.attname not in kept:
            setattr(row, column.attname, getattr(blank, column.attname))
    row.type = row.family = "other"
    row.purged_at = row.deleted_at = stone.at
    row.deleted_reason, row.deleted_by = ERASED, user
    row.save()
    Incident.objects.filter(pk=number).update(search=None)
