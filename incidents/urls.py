"""The pages' addresses. `page` lets each of them carry the import map."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from incidents.importmap import allow_import_map
from incidents.views.changes import changes, mark_seen
from incidents.views.desk import desk
from incidents.views.labels import labels
from incidents.views.looks import looks


def page(route: str, view: Callable[..., HttpResponseBase], name: str, **kwargs: Any) -> URLPattern:
    """An address that answers with a page in the desk's frame."""
    return path(route, allow_import_map(view), name=name, kwargs=kwargs)


# The desk and what stands around it.
urlpatterns = [
    page("", desk, "desk"),
    page("changes/", changes, "changes"),
    path("changes/seen/", mark_seen, name="mark-seen"),
    path("map/labels/<int:zoom>/<int:x>/<int:y>/", labels, name="map-labels"),
    path("looks/", looks, name="looks"),
]

# One incident, one article, the people who correct them: each block belongs to its pages.
urlpatterns += []
