"""Incidents, events, articles, places, actors and sources: read-only lists under the one filter, and single ones."""

import hashlib
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from geo.models import Place
from incidents.api import geojson, pushes
from incidents.api.base import Api
from incidents.api.bodies import StrictJSON
from incidents.api.errors import Gone
from incidents.api.keys import HasScope, may_see_text
from incidents.api.pagination import IncidentCursor
from incidents.api.parameters import asked_of, narrows, of_filter, of_form, taken
from incidents.api.reports import ArticleShape, EventShape, IncidentDetail
from incidents.api.shapes import ActorShape, PlaceShape, SourceShape
from incidents.api.sparse import INCLUDES, MOST_WITH_INCLUDES, IncludeField, IncludingShape, OneParameters, narrowed, with_reports
from incidents.filters import IncidentFilter
from incidents.follow import log
from incidents.models import Actor, Event, Incident
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
    """A list under the filter; subclasses say how their rows hang on incidents."""

    lookup_value_regex = NUMBER
    parameters: type[forms.Form] = Parameters
    order_name = "id"
    ordering: tuple[str, ...] = ("pk",)

    def get_serializer_context(self) -> dict[str, Any]:
        return dict(super().get_serializer_context()) | {"pages": {}}  # articles cut into sentences once an answer

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        rows = args[0] if args else []
        kwargs["context"] = self.get_serializer_context() | self.more_context(rows if kwargs.get("many") else [rows])
        return narrowed(self.get_serializer_class()(*args, **kwargs), self.wanted())

    def more_context(self, rows: list[Any]) -> dict[str, Any]:
        """Return what the serializer needs to know of these rows."""
        return {}

    def wanted(self) -> list[str]:
        """Return the names in `fields`, none for all."""
        form = OneParameters(self.request.GET) if self.request else None
        return list(form.cleaned_data["fields"]) if form and form.is_valid() else []

    @extend_schema(parameters=of_form(OneParameters))
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Return a single one."""
        taken(request, OneParameters(request.GET))
        return super().retrieve(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()
        return self.chosen(rows) if self.action == "list" else rows

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
            self.add_error("include", f"With includes, a page has at most {MOST_WITH_INCLUDES} rows.")
        if asked.get("fields") and asked.get("format") == "geojson":
            self.add_error("fields", "GeoJSON comes whole.")
        return asked


@extend_schema(tags=["incidents"])
class IncidentList(List):
    """Real-world happenings."""

    queryset = Incident.objects.visible().defer("search")
    serializer_class = IncludingShape
    parameters = IncidentParameters
    pagination_class = IncidentCursor
    asked: IncidentFilter

    def get_serializer_class(self) -> Any:
        return IncidentDetail if self.action == "retrieve" else IncludingShape

    def more_context(self, rows: list[Any]) -> dict[str, Any]:
        if self.action != "list" or not self.request:
            return {}
        include = IncludeField(required=False).clean(self.request.GET.get("include", ""))
        return with_reports(rows, include) | {"may_see_text": may_see_text(self.request)}

    def chosen(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        extra = self.parameters(self.request.GET)
        self.asked = asked_of(self.request, extra)
        return rows

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

    @extend_schema(parameters=of_form(OneParameters))
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Return one incident with its claims and events. One that was merged answers with a permanent redirect."""
        taken(request, OneParameters(request.GET))
        incident = Incident.objects.defer("search").filter(pk=kwargs["pk"]).first()
        if incident is None:
            raise Http404
        if incident.merged_into_id is not None:
            return HttpResponsePermanentRedirect(reverse("api:incidents-detail", args=[incident.merged_into_id]))
        if incident.deleted_at is not None:
            raise Gone(f"It was deleted: {incident.deleted_reason}." if incident.deleted_reason else "It was deleted.")
        response = Response(self.get_serializer(incident).data)
        response.add_post_render_callback(lambda whole: etagged(whole, incident.version))
        return response


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

    queryset = Event.objects.select_related("article").prefetch_related("counts__event__article", "participations__actor")
    serializer_class = EventShape
    parameters = EventParameters

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
    queryset = (
        Article.objects.filter(purged_at=None)
        .select_related("source")
        .prefetch_related("events__incident")
        .defer("bands", "toponyms")
    )
    serializer_class = ArticleShape
    parameters = ArticleParameters
    order_name = "newest"
    ordering = ("-pk",)

    def reporting(self, incidents: QuerySet[Incident]) -> Q:
        return Q(pk__in=Event.objects.filter(incident__in=incidents.values("pk")).values("article"))

    def narrowed(self, rows: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
        return rows.filter(**{name: asked[name] for name in ("external_id", "url") if asked[name]})

    def get_serializer_context(self) -> dict[str, Any]:
        return dict(super().get_serializer_context()) | {"may_see_text": may_see_text(self.request)}

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
        if Article.objects.filter(pk=kwargs["pk"]).exclude(purged_at=None).exists():
            raise Gone("It was erased.")
        return super().retrieve(request, *args, **kwargs)


class Named(List):
    """A list that can be searched by name."""

    class NameParameters(Parameters):
        name = _text("Beginning of the name, in either case.")

    parameters = NameParameters

    def narrowed(self, rows: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
        return rows.filter(name__istartswith=asked["name"]) if asked["name"] else rows

    @extend_schema(parameters=[*of_filter(), *of_form(NameParameters)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List them; with any parameter of the filter, those alone that its incidents have."""
        return super().list(request, *args, **kwargs)


@extend_schema(tags=["places"])
class PlaceList(Named):
    """The gazetteer."""

    queryset = Place.objects.all()
    serializer_class = PlaceShape
    lookup_value_regex = "[^/]+"
    order_name = "place"

    def reporting(self, incidents: QuerySet[Incident]) -> Q:
        return Q(pk__in=incidents.values("place"))


@extend_schema(tags=["actors"])
class ActorList(Named):
    """Parties."""

    queryset = Actor.objects.all()
    serializer_class = ActorShape

    def reporting(self, incidents: QuerySet[Incident]) -> Q:
        return Q(pk__in=Actor.objects.filter(participations__event__incident__in=incidents.values("pk")).values("pk"))


@extend_schema(tags=["sources"])
class SourceList(Named):
    """Who publishes."""

    queryset = Source.objects.all()
    serializer_class = SourceShape

    def reporting(self, incidents: QuerySet[Incident]) -> Q:
        return Q(pk__in=Event.objects.filter(incident__in=incidents.values("pk")).values("article__source"))
