"""The gazetteer for the search box of editors."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from incidents import place_search
from incidents.accounts import may_correct

LONGEST = 120


@require_safe
@cache_control(private=True, max_age=60)
def places(request: HttpRequest) -> HttpResponse:
    """Answer `{"places": [{"id", "name", "kind", "country", "around", "population", "lat", "lon"}, …]}` for `?q=`, best first."""
    if not may_correct(request.user):
        return JsonResponse({"error": _("Sign in as an editor.")}, status=403)
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    found = place_search.suggested(text) if len(text) > 1 else []
    return JsonResponse({"places": [place_search.as_json(place) for place in found]})
