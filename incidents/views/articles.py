"""All articles: where each comes from, how far it has got, and why one was refused or failed."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from incidents.filters.unknown import passed_over
from incidents.models import Event
from sources.models import Article, Source

PAGE = 50
DEFERRED = ("text", "bands", "toponyms")


def articles(request: HttpRequest) -> HttpResponse:
    """List the articles, newest first. `?state=`, `?source=` and `?q=` (words of the title) narrow them."""
    chosen = {
        "state": request.GET.get("state", ""),
        "source": request.GET.get("source", ""),
        "q": request.GET.get("q", "").strip()[:200],
    }
    wrong = _wrong(chosen)
    rows = _narrowed(Article.objects.filter(purged_at=None), {**chosen, **dict.fromkeys(wrong, "")})
    shown = Paginator(rows.select_related("source").defer(*DEFERRED), PAGE).get_page(request.GET.get("page"))
    context = {
        "articles": shown,
        "listed": _with_events(list(shown)),
        "chosen": chosen,
        "wrong": wrong,
        "notice": passed_over(request.GET, (*chosen, "page")),
        "states": _states(),
        "sources": Source.objects.order_by("name")[:500],
        "kept": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "article/articles.html", context)


def _narrowed(rows: QuerySet[Article], chosen: dict[str, str]) -> QuerySet[Article]:
    if chosen["state"]:
        rows = rows.filter(state=chosen["state"])
    if chosen["source"]:
        rows = rows.filter(source_id=int(chosen["source"]))
    return rows.filter(title__icontains=chosen["q"].replace("\0", "")) if chosen["q"] else rows


def _wrong(chosen: dict[str, str]) -> dict[str, str]:
    """Return what is wrong with a state or a source that was asked for; such a one narrows nothing."""
    found = {}
    if (state := chosen["state"]) and state not in Article.State.values:
        found["state"] = _("There is no state “%s”. Not applied.") % state[:60]
    number = chosen["source"]
    if number and not (_is_number(number) and Source.objects.filter(pk=int(number)).exists()):
        found["source"] = _("There is no source “%s”. Not applied.") % number[:60]
    return found


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 18


def _with_events(rows: list[Article]) -> list[tuple[Article, int]]:
    """Return each article with how many events it reports."""
    counted = dict(Event.objects.filter(article__in=rows).order_by().values_list("article").annotate(Count("pk")))
    return [(row, counted.get(row.pk, 0)) for row in rows]


def _states() -> list[tuple[str, str, int]]:
    """Return each state with its name and how many articles are in it."""
    counted = dict(Article.objects.order_by().values_list("state").annotate(Count("pk")))
    return [(state.value, _(str(state.label)), counted.get(state.value, 0)) for state in Article.State]
