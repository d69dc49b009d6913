"""An incident's fields: a function of its events, with people's values on top.

The function itself is pure (incidents/consensus.py, incidents/tolls.py, incidents/headlines.py); here it meets the rows. Every
changed field leaves a revision, every visible change an entry in the change log.
"""

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from geo import country_names
from geo.cells import cell_of
from geo.models import Place
from incidents import changes, consensus, headlines, queue, searching, tolls
from incidents.changes import Entry
from incidents.consensus import When, Where, clock_of, drawable
from incidents.extraction.values import FAMILY_OF, OUTCOMES
from incidents.left_standing import before_corrections
from incidents.models import Action, Change, Incident, MatchProposal, Override, Revision
from incidents.reports import Reported, iso_day, reported

Kind = Change.Kind
NO_REPORT_LEFT = "no report of it is left"
LOW_CONFIDENCE = 0.4
NOT_IN_HISTORY = ("headline", "review")  # they follow from other fields
NOTHING_SPLIT: Mapping[int, int] = {}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, why, and by which action; without a user it is the machine."""

    user: User | None = None
    why: str = ""
    action: Action | None = None


MACHINE = Author()


@dataclass(frozen=True, slots=True)
class News:
    """An incident that is no longer what the log told `last`: what it was, what it is, and the entry that says so."""

    entry: Entry
    last: Change | None
    before: Json
    after: Json


@transaction.atomic
def derive_incidents(
    ids: Collection[int], *, by: Author = MACHINE, split_from: Mapping[int, int] = NOTHING_SPLIT
) -> list[Change]:
    """Compute these incidents anew and save what differs; return the entries this made in the change log.

    `split_from` names, for incidents that were just split off, the ones they were part of. The log's lock comes before any row's,
    for every writer, so that writers never wait for each other in a ring.
    """
    changes.hold(changes.LOCK)
    incidents = list(Incident.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    told = Change.objects.in_bulk([incident.version for incident in incidents])
    standing = [incident for incident in incidents if incident.merged_into_id is None]
    events = reported([incident.pk for incident in standing])
    overrides = _overrides(standing)
    pending: list[News] = []
    for incident in incidents:
        before, held = visible(incident), given(incident)
        if incident.merged_into_id is None:
            _derive(incident, events.get(incident.pk, []), overrides.get(incident.pk, {}))
        if news := _news(incident, before, held, told.get(incident.version), split_from.get(incident.pk)):
            pending.append(news)
    entries = changes.log((news.entry for news in pending), by.action, saving={incident.pk for incident in standing})
    for incident in standing:
        searching.save(incident, events.get(incident.pk, []))
    Revision.objects.bulk_create(
        revision
        for change, news in zip(entries, pending, strict=True)
        for revision in _revisions(change, news, by, events.get(change.incident_id, []))
    )
    queue.refresh(incidents, events, overrides)
    return entries


def fill(incident: Incident) -> None:
    """Save a new incident's fields without telling anyone yet: derive_incidents, later in the transaction, logs its creation."""
    events = reported([incident.pk]).get(incident.pk, [])
    _derive(incident, events, {})
    searching.save(incident, events)


def preview(incident: Incident, events: list[Reported]) -> Json:
    """Return what a reader would see of the incident (which may be unsaved) if these were its events; nothing is written."""
    row = copy(incident)
    overrides = _overrides([row]).get(row.pk, {}) if row.pk else {}
    if events or overrides:
        _compute(row, events, overrides)
    return visible(row)


def machine_view(incident: Incident) -> Incident:
    """Return an unsaved copy of the incident as the machine alone reads it, without anybody's override."""
    row = copy(incident)
    if events := reported([incident.pk]).get(incident.pk, []):
        _compute(row, events, {})
    return row


