"""One article: its text with the words every event was read from, and the events beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from geo.models import Place
from incidents.accounts import may_correct, may_see_text
from incidents.filters.unknown import passed_over
from incidents.pages.reading import Reading
from incidents.views.incident import api_address
from sources.models import Article


def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the article. `?event=N` marks the evidence of its Nth event, the first without it."""
    found = get_object_or_404(Article.objects.select_related("source", "origin").defer("bands"), pk=pk)
    if found.purged_at is not None:
        return render(request, "article/gone.html", {"article": found}, status=410)
    asked = request.GET.get("event", "")
    reading = Reading(found, int(asked) if asked.isdecimal() and len(asked) < 4 else 1)
    copies = found.origin.articles.exclude(pk=pk).count() if found.origin else 0
    context = {
        "article": found,
        "original": found.url if found.url.startswith(("https://", "http://")) else "",
        "reading": reading,
        "cards": reading.cards(),
        "legend": reading.legend(),
        "copies": copies,
        "places": named_places(found, reading),
        "may_see_text": may_see_text(request.user),
        "may_correct": may_correct(request.user),
        "json_url": api_address("api:articles-detail", found.pk),
        "notice": passed_over(request.GET, ("event",)),
        "main": next((event.incident for event in reading.events if event.incident), None),
    }
    return render(request, "article/article.html", context)


def named_places(found: Article, reading: Reading) -> list[dict[str, object]]:
    """Return each place the text names once, with the gazetteer entry it was matched to and the events that use it."""
    ids = {toponym.get("place_id") for toponym in found.toponyms if toponym.get("place_id")}
    entries = Place.objects.in_bulk(ids)
    places: dict[object, dict[str, object]] = {}
    for toponym in found.toponyms:
        entry = entries.get(toponym.get("place_id") or "")
        key = entry.pk if entry else str(toponym.get("name", "")).casefold()
        used = sorted(number for number, event in enumerate(reading.events, 1) if entry and event.place_id == entry.pk)
        places.setdefault(key, {"name": toponym.get("name", ""), "entry": entry, "events": used})
    return list(places.values())
