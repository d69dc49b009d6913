"""What an editor adds to a case or takes from it: parties, statements, reports, a day of publication; an incident by hand."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from incidents import editing
from incidents.accounts import may_correct
from incidents.editing.evidence import checked_evidence
from incidents.models import Count, Event, Incident
from incidents.report_forms import ADDED, AddForm, IncidentForm, PublishedForm
from incidents.views.account import refused
from incidents.views.review import show_case
from incidents.views.review_acts import case_address
from sources.models import Article

Json = dict[str, Any]
STATED = (
    "outcome", "low", "best", "high", "quantifier", "who", "who_class", "claimant", "part_of_whole", "supersedes", "cumulative",
    "further", "replaced",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def review_add(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Add a party, a statement or a report; what cannot stand comes back as it was typed, with the reason."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    incident = get_object_or_404(Incident.objects.select_related("place").defer("search"), pk=pk)
    if what not in ADDED:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(case_address(request, pk))
    form = ADDED[what](request.POST, auto_id=f"add-{what}-%s")
    if form.is_valid():
        try:
            checked_evidence([shown] if (shown := form.shown()) else [])
            went_to = ADDING[what](request, incident, form, request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Added. It can be undone below."), extra_tags=f"saved {what}")
            return HttpResponseRedirect(case_address(request, went_to))
    return show_case(request, incident, request.user, added={what: form}, status=422)


def _add_actor(request: HttpRequest, incident: Incident, form: AddForm, user: User) -> int:
    known = [{"name": one["name"], "role": one["role"]} for one in incident.actors]
    new = {"name": form.cleaned_data["name"], "role": form.cleaned_data["role"]}
    shown = [found] if (found := form.shown()) else []
    editing.correct(
        incident=incident, field="actors", value=[*known, new], user=user, reason=form.cleaned_data["reason"], evidence=shown
    )
    return incident.pk


def _add_count(request: HttpRequest, incident: Incident, form: AddForm, user: User) -> int:
    """Add the statement to the report of the article whose words show it, else of the article that was being read."""
    shown = form.shown() or {}
    number = _number(shown.get("article") or request.POST.get("article"))
    event = incident.events.filter(article=number).order_by("ordinal").first()
    if event is None:
        raise ValidationError(_("No article is open that reports this incident: nobody states the number."))
    values = {name: form.cleaned_data[name] for name in ("outcome", "low", "best", "high", "who", "claimant")}
    located = {key: shown[key] for key in ("span", "in") if key in shown}
    editing.correct_event(
        event=event, values={"counts": [*statements(event), values | located]}, user=user, reason=form.cleaned_data["reason"]
    )
    return incident.pk


def _add_event(request: HttpRequest, incident: Incident, form: AddForm, user: User) -> int:
    shown = form.shown() or {}
    article = Article.objects.filter(pk=_number(shown.get("article"))).first()
    if article is None:
        raise ValidationError(_("There is no such article (any more)."))
    span, in_title = shown.get("span") or [], shown.get("in") == "title"
    made = editing.add_event(
        article=article,
        span=span,
        values={"type": form.cleaned_data["type"]},
        user=user,
        reason=form.cleaned_data["reason"],
        in_title=in_title,
    )
    return made.event.incident_id or incident.pk


ADDING = {"actor": _add_actor, "count": _add_count, "event": _add_event}


@require_http_methods(["POST"])
def review_drop(request: HttpRequest, pk: int, what: str, number: int) -> HttpResponse:
    """Take away a party (by its place in the list), a statement or a report (by id); each can be undone."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    incident = get_object_or_404(Incident.objects.defer("search"), pk=pk)
    if what not in DROPPING:
        raise Http404
    try:
        DROPPING[what](incident, number, request.user, request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return HttpResponseRedirect(case_address(request, pk))


def _drop_actor(incident: Incident, number: int, user: User, reason: str) -> None:
    known = [{"name": one["name"], "role": one["role"], "actor": one["actor"]} for one in incident.actors]
    left = [{"name": one["name"], "role": one["role"]} for place, one in enumerate(known) if place != number]
    if len(left) == len(known):
        raise ValidationError(_("This party is not there any more."))
    editing.correct(incident=incident, field="actors", value=left, user=user, reason=reason)


def _drop_count(incident: Incident, number: int, user: User, reason: str) -> None:
    count = Count.objects.select_related("event").filter(pk=number, event__incident=incident).first()
    if count is None:
        raise ValidationError(_("This statement is not there any more: its article was read anew."))
    left = statements(count.event, without=count.pk)
    editing.correct_event(event=count.event, values={"counts": left}, user=user, reason=reason)


def _drop_event(incident: Incident, number: int, user: User, reason: str) -> None:
    event = incident.events.filter(pk=number).first()
    if event is None:
        raise ValidationError(_("This report is not there any more: its article was read anew."))
    editing.reject_event(event=event, user=user, reason=reason)


DROPPING = {"actor": _drop_actor, "count": _drop_count, "event": _drop_event}


def statements(event: Event, without: int | None = None) -> list[Json]:
    """Return a report's statements as `editing.correct_event` takes them."""
    rows = event.counts.exclude(pk=without) if without else event.counts.all()
    return [{name: getattr(row, name) for name in STATED} | _located(row.span) for row in rows]


def _number(given: object) -> int:
    """Return the id that a form names, 0 (which no row has) for what is none."""
    text = str(given or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _located(span: Any) -> Json:
    known = span if isinstance(span, dict) and span.get("span") else {}
    return {key: known[key] for key in ("span", "in") if key in known}


@require_http_methods(["POST"])
def review_published(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an article its day of publication and read it again: "on Thursday" has a date then."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    incident = get_object_or_404(Incident.objects.select_related("place").defer("search"), pk=pk)
    form = PublishedForm(request.POST)
    number = _number(form.data.get("article"))
    article = Article.objects.filter(pk=number, events__incident=pk).first() if form.is_valid() else None
    if article is None:
        return show_case(request, incident, request.user, published=form, status=422)
    try:
        editing.date_article(article=article, day=form.cleaned_data["day"], user=request.user)
    except ValidationError as error:
        form.add_error("day", error)
        return show_case(request, incident, request.user, published=form, status=422)
    messages.success(request, _("Read again with its day of publication. It can be undone below."))
    event = Event.objects.filter(article=article).exclude(incident=None).order_by("ordinal").first()
    return HttpResponseRedirect(case_address(request, event.incident_id if event and event.incident_id else pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_incident(request: HttpRequest) -> HttpResponse:
    """Begin an incident that no article reports; its page takes the rest."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    form = IncidentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = editing.add_incident(values={"type": form.cleaned_data["type"]}, user=request.user, reason=reason)
        return redirect("review-case", pk=made.incident.pk)
    return render(request, "review/add_incident.html", {"form": form}, status=422 if form.is_bound else 200)
