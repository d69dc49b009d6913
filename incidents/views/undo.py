"""Undoing what people did: one action, or everything an account did in a period; and the history they stand in."""

from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incidents import editing, queue
from incidents.accounts import may_correct
from incidents.models import Action, Incident, Revision
from incidents.pages import acts, history
from incidents.pages.dossier import Dossier
from incidents.roles import Right, has
from incidents.views.account import refused
from incidents.views.review import colleagues, kept


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo one action, exactly; those of others are for lead editors. Leads back to where the editor was."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    action = get_object_or_404(Action, pk=pk)
    try:
        if action.user_id != request.user.pk and not has(request.user, Right.LEAD):
            raise ValidationError(_("Only lead editors undo what others did."))
        if action.kind == Action.Kind.CONFIRM:
            queue.reopen(action.incidents)
        editing.undo(action=action, user=request.user, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, acts.in_words(action.undone_by.latest("pk")))
    return HttpResponseRedirect(_back(request, action))


def _back(request: HttpRequest, action: Action) -> str:
    """Return the address of the page to go on with: the case or the history the editor came from, else the incident."""
    asked = request.GET.get("incident", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    if request.GET.get("to") == "history":
        return reverse("revisions", args=[number])
    number = number if number and number not in _gone(action) else next(iter(action.incidents), 0)
    return reverse("review-case", args=[number]) + (f"?{kept(request)}" if kept(request) else "")


def _gone(action: Action) -> set[int]:
    return set(Incident.objects.filter(pk__in=action.incidents).exclude(merged_into=None).values_list("pk", flat=True))


@require_safe
@never_cache
def revisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with everything people and machine did to the incident, each action with its undo."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    incident = get_object_or_404(Incident.objects.defer("search"), pk=pk)
    dossier = Dossier(incident)
    context = {
        "incident": incident,
        "acts": acts.history(incident, request.user),
        "entries": history.entries(dossier, everything=True),
        "of_colleagues": history.of_others(dossier, request.user),
        "is_lead": has(request.user, Right.LEAD),
    }
    return render(request, "review/revisions.html", context)


@require_POST
def put_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give a field the value it had before the recorded change `number` (a revision's id). Leads back to the history."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    revision = get_object_or_404(Revision.objects.select_related("incident"), pk=number, incident=pk)
    try:
        action = editing.revert_field(revision=revision, user=request.user, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, acts.in_words(action))
    return redirect("revisions", pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo_account(request: HttpRequest) -> HttpResponse:
    """Undo everything an account did in a period, the latest first; what others built on stays and is told. For lead editors."""
    if not isinstance(request.user, User) or not has(request.user, Right.LEAD):
        return refused(request)
    context: dict[str, object] = {"colleagues": colleagues(), "sent": request.POST}
    if request.method != "POST":
        return render(request, "review/undo_account.html", context)
    try:
        account, since, until = _asked(request)
        found = editing.revert_account(
            account=account, since=since, until=until, user=request.user, reason=request.POST.get("reason", "")
        )
    except ValidationError as error:
        return render(request, "review/undo_account.html", context | {"errors": error.messages}, status=422)
    n = len(found.undone)
    messages.success(request, ngettext("%(n)s action was undone.", "%(n)s actions were undone.", n) % {"n": n})
    for action, why in found.refused:
        messages.error(request, f"{acts.in_words(action)}: {why}")
    return redirect("undo-account")


def _asked(request: HttpRequest) -> tuple[User, datetime, datetime | None]:
    who = request.POST.get("account", "")
    account = User.objects.filter(pk=int(who)).first() if who.isdecimal() and len(who) < 10 else None
    if account is None:
        raise ValidationError(_("Choose an account."))
    since, until = _moment(request.POST.get("since", "")), _moment(request.POST.get("until", ""))
    if since is None:
        raise ValidationError(_("Say from when on."))
    if until and until < since:
        raise ValidationError(_("The end lies before the beginning."))
    return account, since, until


def _moment(written: str) -> datetime | None:
    """Return the time of a form's field (UTC), None for an empty one; raises ValidationError for what is no time."""
    if not written:
        return None
    try:
        found = parse_datetime(written)
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(_("“%s” is no time.") % written[:40])
    return found if found.tzinfo else found.replace(tzinfo=UTC)
