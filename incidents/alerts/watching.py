"""Follow the change log for each watched search: which incidents entered, changed materially inside, or left.

What a search holds is kept with the version that was told, so nothing is told twice and nothing is lost: the cursor, what is held
and the notices move in one transaction.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from incidents.alerts.messages import body
from incidents.extraction.values import OUTCOMES
from incidents.feeds.entries import summary
from incidents.filters import IncidentFilter
from incidents.models import Change, Delivery, Held, Incident, Notice, Revision, SavedSearch
from incidents.pages.changed import in_few_words, last_number

# What is worth telling. A headline's wording, one more article saying the same, and review are not.
MATERIAL = frozenset({"type", "stage", "background", "date", "place", "actors", *OUTCOMES})
STEP = 2000  # entries of the change log in one transaction
MOST_HELD = 200_000  # incidents: a wider search is a copy of the desk, for which there is the change log


class TooWide(Exception):
    """The search holds more incidents than can be watched."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What happened to one incident under a search."""

    incident: Incident
    kind: str
    words: str


def asked_of(search: SavedSearch) -> IncidentFilter:
    return IncidentFilter(QueryDict(search.query))


@transaction.atomic
def start(search: SavedSearch) -> None:
    """Watch a search from now on: what is inside already is known and not told. Raises TooWide."""
    # The number first: what changes while the rows are copied is looked at again, and found told.
    search.cursor = last_number()
    inside = asked_of(search).narrow(Incident.objects.visible())
    if inside.count() > MOST_HELD:
        raise TooWide
    Held.objects.filter(search=search).delete()
    sql, params = inside.values_list("pk", "version").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Held._meta.db_table} (search_id, incident_id, version) SELECT %s, inside.* FROM ({sql}) AS inside",  # noqa: S608
            [search.pk, *params],
        )
    search.watched = True
    search.save(update_fields=["watched", "cursor"])


@transaction.atomic
def stop(search: SavedSearch) -> None:
    """Watch it no more; what it was told stays."""
    Held.objects.filter(search=search).delete()
    search.watched = False
    search.save(update_fields=["watched"])


def due() -> list[int]:
    """Return the watched searches that the change log has news for."""
    newest = last_number()
    return list(SavedSearch.objects.filter(watched=True).exclude(cursor=newest).order_by("cursor").values_list("pk", flat=True))


def advance(search_id: int) -> bool:
    """Tell a search what happened up to STEP entries further on; return whether it moved. May run twice, or at the same time."""
    with transaction.atomic():
        # Another worker is at it where the row is locked.
        search = SavedSearch.objects.select_for_update(skip_locked=True).filter(pk=search_id, watched=True).first()
        newest = last_number()
        if search is None or search.cursor == newest:
            return False
        until = min(newest, search.cursor + STEP)  # a restored database may lie behind the cursor: start again from there
        entries = Change.objects.filter(number__gt=search.cursor, number__lte=until)
        _tell(search, _seen(search, set(entries.values_list("incident_id", flat=True))))
        search.cursor = until
        search.save(update_fields=["cursor"])
        return True


def _seen(search: SavedSearch, touched: set[int]) -> list[Seen]:
    incidents = Incident.objects.defer("search").select_related("merged_into").in_bulk(touched)
    inside = set(asked_of(search).narrow(Incident.objects.visible()).filter(pk__in=touched).values_list("pk", flat=True))
    held = dict(Held.objects.filter(search=search, incident__in=touched).values_list("incident_id", "version"))
    entered = [Seen(incidents[pk], Notice.Kind.ENTERED, summary(incidents[pk])) for pk in sorted(inside - held.keys())]
    stayed = {pk: held[pk] for pk in inside & held.keys() if incidents[pk].version > held[pk]}
    left = sorted(held.keys() - inside)
    words = _changes({pk: held[pk] for pk in [*stayed, *left]})
    changed = [Seen(incidents[pk], Notice.Kind.CHANGED, words[pk]) for pk in sorted(stayed) if words.get(pk)]
    gone = [Seen(incidents[pk], Notice.Kind.LEFT, _why(incidents[pk], words.get(pk, ""))) for pk in left if pk in incidents]
    return [*entered, *changed, *gone]


def _why(incident: Incident, words: str) -> str:
    if incident.merged_into is not None:
        return _("merged into %(number)s %(headline)s") % {
            "number": incident.merged_into.number,
            "headline": incident.merged_into.headline,
        }
    if incident.deleted_at is not None:
        return _("deleted: %s") % incident.deleted_reason if incident.deleted_reason else _("deleted")
    return _("no longer fits: %s") % words if words else _("no longer fits")


def _changes(told: Mapping[int, int]) -> dict[int, str]:
    """Return the material changes of each incident since the version told, in words; none for what came back to what it was."""
    if not told:
        return {}
    found = Revision.objects.filter(incident__in=told, change__number__gt=min(told.values()), field__in=MATERIAL)
    by_incident: dict[int, list[Revision]] = defaultdict(list)
    for revision in found.order_by("id"):
        if revision.change_id and revision.change_id > told[revision.incident_id]:
            by_incident[revision.incident_id].append(revision)
    return {pk: words for pk, revisions in by_incident.items() if (words := in_few_words(_net(revisions), most=8)[:1000])}


def _net(revisions: Iterable[Revision]) -> list[Revision]:
    """Return the revisions of the fields that are not again what they were."""
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    kept = list(revisions)
    for revision in kept:
        first.setdefault(revision.field, json.dumps(revision.before, sort_keys=True))
        last[revision.field] = json.dumps(revision.after, sort_keys=True)
    return [revision for revision in kept if first[revision.field] != last[revision.field]]


def _tell(search: SavedSearch, seen: list[Seen]) -> None:
    notices = [
        Notice(
            search=search, incident=one.incident, kind=one.kind, version=one.incident.version, headline=one.incident.headline,
            words=one.words[:1000],
        )
        for one in seen
    ]  # fmt: skip
    Notice.objects.bulk_create(notices, ignore_conflicts=False)
    gone = [one.incident.pk for one in seen if one.kind == Notice.Kind.LEFT]
    Held.objects.filter(search=search, incident__in=gone).delete()
    Held.objects.bulk_create(
        [
            Held(search=search, incident=one.incident, version=one.incident.version)
            for one in seen
            if one.kind != Notice.Kind.LEFT
        ],
        update_conflicts=True,
        update_fields=["version"],
        unique_fields=["search", "incident"],
    )
    webhooks = list(search.webhooks.all())
    Delivery.objects.bulk_create(Delivery(webhook=hook, body=body(search, notice)) for notice in notices for hook in webhooks)
