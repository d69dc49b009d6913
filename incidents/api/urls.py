"""Addresses of the API; config/urls.py includes them below /api/."""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from incidents.api import aggregates, claims, event_writing, follow, states, views, writing
from incidents.api.docs import Schema, docs
from incidents.api.errors import not_found
from incidents.api.export import Export
from incidents.api.problems import problems
from incidents.api.root import Root
from incidents.importmap import allow_import_map

app_name = "api"
router = SimpleRouter()
router.register("incidents", views.IncidentList, basename="incidents")
router.register("events", views.EventList, basename="events")
router.register("counts", claims.CountList, basename="counts")
router.register("claims", claims.ClaimList, basename="claims")
router.register("articles", views.ArticleList, basename="articles")
router.register("places", views.PlaceList, basename="places")
router.register("actors", views.ActorList, basename="actors")
router.register("sources", views.SourceList, basename="sources")

version_1 = [
    path("", Root.as_view(), name="root"),
    *router.urls,
    path("cells/", aggregates.Cells.as_view(), name="cells"),
    path("timeline/", aggregates.Timeline.as_view(), name="timeline"),
    path("facets/", aggregates.Facets.as_view(), name="facets"),
    path("changes/", follow.ChangeLog.as_view(), name="changes"),
    path("changes/stream/", follow.ChangeStream.as_view(), name="changes-stream"),
    path("incidents/<int:pk>/corrections/", writing.Corrections.as_view(), name="corrections"),
    path("incidents/<int:pk>/merge/", writing.Merging.as_view(), name="merge"),
    path("incidents/<int:pk>/split/", writing.Splitting.as_view(), name="split"),
    path("incidents/<int:pk>/confirm/", states.Confirming.as_view(), name="confirm"),
    path("incidents/<int:pk>/delete/", states.Deleting.as_view(), name="delete"),
    path("incidents/<int:pk>/restore/", states.Restoring.as_view(), name="restore"),
    path("events/<int:pk>/corrections/", event_writing.EventCorrections.as_view(), name="event-corrections"),
    path("events/<int:pk>/reject/", event_writing.EventRejection.as_view(), name="event-rejection"),
    path("corrections/<int:pk>/take-back/", writing.TakeBack.as_view(), name="take-back"),
    path("actions/<int:pk>/undo/", writing.Undoing.as_view(), name="undo"),
    path("export/<slug:name>/", Export.as_view(), name="export"),
    path("schema/", Schema.as_view(), name="schema"),
]
urlpatterns = [
    path("v1/", include(version_1)),
    path("docs/", docs, name="docs"),
    path("problems/", allow_import_map(problems), name="problems"),
    re_path("", not_found, name="nothing"),
]
