"""What clients with the scope `write` may do to incidents: the desk's own actions, under the desk's own rules and revisions."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as Refused
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import changes, editing
from incidents.api import shown
from incidents.api.base import Api
from incidents.api.bodies import Body, StrictJSON, said
from incidents.api.correction_shapes import Evidence, IncidentValue
from incidents.api.errors import AgainstRules, StateConflict, VersionDiffers, VersionRequired
from incidents.api.keys import HasScope
from incidents.api.reports import fields_of
from incidents.api.shapes import IncidentShape
from incidents.api.writing_schema import changing
from incidents.corrections import LONGEST_REASON
from incidents.desk_address import base_of
from incidents.editing.evidence import MOST
from incidents.models import Action, Event, Incident, Override
from incidents.roles import Right, has

BIGGEST = 2**63 - 1
STATES = frozenset({
    "merged", "deleted", "undone", "built_on", "not_deleted", "no_report", "ring", "self", "purged", "nothing", "rejected",
    "unknown",
})  # fmt: skip
VERSION = re.compile(r'(?:W/)?"([0-9]{1,18})(?:-[0-9a-f]*)?(?:;gzip)?"')
T = TypeVar("T", bound=Incident | Override | Action | Event)
Done = TypeVar("Done")


class Reason(Body):
    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=LONGEST_REASON, help_text="Why.")


class Correction(Reason):
    field = serializers.ChoiceField(choices=list(editing.FIELDS))
    value = IncidentValue(allow_null=True)
    evidence = serializers.ListField(
        child=Evidence(), required=False, default=list, max_length=MOST, help_text="What shows it.",
    )  # fmt: skip


class Merge(Reason):
    gone = serializers.IntegerField(min_value=1, max_value=BIGGEST, help_text="The incident that becomes part of this one.")
    gone_version = serializers.IntegerField(min_value=0, max_value=BIGGEST, help_text="Its version as you saw it.")


class Split(Reason):
    events = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=BIGGEST), min_length=1, max_length=500,
        help_text="Reports that are another happening.",
    )  # fmt: skip


class Writing(Api):
    permission_classes = [HasScope("write")]
    parser_classes = [StrictJSON]
    http_method_names = ["post", "options"]

    @property
    def user(self) -> User:
        return cast("User", self.request.user)

    def answer(self, incident: Incident, action: Action | None, status: int = 200, **more: Any) -> Response:
        """Return the incident as it is now, and the number by which what was done can be undone."""
        incident.refresh_from_db()
        now = shown.incident(incident, base_of(self.request._request), fields_of(IncidentShape))
        response = Response({"action": action and action.pk, "incident": now} | more, status=status)
        response["Location"] = reverse("api:incidents-detail", args=[incident.pk])
        return response


def seen_version(request: Request) -> int | None:
    """Return the version that If-Match names, None for any (*); raises VersionRequired and what is wrong with it."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise VersionRequired
    if given == "*":
        return None
    if match := VERSION.fullmatch(given):
        return int(match[1])
    raise ValidationError({"If-Match": [_("One version is needed: the incident's ETag, or its version in quotes.")]})


@contextmanager
def told() -> Iterator[None]:
    """Turn what the desk's actions raise into problems of the API."""
    try:
        yield
    except editing.Conflict as conflict:
        raise VersionDiffers(" ".join(conflict.messages)) from None
    except Refused as refused:
        words, code = " ".join(refused.messages), getattr(refused, "code", None)
        if code in STATES:
            raise StateConflict(words) from None
        raise AgainstRules({code if code in ("reason", "events", "evidence") else "value": [words]}) from None


def row(rows: type[T], pk: int) -> T:
    """Return the row; raises Http404."""
    found = rows._default_manager.filter(pk=pk).first() if pk <= BIGGEST else None
    if found is None:
        raise Http404
    return cast("T", found)


def at_version(incident: Incident, seen: int | None, work: Callable[[], Done], *, moves_events: bool = False) -> Done:
    """Do the work if the incident is still of the version that was seen: nobody writes between the look and the work."""
    with transaction.atomic():
        if moves_events:
            changes.hold(changes.MATCHING)
        changes.hold(changes.LOCK)
        now = Incident.objects.values_list("version", flat=True).get(pk=incident.pk)
        if seen is not None and now != seen:
            raise editing.Conflict(Incident.objects.get(pk=incident.pk), "", seen)
        return work()


class Corrections(Writing):
    @changing(Correction, 201, "Correct a field")
    def post(self, request: Request, pk: int) -> Response:
        """Set a field to a person's value, which stands above every reading until it is taken back."""
        seen, incident, asked = seen_version(request), row(Incident, pk), said(request, Correction)
        with told():
            override = at_version(incident, seen, lambda: editing.correct(incident=incident, user=self.user, **asked))
        return self.answer(incident, override.action, 201, correction=override.pk)


class TakeBack(Writing):
    @changing(Reason, 200, "Take a correction back", versioned=False)
    def post(self, request: Request, pk: int) -> Response:
        """Take a correction back: the field follows its reports again. Once taken back, nothing more happens."""
        override, asked = row(Override, pk), said(request, Reason)
        with told():
            editing.take_back(override=override, user=self.user, reason=asked["reason"])
        action = Action.objects.filter(
            user=self.user, kind=Action.Kind.TAKE_BACK, incidents__contains=[override.incident_id]
        ).first()
        return self.answer(override.incident, action, correction=override.pk)


class Merging(Writing):
    @changing(Merge, 200, "Merge another incident into this one")
    def post(self, request: Request, pk: int) -> Response:
        """Make another incident part of this one; its address leads here for ever, unless that is undone."""
        seen, keep, asked = seen_version(request), row(Incident, pk), said(request, Merge)
        gone = Incident.objects.filter(pk=asked["gone"]).first()
        if gone is None:
            raise StateConflict(_("There is no incident %s.") % asked["gone"])
        versions = (seen, asked["gone_version"])
        with told():
            action = editing.merge(keep=keep, gone=gone, user=self.user, reason=asked["reason"], expected_versions=versions)
        return self.answer(keep, action)


class Splitting(Writing):
    @changing(Split, 201, "Split reports off")
    def post(self, request: Request, pk: int) -> Response:
        """Make some of its reports an incident of their own, which is what the answer holds."""
        seen, incident, asked = seen_version(request), row(Incident, pk), said(request, Split)
        with told():
            made = editing.split(incident=incident, user=self.user, expected_version=seen, **asked)
        return self.answer(made.incident, made.action, 201)


class Undoing(Writing):
    @changing(Reason, 200, "Undo an action", versioned=False)
    def post(self, request: Request, pk: int) -> Response:
        """Put back exactly what an action changed; undoing that again does it anew. Others' actions are for lead editors."""
        action, asked = row(Action, pk), said(request, Reason)
        if action.user_id != self.user.pk and not has(self.user, Right.LEAD):
            raise PermissionDenied(_("Another account did this: a lead editor may undo it."))
        with told():
            undone = editing.undo(action=action, user=self.user, reason=asked["reason"])
        return self.answer(row(Incident, action.incidents[0]), undone)
