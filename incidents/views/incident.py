"""One incident: what happened, who says so, and how the desk knows."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from incidents.accounts import may_correct
from incidents.filters import IncidentFilter
from incidents.forms import FieldForm
from incidents.models import Incident
from incidents.pages import (
    along,
    changed,
    claims,
    facts,
    fields,
    history,
    neighbours,
    origins,
    parties,
    standfirst,
    toll_said,
    whereabouts,
    words,
)
from incidents.pages.dossier import Dossier

SHOWN_ORIGINS = 8


def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the incident. A merged one leads to the one it became part of, for ever; an unknown one to what may help."""
    number = changed.last_number()  # before anything is read: what comes meanwhile is announced, not missed
    found = Incident.objects.filter(pk=pk).select_related("place").first()
    if found is None:
        return render(request, "incident/missing.html", {"number": f"I-{pk}"}, status=404)
    if found.merged_into_id:
        return HttpResponsePermanentRedirect(_last_of(found).get_absolute_url())
    if found.purged_at or (found.deleted_at and not may_correct(request.user)):
        return render(request, "incident/missing.html", {"number": found.number, "deleted": found.deleted_at}, status=410)
    return show(request, found, number=number)


def show(
    request: HttpRequest,
    found: Incident,
    *,
    number: int | None = None,
    bound: Mapping[str, FieldForm] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Render the page as of a change number; `bound` holds forms that were sent and not accepted."""
    dossier = Dossier(found)
    editing = may_correct(request.user)
    rows = origins.origins(dossier)
    asked = IncidentFilter(request.GET, also=along.OWN)
    shown = len(rows) if request.GET.get("origins") == "all" else SHOWN_ORIGINS
    context = {
        "incident": found,
        "number": changed.last_number() if number is None else number,
        "type_name": words.noun(found.type),
        "dossier": dossier,
        "standfirst": standfirst.standfirst(dossier),
        "facts": facts.facts(dossier),
        "sure": facts.sureness(dossier),
        "groups": claims.groups(dossier, everything=request.GET.get("claims") == "all"),
        "toll": toll_said.toll(dossier),
        "actors": parties.parties(dossier),
        "shown_origins": rows[:shown],
        "hidden_origins": len(rows[shown:]),
        "fields": fields.rows(dossier, with_forms=editing, bound=bound),
        "history": history.entries(dossier, everything=request.GET.get("history") == "all"),
        "near": neighbours.near(found),
        "passing": neighbours.in_passing(dossier),
        "locator": whereabouts.locator(found),
        "where": whereabouts.in_words(dossier),
        "tiles": settings.TILE_URL,
        "permalink": request.build_absolute_uri(found.get_absolute_url()),
        "along": along.along(found, asked),
        "notice": asked.notice(),
        "may_correct": editing,
        "of_colleagues": history.of_others(dossier, request.user) if isinstance(request.user, User) else (),
        "json_url": api_address("api:incidents-detail", found.pk),
    }
    return render(request, "incident/incident.html", context | more, status=status)


def _last_of(found: Incident) -> Incident:
    """Follow merges to the incident that stands; a ring, which should not be, ends where it closes."""
    seen = {found.pk}
    while found.merged_into and found.merged_into_id not in seen:
        found = found.merged_into
        seen.add(found.pk)
    return found


def api_address(name: str, pk: int) -> str:
    """Return the address of the same thing as JSON, "" where this installation serves none."""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""
