"""What changed since a time."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from incidents.visits import mark_seen as mark


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    return render(request, "changes/changes.html", {})


@require_POST
def mark_seen(request: HttpRequest) -> HttpResponse:
    """The reader has seen everything up to now; go back to where they were."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    mark(request, response)
    return response
