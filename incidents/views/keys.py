"""An account's own API keys: made, shown once, rotated, revoked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from incidents.key_form import LASTS, NAMES, OVERLAPS, KeyForm, RotateForm
from incidents.keys import make, revoke, rotate
from incidents.models import ApiKey
from incidents.views.own_account import signed_in

LISTED = 200


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def api_keys(request: HttpRequest) -> HttpResponse:
    """List the account's keys; a POST makes one and shows it, once."""
    owner = signed_in(request)
    if request.method != "POST":
        return _page(request, KeyForm(owner=owner))
    form = KeyForm(request.POST, owner=owner)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        row, key = make(owner=owner, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, form, status=422)
    return _page(request, KeyForm(owner=owner), made=row, key=key, status=201)


@never_cache
@login_required
@require_POST
def rotate_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a key's successor and show it; the old one works on for as long as was asked."""
    row = get_object_or_404(ApiKey, pk=pk, owner=signed_in(request))
    form = RotateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose for how long the old key works on."))
        return redirect("api-keys")
    try:
        made, key = rotate(row, overlap_hours=form.cleaned_data["overlap"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("api-keys")
    return _page(request, KeyForm(owner=signed_in(request)), made=made, key=key, status=201)


@login_required
@require_POST
def revoke_key(request: HttpRequest, pk: int) -> HttpResponse:
    """End a key at once."""
    row = get_object_or_404(ApiKey, pk=pk, owner=signed_in(request))
    revoke(row)
    messages.success(request, _("The key “%s” is revoked: it opens nothing any more.") % row.name)
    return redirect("api-keys")


def _page(request: HttpRequest, form: KeyForm, *, status: int = 200, made: ApiKey | None = None, key: str = "") -> HttpResponse:
    rows = list(ApiKey.objects.filter(owner=signed_in(request)).select_related("successor")[:LISTED])
    context = {
        "form": form,
        "lasts": LASTS,
        "overlaps": OVERLAPS,
        "made": made,
        "key": key,
        "live": [_shown(row) for row in rows if row.live],
        "dead": [_shown(row) for row in rows if not row.live],
    }
    return render(request, "account/keys.html", context, status=status)


def _shown(row: ApiKey) -> dict[str, Any]:
    return {"row": row, "scopes": [NAMES.get(scope, scope) for scope in row.scopes], "rotated": hasattr(row, "successor")}
