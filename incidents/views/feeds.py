"""Feeds of any filter."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from incidents.desk_address import base_of
from incidents.exports.about import query_of
from incidents.exports.rows import licence
from incidents.feeds import formats
from incidents.feeds.entries import Feed, of_filter
from incidents.filters import IncidentFilter
from incidents.pages.changed import last_number

Render = Callable[[Feed], HttpResponse]


def as_atom(feed: Feed) -> HttpResponse:
    return HttpResponse(formats.atom(feed), content_type=formats.ATOM_TYPE)


def as_json(feed: Feed) -> HttpResponse:
    return JsonResponse(formats.json_feed(feed), content_type=formats.JSON_TYPE, json_dumps_params={"ensure_ascii": False})


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """Answer with what changed last under the filter, as Atom."""
    return _of_filter(request, as_atom)


@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    """Answer with what changed last under the filter, as JSON Feed."""
    return _of_filter(request, as_json)


def _of_filter(request: HttpRequest, render: Render) -> HttpResponse:
    asked = IncidentFilter(request.GET)
    if asked.errors or asked.unknown:  # a reader would fill with what nobody asked for
        reasons = [f"{name}: {reason}" for name, found in asked.errors.items() for reason in found]
        reasons += [asked.notice()] if asked.unknown else []
        return HttpResponse("\n".join(reasons), status=400, content_type="text/plain; charset=utf-8")
    base, query = base_of(request), query_of(asked.query)
    ending = f"?{query}" if query else ""

    def feed() -> Feed:
        return of_filter(asked, base, f"{base}{request.path}{ending}", f"{base}{reverse('desk')}{ending}")

    return conditional(request, f"{last_number()}-{query}", lambda: render(feed()))


def conditional(request: HttpRequest, state: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer "not modified" where the reader has this state already; `state` is whatever the feed depends on."""
    said = f"{state}-{get_language()}-{licence()}-{base_of(request)}-{request.path}"
    etag = f'W/"{hashlib.sha256(said.encode()).hexdigest()[:24]}"'
    response: HttpResponse = get_conditional_response(request, etag=etag) or answer()
    response.headers["ETag"] = etag
    patch_cache_control(response, no_cache=True)
    return response
