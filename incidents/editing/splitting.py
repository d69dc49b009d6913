"""Events that belong elsewhere: split off into an incident of their own, or moved to another."""

from collections.abc import Collection
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents import deriving
from incidents.editing import deciding
from incidents.editing.acting import Act, Kind, acting, standing
from incidents.models import Action, Event, Incident
from incidents.reports import together


class Made(NamedTuple):
    """An action and the incident that it made."""

    action: Action
    incident: Incident


def split_preview(incident: Incident, events: Collection[int]) -> tuple[deriving.Json, deriving.Json]:
    """Return what would be seen of what stays and of the new incident, as deriving.visible has it; nothing is written."""
    reports = together([incident.pk])
    leaving = [one for one in reports if one.event.pk in events]
    staying = [one for one in reports if one.event.pk not in events]
    return deriving.preview(incident, staying), deriving.preview(Incident(type="other", family="other"), leaving)


def split(
    *, incident: Incident, events: Collection[int], user: User, reason: str = "", expected_version: int | None = None
) -> Made:
    """Take events (by id) out of an incident and make them one of their own; that the two are not the same is remembered.

    Raises ValidationError where the events are none, all, or not the incident's; Conflict where it is not at that version.
    """
    with acting(Kind.SPLIT, user, reason, moves_events=True) as act:
        row = standing(incident, expected_version)
        chosen = _chosen(row, events)
        # Until the action stands, and again when it is undone, the new number leads to the incident it was part of.
        new = Incident.objects.create(type=chosen[0].type, family="other", merged_into=row)
        act.set(new, merged_into_id=None)
        _move(act, chosen, new)
        act.split_from[new.pk] = row.pk
        deciding.say(act, row, new, same=False)
        act.set(row, reviewed_at=row.reviewed_at or timezone.now())
        act.touch(row)
    incident.refresh_from_db()
    new.refresh_from_db()
    return Made(act.action, new)


def move(*, events: Collection[int], to: Incident, user: User, reason: str = "") -> Action:
    """Give events (by id), of whichever incidents, to another. Raises ValidationError for unknown ones and a target gone."""
    with acting(Kind.MOVE, user, reason, moves_events=True) as act:
        row = standing(to)
        found = list(Event.objects.select_for_update().filter(pk__in=events).order_by("pk"))
        if not found or len(found) != len(set(events)):
            raise ValidationError(_("Some of these reports are not there (any more)."), code="events")
        leaving = [event for event in found if event.incident_id != row.pk]
        if not leaving:
            raise ValidationError(_("These reports are part of I-%s already.") % row.pk, code="events")
        _move(act, leaving, row)
        deciding.settle(act, row)
    to.refresh_from_db()
    return act.action


def _chosen(incident: Incident, events: Collection[int]) -> list[Event]:
    found = list(incident.events.select_for_update().filter(pk__in=events).order_by("article_id", "ordinal"))
    if not found:
        raise ValidationError(_("Choose the reports that belong to another incident."), code="events")
    if len(found) != len(set(events)):
        raise ValidationError(_("Some of these reports are not part of I-%s (any more).") % incident.pk, code="events")
    if len(found) == incident.events.count():
        raise ValidationError(_("Leave at least one report: all of them are this incident."), code="events")
    return found


def _move(act: Act, events: list[Event], to: Incident) -> None:
    for event in events:
        act.touch(event.incident_id, to)
        act.set(event, incident_id=to.pk, rejected_at=None)
