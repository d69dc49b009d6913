"""Incidents, events, articles, places, actors and sources: read-only lists under the one filter, and single ones."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from geo.models import Place
from incidents import stored, told, told_articles
from incidents.api import geojson, pushes, shown
from incidents.api.base import Api
from incidents.api.bodies import StrictJSON
from incidents.api.errors import Gone
from incidents.api.keys import HasScope, may_see_text
from incidents.api.pagination import IncidentCursor
from incidents.api.parameters import asked_of, narrows, of_filter, of_form, taken
from incidents.api.reports import ArticleShape, EventShape, IncidentDetail, IncludingShape, fields_of
from incidents.api.shapes import ActorShape, PlaceShape, SourceShape
from incidents.api.sparse import (
    INCLUDES,
    MOST_WITH_INCLUDES,
    IncludeField,
    OneIncidentParameters,
    OneParameters,
    checked,
    names_in,
    whole,
    with_includes,
)
from incidents.desk_address import base_of
from incidents.filters import IncidentFilter
from incidents.follow import log
from incidents.models import Actor, Event, Incident
from incidents.told import Library
from sources.models import Article, Source

NUMBER = "[0-9]+"
BIGGEST = 2**63 - 1


def _text(help_text: str) -> forms.CharField:
    return forms.CharField(required=False, max_length=500, help_text=help_text)


def number_parameter(help_text: str) -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=1, max_value=BIGGEST, help_text=help_text)


class Parameters(OneParameters):
    """A list's own parameters beside the filter's."""


class List(Api, ReadOnlyModelViewSet[Any]):
    """A list under the filter; subclasses say how their rows hang on incidents, and how they are written."""

    lookup_value_regex = NUMBER
    parameters: type[forms.Form] = Parameters
    order_name = "id"
    ordering: tuple[str, ...] = ("pk",)

    @property
    def base(self) -> str:
        return base_of(self.request._request)

    def get_view_name(self) -> str:
        """Return what OPTIONS calls it: as it is called in the address."""
        return str(self.basename)

    def shape(self) -> Any:
        """Return what the rows look like."""
        return self.serializer_class

    def wanted(self) -> Sequence[str]:
        """Return the names in `fields`, none for all; raises what is wrong with them."""
        return checked(names_in(self.request.GET.get("fields", "")), fields_of(self.shape()))

    def written(self, rows: list[Any]) -> list[Any]:
        """Return the rows of a page as the API shows them."""
        raise NotImplementedError

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows: Any = self.chosen(self.get_queryset())
        wanted, page = self.wanted(), self.paginate_queryset(rows)
        return self.get_paginated_response(shown.narrowed(self.written(list(page or ())), wanted))

    @extend_schema(parameters=of_form(OneParameters))
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Return a single one."""
        taken(request, OneParameters(request.GET))
        wanted = self.wanted()
        rows = self.written(list(self.get_queryset().filter(pk=kwargs["pk"])))
        if not rows:
            raise Http404
        return Response(shown.narrowed(rows, wanted)[0])

    def chosen(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        extra = self.parameters(self.request.GET)
        asked = asked_of(self.request, extra)
        if narrows(asked):
            rows = rows.filter(self.reporting(asked.narrow(Incident.objects.visible())))
        return self.narrowed(rows, extra.cleaned_data).order_by(*self.ordering)

    def reporting(self, incidents: QuerySet[Incident]) -> Q:
        """Return the rows that belong to these incidents."""
        raise NotImplementedError

    def narrowed(self, rows: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
        """Return the rows under the list's own parameters."""
        return rows


class IncidentParameters(Parameters):
    format = forms.ChoiceField(
        choices=[("", ""), ("json", "json"), ("geojson", "geojson")], required=False, help_text="geojson: a FeatureCollection."
    )
    include = IncludeField(required=False, max_length=100, help_text=f"With commas: {', '.join(INCLUDES)}.")

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        size = self.data.get("page_size", "")
        if asked.get("include") and size.isdecimal() and int(size[:9]) > MOST_WITH_INCLUDES:
            self.add_error("include", _("With includes, a page has at most %s rows.") % MOST_WITH_INCLUDES)
        if asked.get("fields") and asked.get("format") == "geojson":
            self.add_error("fields", _("GeoJSON comes whole."))
        return asked


@extend_schema(tags=["incidents"])
class IncidentList(List):
    """Real-world happenings."""

    queryset = Incident.objects.all()
    serializer_class = IncludingShape
    parameters = IncidentParameters
    pagination_class = IncidentCursor
    asked: IncidentFilter

    def get_serializer_class(self) -> Any:
        return self.shape()

    def shape(self) -> Any:
        return IncidentDetail if self.action == "retrieve" else IncludingShape

    def chosen(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        self.asked = asked_of(self.request, self.parameters(self.request.GET))
        return rows

    def written(self, rows: list[Any]) -> list[Any]:
        include = names_in(self.request.GET.get("include", ""))
        wanted = [name for name in self.wanted() or fields_of(IncludingShape) if name not in INCLUDES or name in include]
        return [*with_includes(rows, self.base, wanted, with_text=may_see_text(self.request))]

    @property
    def order_name(self) -> str:  # type: ignore[override]  # the cursor follows the order asked for
        return self.asked.ordering

    @extend_schema(parameters=[*of_filter(), *of_form(IncidentParameters)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List incidents, the newest first. With format=geojson a FeatureCollection with the same rows.

        The header X-Change-Number says from where to follow the change log after the first page.
        """
        number = log.head()  # before the rows are read: what changes between the two is told again
        response = super().list(request, *args, **kwargs)
        if request.query_params.get("format") == "geojson":
            data: Any = response.data
            response = Response(geojson.collection(data["results"], data["next"]), content_type=geojson.MEDIA_TYPE)
        response["X-Change-Number"] = str(number)
        return response

    @extend_schema(parameters=of_form(OneIncidentParameters))
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Return one incident with its claims and events. One that was merged answers with a permanent redirect."""
        taken(request, OneIncidentParameters(request.GET))
        wanted, number = self.wanted(), int(kwargs["pk"])
        incident = stored.one(number) if number <= BIGGEST else None
        if incident is None:
            raise Http404
        if incident.merged_into_id is not None:
            return HttpResponsePermanentRedirect(reverse("api:incidents-detail", args=[incident.merged_into_id]))
        if incident.deleted_at is not None:
            raise Gone(_deleted(incident.deleted_reason))
        include = names_in(request.GET.get("include", ""))
        row = whole(incident, self.base, include, with_text=may_see_text(request))
        response = Response(shown.narrowed([row], wanted)[0])
        response.add_post_render_callback(lambda whole: etagged(whole, incident.version))
        return response


def _deleted(reason: str) -> str:
    return _("It was deleted: %s.") % reason if reason else _("It was deleted.")


def etagged(response: HttpResponse, version: int) -> None:
    """Give the answer an ETag that begins with the incident's version: what If-Match wants, and what no other content has."""
    digest = hashlib.sha256(response.content).hexdigest()[:16]
    response.headers["ETag"] = f'"{version}-{digest}"'


class EventParameters(Parameters):
    incident = number_parameter("Events of this incident.")
    article = number_parameter("Events of this article.")


@extend_schema(tags=["events"])
class EventList(List):
    """What each article reports."""

    queryset = Event.objects.values("id")
    serializer_class = EventShape
    parameters = EventParameters

    def written(self, rows: list[Any]) -> list[Any]:
        return told.events([row["id"] for row in rows], Library())

    def reporting(self, incidents: QuerySet[Incident]) -> Q:
        return Q(incident__in=incidents.values("pk"))

    def narrowed(self, rows: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
        return rows.filter(**{f"{name}_id": asked[name] for name in ("incident", "article") if asked[name] is not None})

    @extend_schema(parameters=[*of_filter(), *of_form(EventParameters)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List events, in the order they were read."""
        return super().list(request, *args, **kwargs)


class ArticleParameters(Parameters):
    external_id = _text("The client's own identifier.")
    url = _text("Address of the article.")


@extend_schema(tags=["articles"])
class ArticleList(List):
    """Documents and the incidents they report."""

    http_method_names = [*Api.http_method_names, "post"]
    parser_classes = [StrictJSON]
    queryset = Article.objects.filter(purged_at=None).values("id")
    serializer_class = ArticleShape
    parameters = ArticleParameters
    order_name = "newest"
    ordering = ("-pk",)

    def reporting(self, incidents: QuerySet[Incident]) -> Q:
        return Q(pk__in=Event.objects.filter(incident__in=incidents.values("pk")).values("article"))

    def narrowed(self, rows: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
        return rows.filter(**{name: asked[name] for name in ("external_id", "url") if asked[name]})

    def written(self, rows: list[Any]) -> list[Any]:
        found = told_articles.by_id([row["id"] for row in rows], Library())
        return [shown.article(row, self.base, with_text=may_see_text(self.request)) for row in found]

    def get_permissions(self) -> Any:
        return [HasScope("write")()] if self.action == "create" else super().get_permissions()

    @pushes.described
    def create(self, request: Request) -> Response:
        """Store an article and let the desk read it; the same one twice is kept once. 201 where it is new, else 200."""
        return pushes.take(request)

    @extend_schema(parameters=[*of_filter(), *of_form(ArticleParameters)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List articles, the last stored first."""
        return super().list(request, *args, **kwargs)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Return one article. One that was erased answers that it is gone."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            if Article.objects.filter(pk=kwargs["pk"]).exists():
                raise Gone(_("It was erased.")) from None
            raise


class Named(List):
    """A list that can be searched by name."""

    class NameParameters(Parameters):
        name = _text("Beginning of the name, in either case.")

    parameters = NameParameters

    def written(self, rows: list[Any]) -> list[Any]:
        return rows

    def narrowed(self, rows: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
        return rows.filter(name__istartswith=asked["name"]) if asked["name"] else rows

    @extend_schema(parameters=[*of_filter(), *of_form(NameParameters)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List them; with any parameter of the filter, those alone that its incidents have."""
        return super().list(request, *args, **kwargs)


@extend_schema(tags=["places"])
class PlaceList(Named):
    """The gazetteer."""

    queryset = Place.objects.values(*fields_of(PlaceShape))
    serializer_class = PlaceShape
    lookup_value_regex = r"[^/\x00]+"
    order_name = "place"

    def reporting(self, incidents: QuerySet[Incident]) -> Q:
        return Q(pk__in=incidents.values("place"))


@extend_schema(tags=["actors"])
class ActorList(Named):
    """Parties."""

    queryset = Actor.objects.values(*fields_of(ActorShape))
    serializer_class = ActorShape

    def reporting(self, incidents: QuerySet[Incident]) -> Q:
        return Q(pk__in=Actor.objects.filter(participations__event__incident__in=incidents.values("pk")).values("pk"))


@extend_schema(tags=["sources"])
class SourceList(Named):
    """Who publishes."""

    queryset = Source.objects.values(*fields_of(SourceShape))
    serializer_class = SourceShape

    def reporting(self, incidents: QuerySet[Incident]) -> Q:
        return Q(pk__in=Event.objects.filter(incident__in=incidents.values("pk")).values("article__source"))
