"""Two incidents into one, one into two: each with a preview of what would come of it, one action, and its undo."""

import re

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from incidents import editing
from incidents.accounts import may_correct
from incidents.filters.conditions import text
from incidents.models import Incident
from incidents.pages import comparing
from incidents.pages.dossier import Dossier
from incidents.views.account import refused

FOUND = 12
NUMBER = re.compile(r"\s*(?:I-)?(\d{1,18})\s*", re.IGNORECASE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what merging `?with=` another would give, or help to find it; POST merges. `keep`: the address that stays."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    incident = get_object_or_404(Incident.objects.defer("search"), pk=pk)
    asked = request.POST.get("with") or request.GET.get("with", "")
    try:
        other = _other(incident, asked)
        if other and request.method == "POST":
            return _merge(request, incident, other, request.user)
    except ValidationError as error:
        return _page(request, incident, None, asked, error.messages, status=422)
    return _page(request, incident, other, asked)


def _merge(request: HttpRequest, incident: Incident, other: Incident, user: User) -> HttpResponse:
    keep, gone = _sides(incident, other, request.POST.get("keep", ""))
    versions = _version(request, f"version-{keep.pk}"), _version(request, f"version-{gone.pk}")
    editing.merge(keep=keep, gone=gone, user=user, reason=request.POST.get("reason", ""), expected_versions=versions)
    messages.success(request, _("I-%(gone)s is part of I-%(keep)s now.") % {"gone": gone.pk, "keep": keep.pk})
    return redirect("review-case", pk=keep.pk)


def _other(incident: Incident, asked: str) -> Incident | None:
    """Return the incident that a number names; None for words to search by. Raises ValidationError for what cannot be merged."""
    match = NUMBER.fullmatch(asked)
    if match is None:
        return None
    if int(match[1]) == incident.pk:
        raise ValidationError(_("This is I-%s itself: choose another incident.") % incident.pk)
    other = Incident.objects.filter(pk=int(match[1])).defer("search").first()
    if other is None:
        raise ValidationError(_("There is no incident I-%s.") % match[1])
    for one in (incident, other):
        if one.merged_into_id:
            raise ValidationError(_("I-%(one)s is part of I-%(into)s already.") % {"one": one.pk, "into": one.merged_into_id})
        if one.deleted_at:
            raise ValidationError(_("I-%s was deleted: restore it first.") % one.pk)
    return other


def _page(
    request: HttpRequest,
    incident: Incident,
    other: Incident | None,
    asked: str,
    errors: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    keep, gone = _sides(incident, other, request.GET.get("keep", "")) if other else (incident, None)
    found = comparing.proposal(incident, other) if other else None
    context = {
        "incident": incident,
        "other": other,
        "keep": keep,
        "gone": gone,
        "turned": keep is other,
        "asked": asked,
        "errors": errors or [],
        "rows": comparing.merged(keep, gone) if keep and gone else [],
        "parts": comparing.parts(found),
        "likely": comparing.likely(incident),
        "found": _search(incident, asked) if other is None and not errors else [],
    }
    return render(request, "review/merge.html", context, status=status)


def _search(incident: Incident, asked: str) -> list[Incident]:
    if not asked.strip():
        return []
    rows = Incident.objects.visible().filter(text({"q": asked[:200].replace("\x00", "")})).exclude(pk=incident.pk)
    return list(rows.defer("search")[:FOUND])


def _sides(incident: Incident, other: Incident, keep: str) -> tuple[Incident, Incident]:
    """Return the one that keeps its address and the one that goes: as asked ("this", "other"), else the older one stays."""
    older = "other" if other.pk < incident.pk else "this"
    return (other, incident) if (keep or older) == "other" else (incident, other)


def _version(request: HttpRequest, name: str) -> int | None:
    sent = request.POST.get(name, "")
    return int(sent) if sent.isdecimal() and len(sent) < 19 else None


@require_POST
def not_same(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember that two incidents are not the same; they are never proposed again."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    incident = get_object_or_404(Incident.objects.defer("search"), pk=pk)
    try:
        other = _other(incident, request.POST.get("with", ""))
        if other is None:
            raise ValidationError(_("Say which incident it is not the same as."))
        editing.not_same(one=incident, other=other, user=request.user, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("I-%(one)s and I-%(other)s are not the same.") % {"one": incident.pk, "other": other.pk})
    return redirect("review-case", pk=incident.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would stay and what the reports ticked in `?event=` would make of their own; POST splits them off."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    incident = get_object_or_404(Incident.objects.defer("search"), pk=pk)
    sent = request.POST if request.method == "POST" else request.GET
    chosen = [int(one) for one in sent.getlist("event") if one.isdecimal() and len(one) < 19]
    errors: list[str] = []
    if request.method == "POST":
        try:
            made = editing.split(
                incident=incident,
                events=chosen,
                user=request.user,
                reason=request.POST.get("reason", ""),
                expected_version=_version(request, "version"),
            )
        except ValidationError as error:
            errors = error.messages
        else:
            messages.success(request, _("I-%(new)s was split off.") % {"new": made.incident.pk})
            return redirect("review-case", pk=made.incident.pk)
    dossier = Dossier(incident)
    known = {event.pk for event in dossier.events}
    some = bool(chosen) and set(chosen) < known
    context = {
        "incident": incident,
        "events": [(event, dossier.quote(event, next(iter(event.evidence or []), None))) for event in dossier.events],
        "chosen": chosen,
        "rows": comparing.parted(incident, chosen) if some else [],
        "errors": errors,
    }
    return render(request, "review/split.html", context, status=422 if errors else 200)
