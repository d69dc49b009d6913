"""Files of any filter, for programs: the very ones the export page offers."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from incidents.api.base import Api
from incidents.api.parameters import asked_of, of_filter
from incidents.exports.answering import answer
from incidents.exports.dictionary import MEDIA_TYPE
from incidents.exports.formats import FORMATS
from incidents.exports.snapshot import Busy
from incidents.filters.query_form import QueryForm

MEDIA_TYPES = sorted({form.media_type.partition(";")[0] for form in FORMATS.values()})
DICTIONARY = OpenApiParameter(
    "dictionary", OpenApiTypes.STR, description="Present: answer with what the columns mean (CSV on the Web metadata) instead."
)
NAME = OpenApiParameter("name", OpenApiTypes.STR, OpenApiParameter.PATH, enum=sorted(FORMATS), description="The format.")


class TooMany(APIException):
    """As many exports as this process carries are under way."""

    status_code = 503
    default_detail = _("Too many exports are under way; ask again in a little while.")
    wait = 15.0  # seconds: Retry-After


class ExportParameters(QueryForm):
    dictionary = forms.CharField(required=False, max_length=10)


class Export(Api):
    @extend_schema(
        tags=["export"],
        parameters=[NAME, *of_filter(), DICTIONARY],
        responses={(200, kind): OpenApiTypes.BINARY for kind in MEDIA_TYPES} | {(200, MEDIA_TYPE): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request, name: str) -> HttpResponseBase:
        """All incidents under the filter as one file, streamed, as of one moment; `X-Change-Number` is where to follow from."""
        if name not in FORMATS:
            raise Http404
        asked = asked_of(request, ExportParameters(request.GET), also=frozenset())
        try:
            return answer(request._request, FORMATS[name], asked)
        except Busy:
            raise TooMany from None

    def head(self, request: Request, name: str, **_captured: Any) -> HttpResponseBase:
        return self.get(request, name)
