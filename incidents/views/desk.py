"""The desk: map, timeline and list of incidents under one filter."""

from collections.abc import Set
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from incidents.aggregates.facets import charted, facets, found_by_name
from incidents.columns.following import current
from incidents.exports.formats import FORMATS
from incidents.filters import IncidentFilter
from incidents.filters.words import sentence
from incidents.pages import breakdown, changed, picker
from incidents.pages.comparison import joined
from incidents.pages.listing import badges, latest_unplaced, listing, loosened, unplaced
from incidents.pages.rows import rows
from incidents.pages.timetable import gravity, timetable
from incidents.pages.tollchart import toll_charts
from incidents.pages.words_for_scripts import WORDS
from incidents.visits import last_visit, mark_seen

PARTS = "X-Desk-Parts"  # sent by scripts: which of WHOLE they want, separated by commas
FIND = "X-Desk-Find"  # and the words that are looked for among the picker's options
WHOLE = frozenset({"view", "picker", "drawer", "time"})  # what is always seen, two parts that are folded away, the table of time
SORTS = ("date", "killed", "origins", "changed")


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Answer with the whole page, complete without scripts. Whatever the query string holds, this is a page.

    Scripts ask for the parts that they put into the page they have; those are rendered by the same templates.
    """
    asked = IncidentFilter(request.GET)
    wanted = request.headers.get(PARTS)
    parts = WHOLE if wanted is None else WHOLE.intersection(wanted.split(","))
    with current():  # one look at the database for all the figures
        context = _context(request, asked, parts)
    response = render(request, "desk/desk.html" if wanted is None else "desk/parts.html", context)
    patch_vary_headers(response, [PARTS, FIND])
    if last_visit(request) is None:
        mark_seen(request, response)
    return response


def _context(request: HttpRequest, asked: IncidentFilter, parts: Set[str]) -> dict[str, Any]:
    context: dict[str, Any] = {"asked": asked, "parts": parts}
    counts = facets(asked) if "picker" in parts else charted(asked) if "view" in parts else {}
    if "view" in parts:
        context["number"] = changed.last_number()  # before anything is read: what comes meanwhile is announced, not missed
        context |= _filter(asked, counts) | _panels(request, asked)
    if "picker" in parts:
        text = unquote(request.headers.get(FIND, ""))[:100].strip()
        context |= picker.form(asked, picker.named(counts, text) | found_by_name(asked, text) if text else counts)
    if parts & {"view", "drawer"}:
        context |= _off_map(asked, parts)
    if "time" in parts:
        context |= {"timetable": timetable(asked), "tile_url": settings.TILE_URL, "gravity": gravity(), "words": _words()}
    return context


def _words() -> dict[str, str]:
    return {key: str(text) for key, text in WORDS.items()}


def _filter(asked: IncidentFilter, counts: breakdown.Counts) -> dict[str, Any]:
    return {
        "sentence": sentence(asked.asked),
        "chips": asked.chips(),
        "notice": asked.notice(),
        "refused": " ".join([*asked.errors, *(name for name in asked.unknown if " " not in name)]),
        "charts": breakdown.charts(asked, counts),
        "tolls": toll_charts(asked),
        "families": breakdown.switches(asked, counts["family"]),
        "compare_query": f"{reverse('compare')}{joined(asked.query, QueryDict())}",
        "formats": FORMATS.values(),
        "sorts": SORTS,
    }


def _panels(request: HttpRequest, asked: IncidentFilter) -> dict[str, Any]:
    since = last_visit(request)
    numbers = asked.numbers()
    page = listing(asked, request.GET.get("page"), numbers.incidents)
    return {
        "numbers": numbers,
        "page": page,
        "rows": rows(page.incidents, since=since, changes=changed.since_visit(page.incidents, since)),
        "loosened": [] if page.total else loosened(asked),
        "since": since,
        "since_counts": changed.counts(since) if since else None,
    }


def _off_map(asked: IncidentFilter, parts: Set[str]) -> dict[str, Any]:
    by_country = unplaced(asked)
    return {
        "off_map_total": sum(by_country.values()),
        "off_map_places": badges(by_country),
        "off_map": rows(latest_unplaced(asked)) if "drawer" in parts else [],
    }
