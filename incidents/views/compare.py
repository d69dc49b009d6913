"""Two filters side by side on one scale."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from incidents.aggregates.facets import facets
from incidents.pages import picker
from incidents.pages.comparison import SIDES, Side, differences, joined, side, suggestions, tables
from incidents.pages.timetable import compared
from incidents.pages.words_for_scripts import WORDS


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Answer with both filters' numbers, complete without scripts. Whatever the query string holds, this is a page."""
    a, b = (side(request.GET, key) for key in SIDES)
    stray = [name for name in request.GET if not name.startswith(("a.", "b."))]
    context = {
        "sides": [_with_form(a), _with_form(b)],
        "a": a,
        "b": b,
        "swapped": joined(b.asked.query, a.asked.query),
        "suggestions": suggestions(a),
        "differences": differences(a, b),
        "tables": tables(a, b),
        "timetable": compared(a.asked, b.asked),
        "notice": _("Parameters of neither side, passed over: %s.") % ", ".join(f"“{name}”" for name in stray) if stray else "",
        "queries": {"a": a.query, "b": b.query},
        "tile_url": settings.TILE_URL,
        "words": {key: str(text) for key, text in WORDS.items()},
    }
    return render(request, "compare/compare.html", context)


def _with_form(one: Side) -> dict[str, Any]:
    """Return a side with what its form shows, and the other side's parameters, which the form carries along."""
    return {
        "side": one,
        "prefix": f"{one.key}.",
        "refused": " ".join([*one.asked.errors, *one.asked.unknown]),
    } | picker.form(one.asked, facets(one.asked))
