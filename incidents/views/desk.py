"""The desk: map, timeline and list of incidents under one filter."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from incidents.aggregates.facets import facets
from incidents.columns.following import current
from incidents.exports.formats import FORMATS
from incidents.filters import IncidentFilter
from incidents.filters.words import sentence
from incidents.pages import breakdown, changed, picker
from incidents.pages.comparison import joined
from incidents.pages.listing import badges, listing, loosened, unplaced
from incidents.pages.rows import rows
from incidents.pages.timetable import gravity, timetable
from incidents.pages.tollchart import toll_charts
from incidents.pages.words_for_scripts import WORDS
from incidents.visits import last_visit, mark_seen

PARTS = "X-Desk-Parts"  # sent by scripts, which draw time themselves
SORTS = ("date", "killed", "origins", "changed")


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Answer with the whole page, complete without scripts. Whatever the query string holds, this is a page."""
    asked = IncidentFilter(request.GET)
    number = changed.last_number()  # before anything is read: what comes meanwhile is announced, not missed
    with current():  # one look at the database for all the figures
        context = {"number": number} | _filter(asked) | _panels(request, asked)
    if request.headers.get(PARTS) is None:
        context |= {"timetable": timetable(asked), "tile_url": settings.TILE_URL}
    response = render(request, "desk/desk.html", context)
    if last_visit(request) is None:
        mark_seen(request, response)
    return response


def _filter(asked: IncidentFilter) -> dict[str, Any]:
    counts = facets(asked)
    return {
        "asked": asked,
        "sentence": sentence(asked.asked),
        "chips": asked.chips(),
        "notice": asked.notice(),
        "refused": " ".join([*asked.errors, *(name for name in asked.unknown if " " not in name)]),
        "charts": breakdown.charts(asked, counts),
        "tolls": toll_charts(asked),
        "families": breakdown.switches(asked, counts["family"]),
        "gravity": gravity(),
        "compare_query": f"{reverse('compare')}{joined(asked.query, QueryDict())}",
        "formats": FORMATS.values(),
        "sorts": SORTS,
        "words": {key: str(text) for key, text in WORDS.items()},
    } | picker.form(asked, counts)


def _panels(request: HttpRequest, asked: IncidentFilter) -> dict[str, Any]:
    since = last_visit(request)
    numbers = asked.numbers()
    page = listing(asked, request.GET.get("page"), numbers.incidents)
    by_country, off_map = unplaced(asked)
    return {
        "numbers": numbers,
        "page": page,
        "rows": rows(page.incidents, since=since, changes=changed.since_visit(page.incidents, since)),
        "off_map": rows(off_map),
        "off_map_total": sum(by_country.values()),
        "off_map_places": badges(by_country),
        "loosened": [] if page.total else loosened(asked),
        "since": since,
        "since_counts": changed.counts(since) if since else None,
    }