def _overrides(incidents: Iterable[Incident]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for override in Override.objects.filter(incident__in=list(incidents), taken_back_at=None):
        found.setdefault(override.incident_id, {})[override.field] = override.value
    return found


def _news(incident: Incident, before: Json, held: Json, last: Change | None, split_from: int | None) -> News | None:
    """Return what is to be told of the incident after `last`; None for nothing. What was never seen and is gone is no news."""
    after, gives, known = visible(incident), given(incident), bool(incident.version)
    whole = {field: value for field, value in gives.items() if value is not None}
    gone = Kind.MERGED if incident.merged_into_id else Kind.DELETED if incident.deleted_at else ""
    stood = known and (last is None or last.kind not in (Kind.MERGED, Kind.DELETED))
    if gone and (stood or (known and last and (last.kind, last.into) != (gone, incident.merged_into_id))):
        return News(Entry(incident, gone, incident.merged_into_id), last, before, before)
    if gone:
        return None
    if not known:
        return News(Entry(incident, Kind.SPLIT if split_from else Kind.CREATED, split_from, whole), last, {}, after)
    if not stood:
        return News(Entry(incident, Kind.RESTORED, None, whole), last, before, after)
    changed = {field: value for field, value in gives.items() if value != held[field]}
    return News(Entry(incident, Kind.UPDATED, None, changed), last, before, after) if changed else None


def given(incident: Incident) -> Json:
    """Return all that a list gives of the incident: what a reader sees, and what makes no revision of its own.

    Whenever this differs there is an entry in the change log: a client that follows it holds what the server holds.
    """
    return visible(incident) | {"confidence": incident.confidence, "named": incident.actors}


def visible(incident: Incident) -> Json:
    """Return what a reader sees of the incident, field by field, as plain JSON values."""
    totals = {outcome: incident.totals.get(outcome) for outcome in OUTCOMES}
    return {
        "headline": incident.headline,
        "type": incident.type,
        "stage": incident.stage,
        "background": incident.background,
        "date": {
            "earliest": incident.earliest and incident.earliest.isoformat(),
            "latest": incident.latest and incident.latest.isoformat(),
            "precision": incident.date_precision,
            "basis": incident.date_basis,
            "time": incident.time_of_day and incident.time_of_day.isoformat("minutes"),
        },
        "place": {
            "place_id": incident.place_id,
            "name": incident.place_name,
            "precision": incident.place_precision,
            "country": incident.country,
            "admin1": incident.admin1,
            "lat": incident.lat,
            "lon": incident.lon,
            "radius_km": incident.radius_km,
        },
        "actors": [{key: actor[key] for key in ("actor", "name", "role")} for actor in incident.actors],
        "reports": {"articles": incident.article_count, "origins": incident.origin_count},
        "review": incident.review_status,
    } | {outcome: total and {bound: total.get(bound) for bound in ("low", "best", "high")} for outcome, total in totals.items()}


def _derive(incident: Incident, events: list[Reported], overrides: Mapping[str, Any]) -> None:
    if not events and not overrides:
        _remove(incident)
        return
    if incident.deleted_by_id is None and incident.deleted_reason == NO_REPORT_LEFT:
        incident.deleted_at, incident.deleted_reason = None, ""
    _compute(incident, events, overrides)


def _compute(incident: Incident, events: list[Reported], overrides: Mapping[str, Any]) -> None:
    if events:
        _from_events(incident, events)
    else:  # what was known stands under the overrides
        incident.article_count = incident.origin_count = 0
        incident.sources, incident.claimants = [], []
        for field, value in before_corrections(incident, overrides):
            _put_back(incident, field, value)
    for field, value in overrides.items():
        _override(incident, field, value)
    _from_fields(incident, events, decided=bool(overrides))


def _remove(incident: Incident) -> None:
    if incident.deleted_at is None:
        incident.deleted_at, incident.deleted_reason = timezone.now(), NO_REPORT_LEFT
    incident.article_count = incident.origin_count = 0
    incident.sources, incident.claimants = [], []


def _from_events(incident: Incident, events: list[Reported]) -> None:
    current = [one for one in events if not one.report.background]
    # Where some tell it as news, what others recall of it in passing adds reports, not figures.
    reports = [one.report for one in current or events]
    incident.type = consensus.kind(reports)
    incident.stage = consensus.stage(reports)
    incident.background = not current
    incident.confidence = consensus.confidence(reports)
    _date(incident, consensus.when(reports))
    _place(incident, consensus.where(reports))
    incident.totals = tolls.totals(current or events)
    incident.actors = consensus.parties(reports)
    incident.sources = sorted({one.event.article.source_id for one in events})
    incident.claimants = sorted({count.claimant for one in events for count in one.counts if count.claimant})
    incident.article_count = len({one.event.article_id for one in events})
    incident.origin_count = len({one.report.origin for one in events})


def _date(incident: Incident, when: When | None) -> None:
    incident.earliest, incident.latest = (when.earliest, when.latest) if when else (None, None)
    incident.date_precision, incident.date_basis = (when.precision, when.basis) if when else ("", "")
    incident.time_of_day = when.clock if when and when.precision == "time" else None


def overridden(value: Mapping[str, Any]) -> When:
    """Return a person's date as it is kept."""
    days = iso_day(value["earliest"]), iso_day(value["latest"])
    return When(*days, value["precision"], "editor", clock_of(value.get("time")))


def _place(incident: Incident, where: Where | None) -> None:
    where = where or Where(None, "", "none")
    known = where.place_id if where.place_id and Place.objects.filter(pk=where.place_id).exists() else None
    incident.place_id = known
    incident.place_name, incident.place_precision = where.name, where.precision
    incident.country, incident.admin1 = where.country, where.admin1
    incident.lat, incident.lon, incident.radius_km = where.lat, where.lon, where.radius_km


def _override(incident: Incident, field: str, value: Any) -> None:
    match field:
        case "type" | "stage" | "background":
            setattr(incident, field, value)
        case "date":
            _date(incident, value and overridden(value))
        case "place":
            _place(incident, value and drawable(Where(**value)))
        case "actors":
            incident.actors = [{**party, "origins": 0} for party in value]
        case outcome:
            incident.totals = {key: total for key, total in incident.totals.items() if key != outcome}
            if value is not None:
                incident.totals[outcome] = value | {"chosen": None}


def _put_back(incident: Incident, field: str, value: Any) -> None:
    """Set a field to a value that the history holds, a date with the basis it had."""
    if field == "date":
        days = iso_day(value["earliest"]), iso_day(value["latest"])
        _date(incident, When(*days, value["precision"], value["basis"], clock_of(value["time"])))
    else:
        _override(incident, field, value)


def _from_fields(incident: Incident, events: list[Reported], *, decided: bool) -> None:
    """Set the columns that follow from the fields, overridden or not."""
    incident.family = FAMILY_OF[incident.type]
    killed, wounded = incident.totals.get("killed") or {}, incident.totals.get("wounded") or {}
    incident.killed_low, incident.killed_best, incident.killed_high = (killed.get(bound) for bound in ("low", "best", "high"))
    incident.wounded_best = wounded.get("best")
    on_map = incident.lat is not None and incident.lon is not None
    incident.cell = cell_of(incident.lat or 0.0, incident.lon or 0.0) if on_map else None
    incident.headline = _headline(incident, events)
    unseen = Incident.Review.NEEDED if needs_review(incident) else Incident.Review.UNREVIEWED
    incident.review_status = Incident.Review.REVIEWED if incident.reviewed_at or decided else unseen


def _headline(incident: Incident, events: list[Reported]) -> str:
    stated = {count.pk: count.quantifier for one in events for count in one.counts}
    chosen = {outcome: stated.get(total.get("chosen"), "") for outcome, total in incident.totals.items()}
    known = incident.earliest or incident.latest
    where = Where(incident.place_id, incident.place_name, incident.place_precision)
    return headlines.headline(
        kind=incident.type,
        stage=incident.stage,
        when=When(incident.earliest, incident.latest, incident.date_precision, incident.date_basis) if known else None,
        where=where if incident.place_name else None,
        country_name=country_names.name_of(incident.country) if incident.country else "",
        totals=headlines.figures(incident.totals, chosen),
    )


def needs_review(incident: Incident) -> bool:
    """Whether a person should look: no date, no place, little confidence, or another incident that may be the same."""
    undated = incident.earliest is None and incident.latest is None
    if undated or incident.place_precision == "none" or incident.confidence < LOW_CONFIDENCE:
        return True
    return MatchProposal.objects.filter(incident=incident.pk, state=MatchProposal.State.OPEN).exists()


def _revisions(change: Change, news: News, by: Author, events: list[Reported]) -> list[Revision]:
    """Return one revision for what became of the incident as a whole, and one a field that changed."""
    machine = "" if by.user else (events[-1].event.extractor if events else "")
    who = {"user": by.user, "machine": machine, "why": by.why[:500], "action": by.action}
    changed = [field for field in news.before if field not in NOT_IN_HISTORY and news.before[field] != news.after[field]]
    steps = _whole(change, news.last) + [(field, news.before[field], news.after[field]) for field in changed]
    return [
        Revision(incident=change.incident, change=change, field=field, before=before, after=after, **who)
        for field, before, after in steps
    ]


def _whole(change: Change, last: Change | None) -> list[tuple[str, Any, Any]]:
    """Return what became of the incident as a whole: field, before, after."""
    match change.kind:
        case Kind.MERGED:
            return [("merged_into", None, change.other_id)]
        case Kind.SPLIT:
            return [("split_from", None, change.other_id)]
        case Kind.DELETED:
            return [("deleted", False, True)]
        case Kind.RESTORED if last and last.into:
            return [("merged_into", last.into, None)]
        case Kind.RESTORED:
            return [("deleted", True, False)]
    return []
