"""Where the API begins: the addresses it has, for whoever comes with nothing but its own."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from incidents.api.base import Api
from incidents.api.parameters import taken
from incidents.filters.query_form import QueryForm

LISTS = ("incidents", "events", "counts", "claims", "articles", "places", "actors", "sources")
OTHERS = ("cells", "timeline", "facets", "changes", "changes-stream", "schema", "docs", "problems")


class RootShape(serializers.Serializer[Any]):
    """Name to address."""


for _name in (*LISTS, *OTHERS, "exports"):
    RootShape._declared_fields[_name] = serializers.URLField()


class Root(Api):
    permission_classes = [AllowAny]

    @extend_schema(tags=["start"], responses=RootShape)
    def get(self, request: Request) -> Response:
        """The API's addresses by name: lists, figures, the change log, this schema and its pages."""
        taken(request, QueryForm(request.GET))
        lists = {name: reverse(f"api:{name}-list", request=request) for name in LISTS}
        others = {name: reverse(f"api:{name}", request=request) for name in OTHERS}
        return Response(lists | others | {"exports": reverse("export", request=request)})
