"""Correcting one field of an incident, and taking a correction back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from incidents import changes, editing
from incidents.accounts import may_correct
from incidents.forms import FORMS, FieldForm, PlaceForm
from incidents.models import Incident, Override
from incidents.pages import fields, history, words
from incidents.pages.dossier import Dossier
from incidents.views.account import refused
from incidents.views.incident import show as show_incident

Show = Callable[[Mapping[str, FieldForm], int, dict[str, Any]], HttpResponse]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What a field became while an editor had it open: the value now, who set it, and what the editor entered."""

    field: str
    now: str
    who: str
    mine: str


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """Set a field to the editor's value. What cannot stand, or was changed meanwhile, comes back with what was typed."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    incident = get_object_or_404(Incident.objects.select_related("place"), pk=pk)
    if request.method != "POST" and field in FORMS:
        return redirect(_at(incident, field))
    return set_field(
        request,
        incident,
        field,
        request.user,
        show=lambda bound, status, more: show_incident(request, incident, bound=bound, status=status, **more),
        then=_at(incident, field),
    )


def set_field(request: HttpRequest, incident: Incident, field: str, editor: User, *, show: Show, then: str) -> HttpResponse:
    """Set the field from the form that was sent and go on to `then`; `show` renders the page again with what was refused."""
    if field not in FORMS:
        raise Http404
    form = fields.new_form(incident, field, request.POST)
    if not form.is_valid():
        return show({field: form}, 422, {})
    try:
        if not _saved(incident, field, form, editor):
            again, conflict = _conflict(request, incident, field, form)
            return show({field: again}, 409, {"conflict": conflict})
    except ValidationError as error:
        form.add_error(None, error)
        return show({field: form}, 422, {})
    messages.success(request, _("Saved. It stands through every new reading until it is undone."), extra_tags=f"saved {field}")
    return HttpResponseRedirect(then)


@transaction.atomic
def _saved(incident: Incident, field: str, form: FieldForm, editor: User) -> bool:
    """Save the value unless the field is no longer what the editor saw."""
    changes.hold(changes.LOCK)  # from here on nobody else changes it
    incident.refresh_from_db()
    if form.saw() != fields.current(incident, field):
        return False
    reason, shown = form.cleaned_data["reason"], form.shown()
    value = form.value()
    if isinstance(form, PlaceForm) and (point := form.to_keep()):
        value = {"place_id": editing.add_place(**point).pk, "precision": value["precision"], "radius_km": value["radius_km"]}
    editing.correct(incident=incident, field=field, value=value, user=editor, reason=reason, evidence=shown)
    return True


def _conflict(request: HttpRequest, incident: Incident, field: str, form: FieldForm) -> tuple[FieldForm, Conflict]:
    """Return both values, and the form that now knows the new one: sent again, it sets the editor's over it."""
    data = request.POST.copy()
    data["seen"] = json.dumps(fields.current(incident, field), sort_keys=True)
    again = fields.new_form(incident, field, data)
    again.is_valid()
    dossier = Dossier(incident)
    last = next((entry for entry in history.entries(dossier) if entry.revision.field == field), None)
    entered = str(form.found) if isinstance(form, PlaceForm) and form.found else history.in_words(field, form.value())
    mine = entered or _(words.NOT_KNOWN if field == "date" else words.NOT_STATED)
    return again, Conflict(field, fields.in_words(dossier, field), last.who if last else "", mine)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a correction: the field follows the reports again. Doing it twice does no more."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    override = get_object_or_404(Override.objects.select_related("incident"), pk=pk)
    try:
        editing.take_back(override=override, user=request.user, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Undone. The field follows its reports again; the correction stays in the history."))
    if request.GET.get("to") == "review":
        return redirect("review-case", pk=override.incident_id)
    return HttpResponseRedirect(_at(override.incident, override.field))


def _at(incident: Incident, field: str) -> str:
    return f"{incident.get_absolute_url()}#field-{field}"
