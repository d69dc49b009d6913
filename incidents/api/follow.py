"""The change log for clients: in pages, waiting for the next change, or as a stream. One cursor serves all three: a number."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from incidents.api.base import Api
from incidents.api.errors import AllWait, CursorAhead, CursorExpired
from incidents.api.parameters import WholeField, of_form, taken
from incidents.api.renderer import FastJSON
from incidents.api.shapes import IncidentShape, absolute
from incidents.follow import log, seats, streams
from incidents.models import Change, Incident

MOST = 500
LONGEST_WAIT = 60  # seconds: what proxies let pass


class EntryShape(serializers.Serializer[Change]):
    """One change. Where `latest` is `number`, the incident is still of this version; else a later entry tells of it again."""

    number = serializers.IntegerField(help_text="The change's number, and the incident's version after it.")
    kind = serializers.ChoiceField(choices=Change.Kind.choices)
    at = serializers.DateTimeField()
    incident = serializers.IntegerField(source="incident_id")
    url = serializers.SerializerMethodField(help_text="The incident in the API.")
    latest = serializers.IntegerField(source="incident.version", help_text="The incident's version when this was answered.")
    into = serializers.IntegerField(allow_null=True, help_text="Of merged: the incident it is part of now.")
    headline = serializers.SerializerMethodField(help_text="Empty where the incident stands no more.")
    state = serializers.SerializerMethodField(
        help_text="With include=incident: the incident as of `number`. Null where it stands no more, or `latest` is greater."
    )

    def get_from(self, entry: Change) -> int | None:
        return entry.taken_from

    def get_url(self, entry: Change) -> str:
        return absolute(self.context, reverse("api:incidents-detail", args=[entry.incident_id]))

    def get_headline(self, entry: Change) -> str:
        return entry.incident.headline if _stands(entry.incident) else ""

    @extend_schema_field(IncidentShape(allow_null=True))
    def get_state(self, entry: Change) -> Any:
        if not (log.is_current(entry) and _stands(entry.incident)):
            return None
        return self._incident.to_representation(entry.incident)

    @cached_property
    def _incident(self) -> IncidentShape:
        return IncidentShape(context=self.context)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if not self.context.get("with_state", True):
            del fields["state"]
        return fields


EntryShape._declared_fields["from"] = serializers.SerializerMethodField(  # a word of Python's own
    method_name="get_from", help_text="Of split: the incident it was part of."
)


class PageShape(serializers.Serializer[Any]):
    """A page of the change log. It is whole where `more` is false: then nothing had happened after `after` when it was read."""

    after = serializers.IntegerField(help_text="Where to go on: number of the last entry here.")
    more = serializers.BooleanField(help_text="Whether there were more entries already.")
    next = serializers.URLField(help_text="The same question from `after` on.")
    results = EntryShape(many=True)


def _stands(incident: Incident) -> bool:
    return incident.deleted_at is None and incident.merged_into_id is None


class EventStream(FastJSON):
    """Lets a client ask for text/event-stream; problems are JSON all the same."""

    media_type = "text/event-stream"
    format = "stream"


EVENT = {
    "type": "object",
    "description": "One event; `data` is an entry of the log as JSON.",
    "properties": {"id": {"type": "string"}, "event": {"type": "string"}, "data": {"type": "string"}},
}


class FollowParameters(forms.Form):
    after = WholeField(most=log.BIGGEST, help_text="Entries after this number; 0 for all there are.")
    include = forms.ChoiceField(
        choices=[("", ""), ("incident", "incident")],
        required=False,
        help_text="incident: each entry carries the incident's new state.",
    )


class PageParameters(FollowParameters):
    limit = WholeField(least=1, most=MOST, help_text=f"Entries in the answer, 100 by default, {MOST} at most.")
    wait = WholeField(most=LONGEST_WAIT, help_text=f"Seconds to wait where there is nothing yet, {LONGEST_WAIT} at most.")


class Following(Api):
    def shape_context(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        return {"request": self.request, "with_state": asked["include"] == "incident"}

    def seat(self) -> seats.Seat:
        """Return a place among those who wait; raises what says that there is none."""
        user = self.request.user
        client = f"account {user.pk}" if user and user.is_authenticated else self.request.META.get("REMOTE_ADDR", "")
        try:
            return seats.take(client)
        except seats.Full as full:
            if full.own:
                raise Throttled(wait=AllWait.wait, detail="So many of your clients wait for changes already.") from None
            raise AllWait from None


def page_of(after: int, limit: int) -> log.Page:
    """Return a page of the log; raises the problem with the cursor."""
    try:
        return log.read(after, limit)
    except log.Expired:
        raise CursorExpired from None
    except log.Ahead:
        raise CursorAhead from None


class ChangeLog(Following):
    @extend_schema(tags=["changes"], parameters=of_form(PageParameters), responses=PageShape)
    def get(self, request: Request) -> Any:
        """Changes of incidents in the order they were committed, after a number.

        Start from a list or an export and the number it gives, apply every entry in order, and go on from `after`: merged and
        deleted incidents go, all others take the entry's `state`. Whoever has come to a page with `more` false holds exactly
        what the desk held at that moment. With `wait`, an answer without entries is held back until there is one.
        """
        asked = taken(request, PageParameters(request.GET))
        after, limit = asked["after"] or 0, asked["limit"] or 100
        page = page_of(after, limit)
        context = self.shape_context(asked)

        def document(page: log.Page) -> dict[str, Any]:
            last = page.entries[-1].number if page.entries else after
            address = replace_query_param(request.build_absolute_uri(), "after", str(last))
            shape: Any = EntryShape(list(page.entries), many=True, context=context)  # type: ignore[arg-type]  # many
            return {"after": last, "more": page.more, "next": address, "results": shape.data}

        if page.entries or not asked["wait"] or request.method == "HEAD":
            return Response(document(page))
        seconds = min(asked["wait"], settings.FOLLOW_SECONDS)
        parts = streams.polled(
            self.seat(), after, limit, lambda page: json.dumps(document(page), ensure_ascii=False), seconds=seconds
        )
        return StreamingHttpResponse(streams.watched(parts), content_type="application/json")


class ChangeStream(Following):
    renderer_classes = [FastJSON, EventStream]

    @extend_schema(
        tags=["changes"],
        parameters=[
            *of_form(FollowParameters),
            OpenApiParameter(
                "Last-Event-ID", OpenApiTypes.INT, "header", description="Goes before `after`: an EventSource's own."
            ),
        ],
        responses={(200, "text/event-stream"): EVENT},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The change log as server-sent events: `id` is the number, `event` is change, `data` an entry as in the pages.

        Without `after` or `Last-Event-ID`, from now on. Comments keep the connection alive; the desk may end it at any time.
        """
        asked = taken(request, FollowParameters(request.GET))
        after = self._resumed(request, asked["after"])
        if after is not None:
            page_of(after, 1)
        if request.method == "HEAD":
            return Response(content_type=EventStream.media_type)
        shape = EntryShape(context=self.shape_context(asked))
        parts = streams.events(self.seat(), after, shape.to_representation, seconds=settings.FOLLOW_SECONDS)
        response = StreamingHttpResponse(streams.watched(parts), content_type=EventStream.media_type)
        response["Content-Encoding"] = "identity"  # compressed, events would wait for one another
        response["X-Accel-Buffering"] = "no"  # nginx passes it on as it comes
        return response

    def _resumed(self, request: Request, after: int | None) -> int | None:
        given = request.headers.get("Last-Event-ID")
        if not given:
            return after
        if not (given.isascii() and given.isdecimal() and len(given) < 20 and int(given) <= log.BIGGEST):
            raise ValidationError({"Last-Event-ID": ["This is no number of the change log."]})
        return int(given)
