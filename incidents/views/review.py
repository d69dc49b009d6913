"""The review queue: what waits, the next case, and the page on which it is worked on."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from incidents import queue, waiting
from incidents.accounts import may_correct
from incidents.filters import IncidentFilter
from incidents.filters.words import sentence
from incidents.forms import FieldForm
from incidents.models import Incident, ReviewCase
from incidents.pages import acts, history
from incidents.pages import queue as rows_of
from incidents.pages.case import Case, places_of
from incidents.report_forms import ADDED, AddForm
from incidents.roles import Role
from incidents.views.account import refused

PAGE = 40


@require_safe
@never_cache
def review(request: HttpRequest) -> HttpResponse:
    """Answer with what waits under the filter, the most valuable first, and how many wait for each reason."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    asked, reason = IncidentFilter(request.GET, also=rows_of.OWN), rows_of.asked_reason(request.GET)
    found = waiting.Waiting(asked, reason)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = _queue(request, asked, reason, found) | {
        "page": page,
        "rows": rows_of.rows(page, request.user),
        "colleagues": colleagues(),
    }
    return render(request, "review/queue.html", context)


@require_safe
@never_cache
def next_case(request: HttpRequest) -> HttpResponse:
    """Take the next case and lead to it. Asking again leads to the same one: who comes back finds what they had."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    asked, reason = IncidentFilter(request.GET, also=rows_of.OWN), rows_of.asked_reason(request.GET)
    case = waiting.take_next(request.user, asked, reason)
    address = reverse("review-case", args=[case.pk]) if case else reverse("review")
    return redirect(f"{address}?{kept(request)}" if kept(request) else address)


@require_safe
@never_cache
def review_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with one incident to work on; opening it takes it, unless a colleague has it, which the page says."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    incident = get_object_or_404(Incident.objects.select_related("place").defer("search"), pk=pk)
    if incident.merged_into_id:
        return redirect("review-case", pk=incident.merged_into_id)
    return show_case(request, incident, request.user)


def show_case(
    request: HttpRequest,
    incident: Incident,
    user: User,
    *,
    bound: Mapping[str, FieldForm] | None = None,
    added: Mapping[str, AddForm] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Render the page of one incident; `bound` holds forms that were sent and not accepted."""
    row = ReviewCase.objects.select_related("taken_by", "assigned_to").filter(pk=incident.pk).first()
    mine = row is None or not row.is_open or queue.take(row, user)
    case = Case(incident, row, bound, more["conflict"].field if "conflict" in more else "")
    reading, number, articles = case.reading(request.GET.get("article", ""))
    asked, reason = IncidentFilter(request.GET, also=rows_of.OWN), rows_of.asked_reason(request.GET)
    found = waiting.Waiting(asked, reason)
    context = _queue(request, asked, reason, found) | {
        "incident": incident,
        "case": case,
        "row": row,
        "holder": None if mine or row is None else row.taken_by,
        "rows": rows_of.rows(found[: rows_of.BESIDE], user),
        "reading": reading,
        "article_number": number,
        "articles": articles,
        "beside": case.beside(number),
        "places": places_of(case),
        "colleagues": colleagues(),
        "facts": rows_of.facts(incident),
        "adds": {what: form(auto_id=f"add-{what}-%s") for what, form in ADDED.items()} | dict(added or {}),
        "reading_event": case.event_of(reading),
        "last": acts.last(user, incident),
        "of_colleagues": history.of_others(case.dossier, user),
        "rivals": Incident.objects.visible().filter(pk__in=case.duplicates).defer("search"),
    }
    return render(request, "review/case.html", context | more, status=status)


def kept(request: HttpRequest) -> str:
    """Return the query string that goes from one case to the next: the filter and the reason, not the article."""
    query = request.GET.copy()
    for name in ("article", "page"):
        query.pop(name, None)
    return query.urlencode(safe=",")


def colleagues() -> list[User]:
    """Return the people who may be asked to look at something."""
    members = User.objects.filter(is_active=True, groups__name__in=[Role.EDITOR, Role.LEAD]).distinct()
    return list(members.order_by("first_name", "username"))


def _queue(request: HttpRequest, asked: IncidentFilter, reason: str, found: waiting.Waiting) -> dict[str, Any]:
    return {
        "asked": asked,
        "sentence": sentence(asked.asked) if asked.chips() else _("all incidents"),
        "chips": asked.chips(),
        "notice": asked.notice(),
        "refused": " ".join(asked.errors),
        "reason": reason,
        "reasons": rows_of.reasons(found.by_reason()),
        "left": len(found),
        "kept": kept(request),
    }
