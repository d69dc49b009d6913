"""Saved searches: save, look at, rename, be told, delete; the feed of what one was told; the end of its mails."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incidents.alerts import mailing, watching
from incidents.alerts.forms import MOST_WEBHOOKS, AlertForm, SearchForm, WebhookForm
from incidents.desk_address import base_of
from incidents.exports.about import query_of
from incidents.feeds.told import of_search
from incidents.models import SavedSearch
from incidents.views.feeds import Render, as_atom, as_json, conditional

SHOWN = 30  # of what it was told
MOST_SEARCHES = 200  # of one account


def owner_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # login_required lets nobody else in
    return request.user


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def searches(request: HttpRequest) -> HttpResponse:
    """List the account's searches with a form for another, filled with the filter of the query string; a POST saves it."""
    mine = SavedSearch.objects.filter(owner=owner_of(request))
    form = SearchForm(request.POST) if request.method == "POST" else SearchForm(initial={"query": query_of(request.GET)})
    if request.method == "POST" and form.is_valid():
        if mine.count() >= MOST_SEARCHES:
            form.add_error(None, _("At most %s searches: delete one first.") % MOST_SEARCHES)
        else:
            search = SavedSearch.objects.create(owner=owner_of(request), **form.cleaned_data)
            return redirect(search)
    query = form["query"].value() or ""
    context = {"searches": [(one, watching.asked_of(one)) for one in mine], "form": form, "query": query}
    return render(request, "searches/searches.html", context, status=422 if form.errors else 200)


@require_safe
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a search to whoever has its link; to its owner with everything that can be set."""
    return _page(request, get_object_or_404(SavedSearch, slug=slug))


def _page(request: HttpRequest, found: SavedSearch, *, status: int = 200, **forms: object) -> HttpResponse:
    asked = watching.asked_of(found)
    context = {
        "search": found,
        "mine": found.owner_id == request.user.pk,
        "summary": asked.summary(),
        "notices": found.notices.select_related("incident")[:SHOWN],
        "webhooks": found.webhooks.all(),
        "may_add": found.webhooks.count() < MOST_WEBHOOKS,
        "paces": [(value, _(str(text))) for value, text in SavedSearch.Pace.choices],
        "base": base_of(request),
        **forms,
    }
    return render(request, "searches/search.html", context, status=status)


def mine_or_404(request: HttpRequest, slug: str) -> SavedSearch:
    return get_object_or_404(SavedSearch, slug=slug, owner=owner_of(request))


@login_required
@require_POST
def rename_search(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a search another name or filter; a watched one starts anew with what is inside now."""
    found = mine_or_404(request, slug)
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, rename=form)
    changed = found.query != form.cleaned_data["query"]
    found.name, found.query = form.cleaned_data["name"], form.cleaned_data["query"]
    found.save(update_fields=["name", "query"])
    if changed and found.watched:
        _watch(request, found)
    return redirect(found)


@login_required
@require_POST
def set_alerts(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose how to be told. A search is watched while somebody wants to know."""
    found = mine_or_404(request, slug)
    form = AlertForm(request.POST, email=owner_of(request).email)
    if not form.is_valid():
        return _page(request, found, status=422, alerts=form)
    pace = form.cleaned_data["pace"]
    if pace != found.pace:
        last = found.notices.values_list("pk", flat=True).first() or 0
        first = timezone.now() + mailing.PAUSES.get(SavedSearch.Pace(pace), mailing.PAUSES[SavedSearch.Pace.ONCE])
        found.pace, found.mailed_through, found.mail_due_at = pace, max(last, found.mailed_through), first
        found.save(update_fields=["pace", "mailed_through", "mail_due_at"])
    wanted = bool(pace or form.cleaned_data["watched"] or found.webhooks.exists())
    if wanted and not found.watched:
        _watch(request, found)
    elif found.watched and not wanted:
        watching.stop(found)
    return redirect(found)


def _watch(request: HttpRequest, found: SavedSearch) -> bool:
    try:
        watching.start(found)
    except watching.TooWide:
        watching.stop(found)
        words = _("More than %s incidents stand under this filter: narrow it, or follow the change log instead.")
        messages.error(request, words % f"{watching.MOST_HELD:,}")
        return False
    return True


@login_required
@require_POST
def add_webhook(request: HttpRequest, slug: str) -> HttpResponse:
    """Post what the search is told to an address."""
    found = mine_or_404(request, slug)
    form = WebhookForm(request.POST)
    if form.is_valid() and found.webhooks.count() >= MOST_WEBHOOKS:
        form.add_error("url", _("At most %s webhooks for one search.") % MOST_WEBHOOKS)
    if not form.is_valid():
        return _page(request, found, status=422, hook_form=form)
    if not found.watched and not _watch(request, found):
        return redirect(found)
    return redirect("webhook", found.webhooks.create(url=form.cleaned_data["url"]).pk)


@login_required
@require_POST
def delete_search(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete a search with its alerts."""
    found = mine_or_404(request, slug)
    found.delete()
    messages.success(request, _("“%s” is deleted.") % found.name)
    return redirect("searches")


@require_safe
def search_atom(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with what a search was told, as Atom."""
    return _told(request, slug, as_atom)


@require_safe
def search_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with what a search was told, as JSON Feed."""
    return _told(request, slug, as_json)


def _told(request: HttpRequest, slug: str, render_feed: Render) -> HttpResponse:
    found = get_object_or_404(SavedSearch, slug=slug)
    base = base_of(request)
    last = found.notices.values_list("pk", flat=True).first()
    return conditional(request, f"{last}-{found.name}", lambda: render_feed(of_search(found, base, f"{base}{request.path}")))


@login_not_required
@csrf_exempt  # a mail program's one click comes from nowhere; the signed link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponseBase:
    """End a search's mails by its link (RFC 8058). Opening it shows a button: programs that look ahead must not end anything."""
    found = mailing.search_of(token)
    if found is None:
        return render(request, "searches/unsubscribe.html", {"search": None}, status=404)
    if request.method == "POST" and found.pace:
        found.pace = SavedSearch.Pace.OFF
        found.save(update_fields=["pace"])
    return render(request, "searches/unsubscribe.html", {"search": found, "again": reverse("searches")})
