"""The change log for clients: in pages, waiting for the next change, or as a stream. One cursor serves all three: a number."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from incidents.api import shown
from incidents.api.base import Api
from incidents.api.errors import AllWait, CursorAhead, CursorExpired
from incidents.api.parameters import of_form, taken
from incidents.api.renderer import FastJSON
from incidents.api.reports import fields_of
from incidents.api.shapes import IncidentShape
from incidents.api.whole import WholeField
from incidents.desk_address import base_of
from incidents.filters.query_form import QueryForm
from incidents.follow import log, seats, streams
from incidents.models import Change
from incidents.moments import moment

MOST = 500
LONGEST_WAIT = 60  # seconds: what proxies let pass


class EntryShape(serializers.Serializer[Any]):
    """One change. Where `latest` is `number`, the incident is still of this version; else a later entry tells of it again."""

    number = serializers.IntegerField(help_text="The change's number, and the incident's version after it.")
    kind = serializers.ChoiceField(choices=Change.Kind.choices)
    at = serializers.DateTimeField()
    incident = serializers.IntegerField()
    url = serializers.URLField(help_text="The incident in the API.")
    latest = serializers.IntegerField(help_text="The incident's version when this was answered.")
    into = serializers.IntegerField(allow_null=True, help_text="Of merged: the incident it is part of now.")
    headline = serializers.CharField(help_text="Empty where the incident stands no more.")
    state = IncidentShape(
        allow_null=True,
        help_text="With include=incident: the incident as of `number`. Null where it stands no more, or `latest` is greater.",
    )


EntryShape._declared_fields["from"] = serializers.IntegerField(  # a word of Python's own
    allow_null=True, help_text="Of split: the incident it was part of."
)


def entry_shown(entry: log.Entry, base: str, *, with_state: bool) -> dict[str, Any]:
    """Return an entry as EntryShape says."""
    incident = entry.incident
    told = {
        "number": entry.number,
        "kind": entry.kind,
        "at": moment(entry.at),
        "incident": incident.id,
        "url": shown.in_the_api(incident.id, base),
        "latest": incident.version,
        "into": entry.into,
        "headline": incident.headline if incident.stands else "",
        "from": entry.taken_from,
    }
    if with_state:
        current = entry.is_current and incident.stands
        told["state"] = shown.incident(incident, base, fields_of(IncidentShape)) if current else None
    return told


class PageShape(serializers.Serializer[Any]):
    """A page of the change log. It is whole where `more` is false: then nothing had happened after `after` when it was read."""

    after = serializers.IntegerField(help_text="Where to go on: number of the last entry here.")
    more = serializers.BooleanField(help_text="Whether there were more entries already.")
    next = serializers.URLField(help_text="The same question from `after` on.")
    results = EntryShape(many=True)


class EventStream(FastJSON):
    """Lets a client ask for text/event-stream; problems are JSON all the same."""

    media_type = "text/event-stream"
    format = "stream"


EVENT = {
    "type": "object",
    "description": "One event; `data` is an entry of the log as JSON.",
    "properties": {"id": {"type": "string"}, "event": {"type": "string"}, "data": {"type": "string"}},
}


class FollowParameters(QueryForm):
    after = WholeField(most=log.BIGGEST, help_text="Entries after this number; 0 for all there are.")
    include = forms.ChoiceField(
        choices=[("", ""), ("incident", "incident")],
        required=False,
        help_text="incident: each entry carries the incident's new state.",
    )


class PageParameters(FollowParameters):
    limit = WholeField(least=1, most=MOST, help_text=f"Entries in the answer, 100 by default, {MOST} at most.")
    wait = WholeField(most=LONGEST_WAIT, help_text=f"Seconds to wait where there is nothing yet, {LONGEST_WAIT} at most.")


LAST_EVENT_ID = OpenApiParameter(
    "Last-Event-ID", {"type": "integer", "minimum": 0, "maximum": log.BIGGEST}, "header",
    description="Goes before `after`: an EventSource's own.",
)  # fmt: skip


class Following(Api):
    def writer(self, asked: Mapping[str, Any]) -> Callable[[log.Entry], dict[str, Any]]:
        """Return what writes an entry for this client."""
        return partial(entry_shown, base=base_of(self.request._request), with_state=asked["include"] == "incident")

    def seat(self) -> seats.Seat:
        """Return a place among those who wait; raises what says that there is none."""
        user = self.request.user
        client = f"account {user.pk}" if user and user.is_authenticated else self.request.META.get("REMOTE_ADDR", "")
        try:
            return seats.take(client)
        except seats.Full as full:
            if full.own:
                words = _("So many of your clients wait for changes already.")
                raise Throttled(wait=AllWait.wait, detail=words) from None
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
        write = self.writer(asked)

        def document(page: log.Page) -> dict[str, Any]:
            last = page.entries[-1].number if page.entries else after
            address = replace_query_param(request.build_absolute_uri(), "after", str(last))
            return {"after": last, "more": page.more, "next": address, "results": [write(entry) for entry in page.entries]}

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
            LAST_EVENT_ID,
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
        parts = streams.events(self.seat(), after, self.writer(asked), seconds=settings.FOLLOW_SECONDS)
        response = StreamingHttpResponse(streams.watched(parts), content_type=EventStream.media_type)
        response["Content-Encoding"] = "identity"  # compressed, events would wait for one another
        response["X-Accel-Buffering"] = "no"  # nginx passes it on as it comes
        return response

    def _resumed(self, request: Request, after: int | None) -> int | None:
        given = request.headers.get("Last-Event-ID")
        if not given:
            return after
        if not (given.isascii() and given.isdecimal() and len(given) < 20 and int(given) <= log.BIGGEST):
            raise ValidationError({"Last-Event-ID": [_("This is no number of the change log.")]})
        return int(given)
