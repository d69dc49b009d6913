"""What clients may make of an incident as a whole: confirm it, delete it, bring it back."""

from rest_framework.request import Request
from rest_framework.response import Response

from incidents import editing
from incidents.api.bodies import Body, Words, said
from incidents.api.writing import Reason, Writing, at_version, row, seen_version, told
from incidents.api.writing_schema import changing
from incidents.corrections import LONGEST_REASON
from incidents.models import Action, Incident


class Delete(Body):
    reason = Words(max_length=LONGEST_REASON, help_text="Why it should go.")


class Confirming(Writing):
    @changing(Reason, 200, "Confirm an incident")
    def post(self, request: Request, pk: int) -> Response:
        """Say that the incident is right as it stands; whoever changes it later must say why."""
        seen, incident, asked = seen_version(request), row(Incident, pk), said(request, Reason)
        with told():
            action = editing.confirm(incident=incident, user=self.user, expected_version=seen, **asked)
        return self.answer(incident, action)


class Deleting(Writing):
    @changing(Delete, 200, "Delete an incident")
    def post(self, request: Request, pk: int) -> Response:
        """Take an incident out of sight; nothing is erased, and restoring it brings it back."""
        seen, incident, asked = seen_version(request), row(Incident, pk), said(request, Delete)
        with told():
            action = editing.delete(incident=incident, user=self.user, expected_version=seen, **asked)
        return self.answer(incident, action)


class Restoring(Writing):
    @changing(Reason, 200, "Restore a deleted incident")
    def post(self, request: Request, pk: int) -> Response:
        """Bring a deleted incident back. Its version is that of the log's entry that told of its end."""
        seen, incident, asked = seen_version(request), row(Incident, pk), said(request, Reason)

        def work() -> Action:
            return editing.restore(incident=incident, user=self.user, **asked)

        with told():
            action = at_version(incident, seen, work, moves_events=True)
        return self.answer(incident, action)
