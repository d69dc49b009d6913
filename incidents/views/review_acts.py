"""What is done with a case: a field set, confirmed, rejected, skipped, assigned. Every answer leads back to a page."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from incidents import editing, queue
from incidents.accounts import may_correct
from incidents.models import Incident, ReviewCase
from incidents.views.account import refused
from incidents.views.correct import set_field
from incidents.views.review import colleagues, kept, show_case


@require_http_methods(["GET", "HEAD", "POST"])
def review_set(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """Set a field of the case to the editor's value; what cannot stand, or was changed meanwhile, comes back as it was typed."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    editor = request.user
    incident = get_object_or_404(Incident.objects.select_related("place").defer("search"), pk=pk)
    if request.method != "POST":
        return HttpResponseRedirect(case_address(request, pk))
    return set_field(
        request,
        incident,
        field,
        editor,
        show=lambda bound, status, more: show_case(request, incident, editor, bound=bound, status=status, **more),
        then=f"{case_address(request, pk)}#field-{field}",
    )


@require_POST
def review_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do one of ACTS with the case and go on to the next; who lacks the right is refused."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    incident = get_object_or_404(Incident.objects.defer("search"), pk=pk)
    case = ReviewCase.objects.filter(pk=pk).first()
    if act not in ACTS:
        raise Http404
    try:
        return ACTS[act](request, incident, case, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(case_address(request, pk))


def _skip(request: HttpRequest, incident: Incident, case: ReviewCase | None, user: User) -> HttpResponse:
    if case:
        queue.skip(case, user)
    return HttpResponseRedirect(_next(request))


@transaction.atomic
def _done(request: HttpRequest, incident: Incident, case: ReviewCase | None, user: User) -> HttpResponse:
    """Confirm the incident as the editor saw it, and close what waited."""
    editing.confirm(incident=incident, user=user, expected_version=_seen(request))
    if case and not queue.done(case, user):
        raise ValidationError(_("A colleague has this one: leave it to them, or ask them for it."))
    return HttpResponseRedirect(_next(request))


def _reject(request: HttpRequest, incident: Incident, case: ReviewCase | None, user: User) -> HttpResponse:
    editing.delete(incident=incident, user=user, reason=request.POST.get("reason", ""), expected_version=_seen(request))
    return HttpResponseRedirect(_next(request))


def _restore(request: HttpRequest, incident: Incident, case: ReviewCase | None, user: User) -> HttpResponse:
    editing.restore(incident=incident, user=user)
    return HttpResponseRedirect(case_address(request, incident.pk))


def _seen(request: HttpRequest) -> int | None:
    """Return the version that the editor looked at, None where the form does not say."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 19 else None


def _assign(request: HttpRequest, incident: Incident, case: ReviewCase | None, user: User) -> HttpResponse:
    asked = request.POST.get("to", "")
    colleague = next((one for one in colleagues() if str(one.pk) == asked), None)
    if case is None or (asked and colleague is None):
        raise ValidationError(_("This can be given to nobody: there is no such colleague, or nothing waits here."))
    queue.assign(case, colleague, user)
    name = colleague and (colleague.get_full_name() or colleague.get_username())
    messages.success(request, _("Given to %(who)s.") % {"who": name} if name else _("Given to nobody: it waits for everyone."))
    return HttpResponseRedirect(reverse("review") + (f"?{kept(request)}" if kept(request) else ""))


ACTS = {"skip": _skip, "done": _done, "reject": _reject, "restore": _restore, "assign": _assign}


def _next(request: HttpRequest) -> str:
    return reverse("review-next") + (f"?{kept(request)}" if kept(request) else "")


def case_address(request: HttpRequest, pk: int) -> str:
    """Return the address of a case with the filter and the article that were open."""
    query = request.GET.urlencode(safe=",")
    return reverse("review-case", args=[pk]) + (f"?{query}" if query else "")
