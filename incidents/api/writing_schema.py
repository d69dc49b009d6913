"""How the schema describes what changes something."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers

from incidents.api.shapes import IncidentShape

IF_MATCH = OpenApiParameter(
    "If-Match", {"type": "string", "pattern": r'^(?:\*|(?:W/)?"[0-9]{1,18}(?:-[0-9a-f]*)?")$'}, "header", required=True,
    examples=[OpenApiExample("example", value='"812"')],
    description='The version you saw: the incident\'s ETag, or its version in quotes as in "812". * stands for any.',
)  # fmt: skip


class Done(serializers.Serializer[Any]):
    """What was done: `action` undoes it, `incident` is as it is now."""

    action = serializers.IntegerField(allow_null=True)
    incident = IncidentShape()
    correction = serializers.IntegerField(required=False, help_text="The correction's number, to take it back by.")


def changing(body: type, status: int, summary: str, *, versioned: bool = True) -> Callable[[Any], Any]:
    """Describe a POST that changes an incident."""
    parameters = [IF_MATCH] if versioned else []
    decorate: Callable[[Any], Any] = extend_schema(
        tags=["changing"], summary=summary, request=body, responses={status: Done}, parameters=parameters
    )
    return decorate
