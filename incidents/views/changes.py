"""What changed since a time."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from incidents.filters import IncidentFilter
from incidents.filters.words import sentence
from incidents.models import Change
from incidents.pages import changed
from incidents.pages.changelist import SIZE, entries, moment, usual
from incidents.visits import last_visit
from incidents.visits import mark_seen as mark

OWN = ("after", "kind", "before")


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Answer with the incidents that came or changed after a time: the reader's last visit, where there is anything since."""
    visit = last_visit(request)
    asked = IncidentFilter(request.GET, also=OWN)
    start = usual(visit, asked)
    after, wrong = moment(request.GET.get("after", ""), start.at)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Change.Kind.values else ""
    before = request.GET.get("before", "")
    found = entries(after, kind=kind, before=int(before) if before.isdecimal() and len(before) < 19 else None, asked=asked)
    context = {
        "after": after,
        "why": start.why if after == start.at else "",
        "sentence": sentence(asked.asked) if asked.chips() else "",
        "wrong": wrong,
        "visit": visit,
        "kind": kind,
        "kinds": [(value, _(str(text))) for value, text in Change.Kind.choices],
        "asked": asked,
        "notice": asked.notice(),
        "counts": changed.counts(after, asked),
        "entries": found[:SIZE],
        "next": found[SIZE - 1].last if len(found) > SIZE else None,
    }
    return render(request, "changes/changes.html", context)


@require_safe
@never_cache
def news(request: HttpRequest) -> HttpResponse:
    """Answer `{"new", "changed"}`: how many incidents came and changed under the filter after the change number `number`."""
    asked = IncidentFilter(request.GET, also=("number",))
    number = request.GET.get("number", "")
    if not (number.isdecimal() and len(number) < 19):
        return JsonResponse({"error": _("“number” must be a number of the change log.")}, status=400)
    return JsonResponse(changed.after_number(int(number), asked))


@require_POST
def mark_seen(request: HttpRequest) -> HttpResponse:
    """Keep that the reader has seen everything up to now, and go back to where they were."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    mark(request, response)
    return response
