"""All sources: what each has sent, when it was last asked, and what went wrong."""

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from incidents.filters.unknown import passed_over
from sources.models import Article, Source


def sources(request: HttpRequest) -> HttpResponse:
    """List the sources with their articles counted."""
    failed = Count("articles", filter=Q(articles__state=Article.State.FAILED))
    rows = Source.objects.annotate(sent=Count("articles"), failed=failed, newest=Max("articles__retrieved_at")).order_by("name")
    context = {"sources": rows[:1000], "notice": passed_over(request.GET, ())}
    return render(request, "article/sources.html", context)
