"""The page of exports, and the files."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from incidents.exports import progress
from incidents.exports.about import query_of, words_of
from incidents.exports.answering import PROGRESS, answer
from incidents.exports.columns import COLUMNS
from incidents.exports.formats import FORMATS
from incidents.exports.rows import licence
from incidents.exports.snapshot import Busy
from incidents.filters import IncidentFilter
from incidents.pages.words_for_scripts import EXPORTING

ALSO = ("format", "dictionary", PROGRESS)
WAIT = "15"  # seconds, where too many are under way


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Offer a filter's incidents in every format, with their number and the columns; `?format=csv` goes on to the file."""
    asked = IncidentFilter(request.GET, also=ALSO)
    name = request.GET.get("format", "")
    if name in FORMATS and not asked.errors and not asked.unknown:
        query = query_of(asked.query)
        return redirect(reverse("download", args=[name]) + (f"?{query}" if query else ""))
    return _page(request, asked, status=200)


@require_safe
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with the file. A filter that is not wholly understood is refused: it would choose more than was asked for."""
    if name not in FORMATS:
        raise Http404
    asked = IncidentFilter(request.GET, also=ALSO)
    if asked.errors or asked.unknown:
        return _page(request, asked, status=400)
    try:
        return answer(request, FORMATS[name], asked)
    except Busy:
        if word := progress.word_in(request.GET.get(PROGRESS)):
            progress.tell(word, progress.BUSY)
        return _page(request, asked, status=503)
    except progress.Stopped:
        return HttpResponse(_("This export was stopped."), status=410, content_type="text/plain; charset=utf-8")


@csrf_exempt  # nobody else knows the word
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_progress(request: HttpRequest, word: str) -> JsonResponse:
    """Answer how far an export has come; a POST stops it."""
    if not progress.word_in(word):
        raise Http404
    if request.method == "POST":
        progress.stop(word)
    return JsonResponse(progress.told(word))


def _page(request: HttpRequest, asked: IncidentFilter, status: int) -> HttpResponse:
    number = asked.numbers().incidents
    context = {
        "asked": asked,
        "number": number,
        "words": words_of(asked),
        "query": query_of(asked.query),
        "forms": [(form, number * form.row_bytes) for form in FORMATS.values()],
        "columns": COLUMNS,
        "licence": licence(),
        "said": {key: str(text) for key, text in EXPORTING.items()},
        "status": status,
    }
    response = render(request, "export/export.html", context, status=status)
    if status == 503:
        response.headers["Retry-After"] = WAIT
    return response
