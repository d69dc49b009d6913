"""A person's own account: who they are here, and where they are signed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from incidents import sessions
from incidents.devices import device
from incidents.models import SignedIn
from incidents.roles import Role

ROLES = {
    Role.READER: gettext_noop("reader"),
    Role.API_CLIENT: gettext_noop("API client"),
    Role.EDITOR: gettext_noop("editor"),
    Role.LEAD: gettext_noop("lead editor"),
    Role.ADMINISTRATOR: gettext_noop("administrator"),
}


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show name, roles and sessions."""
    user = signed_in(request)
    rows = [_shown(row, request) for row in sessions.live(user)]
    return render(request, "account/account.html", {"roles": roles_of(user), "sessions": rows})


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one session of the account; one's own is signed out as with the button."""
    row = get_object_or_404(SignedIn, pk=pk, user=signed_in(request))
    sessions.end([row])
    messages.success(request, _("That session is ended: it has to sign in again."))
    return redirect("account")


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End every session of the account but this one."""
    user = signed_in(request)
    others = [row for row in sessions.live(user) if row.session_key != request.session.session_key]
    sessions.end(others)
    words = ngettext("%(n)s other session is ended.", "%(n)s other sessions are ended.", len(others)) % {"n": len(others)}
    messages.success(request, words)
    return redirect("account")


def signed_in(request: HttpRequest) -> User:
    """Return the account behind a request that `login_required` let in."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


def roles_of(user: User) -> list[str]:
    """Return the names of the account's roles in words."""
    groups = set(user.groups.values_list("name", flat=True))
    held = [role for role in ROLES if role.value in groups or (role is Role.ADMINISTRATOR and user.is_superuser)]
    return [_(ROLES[role]) for role in held or [Role.READER]]


def _shown(row: SignedIn, request: HttpRequest) -> dict[str, Any]:
    browser, system = device(row.agent)
    words = _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if browser and system else browser or system
    return {
        "row": row,
        "device": words or _("a device that does not say what it is"),
        "here": row.session_key == request.session.session_key,
    }
