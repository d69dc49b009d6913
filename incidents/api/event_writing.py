"""What clients may do to one article's report: correct what it is read to say, or reject it."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import editing
from incidents.api.bodies import said
from incidents.api.correction_shapes import ReportValues
from incidents.api.errors import StateConflict
from incidents.api.writing import Reason, Writing, at_version, row, seen_version, told
from incidents.api.writing_schema import changing
from incidents.models import Action, Event


class EventCorrection(Reason):
    values = ReportValues(child=serializers.JSONField(allow_null=True), allow_empty=False)


class EventWriting(Writing):
    """If-Match names the version of the incident that the report is part of."""

    def done(self, event: Event, seen: int | None, work: Callable[[], Action]) -> Response:
        """Do the work at the version seen, and answer with the incident that the report was part of."""
        incident = event.incident
        if incident is None:
            raise StateConflict(_("This report is part of no incident: it was rejected."))
        with told():
            action = at_version(incident, seen, work, moves_events=True)
        return self.answer(incident, action)


class EventCorrections(EventWriting):
    @changing(EventCorrection, 200, "Correct a report")
    def post(self, request: Request, pk: int) -> Response:
        """Set what one article is read to say; the incident follows, and no new reading replaces it."""
        seen, event, asked = seen_version(request), row(Event, pk), said(request, EventCorrection)
        return self.done(event, seen, lambda: editing.correct_event(event=event, user=self.user, **asked))


class EventRejection(EventWriting):
    @changing(Reason, 200, "Reject a report")
    def post(self, request: Request, pk: int) -> Response:
        """Say that the words report no such thing: it counts nowhere, and no new reading brings it back."""
        seen, event, asked = seen_version(request), row(Event, pk), said(request, Reason)
        return self.done(event, seen, lambda: editing.reject_event(event=event, user=self.user, **asked))
