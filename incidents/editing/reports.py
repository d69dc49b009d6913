"""Correcting what one article is read to say: its reports, one by one. Corrected ones are never replaced by a new reading."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from geo import country_names
from incidents import tolls
from incidents.actors import actors_named
from incidents.editing import report_values
from incidents.editing.acting import Act, Kind, acting, standing
from incidents.editing.evidence import checked_span
from incidents.editing.fields import demand_reason_of_confirmed
from incidents.models import Action, Event, Incident
from incidents.recording import BY_HAND
from incidents.reports import Reported, iso_day, report_of
from sources.models import Article

Json = dict[str, Any]
WITHDRAWN = "not added after all"


class Report(NamedTuple):
    """An action and the event that it made."""

    action: Action
    event: Event


def correct_event(*, event: Event, values: Mapping[str, Any], user: User, reason: str = "") -> Action:
    """Set fields of one report: type, stage, background, date, place as for an incident; actors and counts as whole lists.

    An actor is {"name", "role", "claimant", "denied"}, a count {"outcome", "low", "best", "high", "quantifier", "who",
    "who_class", "claimant"}; either may have the "span" of the words that say so. Raises ValidationError.
    """
    if not values:
        raise ValidationError(_("Say what to correct."), code="empty")
    with acting(Kind.CORRECT_EVENT, user, reason, moves_events=True) as act:
        row = _standing_event(event, act)
        default = next(iter(row.evidence or []), None) or _title(row.article)
        checked = report_values.checked(values, row.article, default)
        _write(act, row, checked)
        act.touch(row.incident_id)
    event.refresh_from_db()
    return act.action


def reject_event(*, event: Event, user: User, reason: str = "") -> Action:
    """Say that the words report no such thing: the report counts nowhere, and no new reading brings it back."""
    with acting(Kind.REJECT_EVENT, user, reason, moves_events=True) as act:
        row = _standing_event(event, act)
        if row.rejected_at is not None:
            raise ValidationError(_("This report was rejected already."), code="rejected")
        act.touch(row.incident_id)
        act.set(row, incident_id=None, rejected_at=timezone.now())
    event.refresh_from_db()
    return act.action


def add_event(
    *,
    article: Article,
    span: tuple[int, int] | list[int],
    values: Mapping[str, Any],
    user: User,
    incident: Incident | None = None,
    reason: str = "",
    in_title: bool = False,
) -> Report:
    """Add a report that no reading found: the words of the article that say it, and at least its type.

    It becomes part of `incident`, or of a new one. Raises ValidationError for a span outside the text and impossible values.
    """
    located = {key: value for key, value in checked_span(span, article, in_title=in_title).items() if key != "quote"}
    checked = report_values.checked(values, article, located)
    if "type" not in checked:
        raise ValidationError(_("Choose the type."), code="type")
    with acting(Kind.ADD_EVENT, user, reason, moves_events=True) as act:
        row = standing(incident) if incident is not None else begin(act, checked["type"])
        last = article.events.filter(extractor=BY_HAND).aggregate(last=Max("ordinal"))["last"]
        event = Event.objects.create(
            article=article,
            ordinal=0 if last is None else last + 1,
            extractor=BY_HAND,
            type=checked["type"],
            stage="accomplished",
            confidence=1.0,
            evidence=[located],
            rejected_at=timezone.now(),  # until the action stands, and again when it is undone
        )
        _write(act, event, checked)
        act.set(event, rejected_at=None, incident_id=row.pk)
        act.touch(row)
    event.refresh_from_db()
    return Report(act.action, event)


def begin(act: Act, kind: str) -> Incident:
    """Make a new incident as part of an action; while the action does not stand it is deleted."""
    now, user = timezone.now(), act.action.user
    row = Incident.objects.create(type=kind, family="other", deleted_at=now, deleted_reason=WITHDRAWN, deleted_by=user)
    act.set(row, deleted_at=None, deleted_reason="", deleted_by_id=None)
    act.touch(row)
    return row


def _standing_event(event: Event, act: Act) -> Event:
    row = Event.objects.select_for_update(of=("self",)).select_related("article").filter(pk=event.pk).first()
    if row is None:
        raise ValidationError(_("This report is not there any more: its article was read anew."), code="unknown")
    if row.incident_id is not None:
        demand_reason_of_confirmed(standing(row.incident_id), act.action.reason, act.action.user)
    return row


def _title(article: Article) -> Json:
    return {"span": [0, len(article.title)], "in": "title"} if article.title else {"span": [0, min(200, len(article.text))]}


def _write(act: Act, event: Event, checked: Mapping[str, Any]) -> None:
    values: Json = {}
    for field, value in checked.items():
        match field:
            case "date":
                values |= _date(event, value)
            case "place":
                values |= _place(event, value)
            case "actors":
                names = actors_named({party["name"] for party in value}, in_capitals=False)
                values["participations"] = [_participation(party, names[party["name"]].pk) for party in value]
            case "counts":
                values["counts"] = [{**count, "ordinal": place} for place, count in enumerate(value)]
            case _:
                values[field] = value
    act.set(event, **values)
    if "counts" in values:
        stated = tolls.totals([Reported(event, report_of(event), tuple(event.counts.all()))])
        act.set(
            event,
            totals={outcome: {bound: total[bound] for bound in ("low", "best", "high")} for outcome, total in stated.items()},
        )


def _date(event: Event, value: Json | None) -> Json:
    if value is None:
        return {"date": None, "earliest": None, "latest": None}
    kept = {key: one for key, one in (event.date or {}).items() if key in ("span", "in")}
    days = {end: iso_day(value[end]) for end in ("earliest", "latest")}
    return {"date": {**kept, **value, "basis": "editor"}} | days


def _place(event: Event, value: Json | None) -> Json:
    if value is None:
        return {"place_read": None, "place_id": None}
    kept = {key: one for key, one in (event.place_read or {}).items() if key in ("span", "in")}
    country = country_names.name_of(value["country"]) if value["country"] else ""
    return {"place_read": {**kept, **value, "country_name": country}, "place_id": value["place_id"]}


def _participation(party: Json, actor: int) -> Json:
    return {"actor_id": actor} | {key: party[key] for key in ("role", "claimant", "denied", "span")}
