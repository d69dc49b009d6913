"""While the incidents are read into memory for the first time, a question is answered by how far that is."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from incidents.api import errors
from incidents.columns.following import NotReady

SECONDS = 2  # after which it is worth asking again


class Progress:
    """Answers 503 with Retry-After where the copy in memory is not ready; a page asks again by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, NotReady):
            return None
        share = min(99, 100 * error.done // max(error.total, 1))
        words = _("The desk has just started and reads its incidents into memory: %(share)s %% are done.") % {"share": share}
        response: HttpResponse
        if request.path.startswith("/api/"):
            response = JsonResponse(errors.problem(503, words), status=503, content_type=errors.MEDIA_TYPE)
        else:
            response = render(request, "errors/503.html", {"words": words, "share": share}, status=503)
            response.headers["Refresh"] = str(SECONDS)
        response.headers["Retry-After"] = str(SECONDS)
        response.headers["Cache-Control"] = "no-store"
        return response
