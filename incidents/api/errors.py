"""Every error of the API is a problem document (RFC 9457); what is wrong with a parameter is said beside its name."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from incidents.references import reference

MEDIA_TYPE = "application/problem+json"
UNREADABLE = {
    DisallowedHost: _("The Host header names another host than this desk."),
    TooManyFieldsSent: _("There are more parameters than any request here takes."),
}


class Gone(APIException):
    """What was asked for existed and was deleted."""

    status_code = HTTPStatus.GONE
    default_detail = _("It was deleted.")


class CursorExpired(APIException):
    """The change log does not go back so far."""

    status_code = HTTPStatus.GONE
    problem_type = "cursor-expired"
    default_detail = _("The change log does not go back to this cursor. Start again from a list or an export.")


class CursorAhead(APIException):
    """The change log has not come so far."""

    status_code = HTTPStatus.CONFLICT
    problem_type = "cursor-ahead"
    default_detail = _(
        "The change log has not come to this cursor: it is of another desk, or of this one before a backup was put back. "
        "Start again from a list or an export."
    )


class AllWait(APIException):
    """As many clients wait for changes as this process takes."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    problem_type = "too-many-followers"
    default_detail = _("As many clients wait for changes as this desk takes. Try again soon, or ask without waiting.")
    wait = 10


class StateConflict(APIException):
    """What is asked for does not fit what is there."""

    status_code = HTTPStatus.CONFLICT
    problem_type = "state-conflict"


class AgainstRules(ValidationError):
    """The request is well formed, and the desk's own rules refuse it: a value that does not fit its field, a reason missing."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY


class KeyReused(APIException):
    """An idempotency key stands for one request."""

    status_code = HTTPStatus.CONFLICT
    problem_type = "idempotency-key-reused"
    default_detail = _("This Idempotency-Key came with another body before. Take a new key for a new request.")


class VersionRequired(APIException):
    """A change must say which version it is a change of."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    problem_type = "version-required"
    default_detail = _("Say with If-Match which version of the incident you change: its ETag, or its version in quotes.")


class VersionDiffers(APIException):
    """The incident is not at the version that the client saw."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    problem_type = "version-differs"


def problem(status: int, detail: str, errors: Mapping[str, Any] | None = None, kind: str = "") -> dict[str, Any]:
    """Return a problem document; `errors` maps a parameter to its reasons, `kind` names what a client may act on."""
    address = f"/api/problems/#{kind}" if kind else "about:blank"
    document: dict[str, Any] = {"type": address, "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return document | ({"errors": errors} if errors else {})


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a view raised into a problem document; None for what is a fault of ours."""
    response = exception_handler(error, context)
    if response is None:
        return None
    status = response.status_code
    if isinstance(error, ValidationError):
        response.data = problem(status, gettext("Some parameters cannot be used."), _by_field(error.detail))
    else:
        words = gettext("Nothing here has this number or name.") if isinstance(error, Http404) else HTTPStatus(status).phrase
        detail = str(getattr(error, "detail", "") or words)
        response.data = problem(status, detail, kind=getattr(error, "problem_type", ""))
    response.content_type = MEDIA_TYPE
    return response


def _by_field(detail: Any, above: str = "") -> dict[str, list[str]]:
    """Return reasons by field; one inside another is named by its way: evidence.0.span."""
    if not isinstance(detail, Mapping):
        return {above: [str(reason) for reason in (detail if isinstance(detail, list) else [detail])]}
    found: dict[str, list[str]] = {}
    for name, reasons in detail.items():
        found |= _by_field(reasons, f"{above}.{name}" if above else str(name))
    return found


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django itself refuses before any view sees it: a host that is not ours, too many parameters."""
    if not _is_ours(request):
        return defaults.bad_request(request, exception)
    for kind, words in UNREADABLE.items():
        if isinstance(exception, kind):
            return _answer(HTTPStatus.BAD_REQUEST, str(words))
    return _answer(HTTPStatus.BAD_REQUEST, gettext("The request cannot be read."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a fault of the desk's own, with the number that its log has it under."""
    number = reference(request)
    if not _is_ours(request):
        return HttpResponseServerError(render_to_string("500.html", {"reference": number}))
    words = gettext("The desk made a mistake, and has written it into its log under %(number)s.") % {"number": number}
    told = problem(HTTPStatus.INTERNAL_SERVER_ERROR, words) | {"reference": number}
    return JsonResponse(told, status=HTTPStatus.INTERNAL_SERVER_ERROR, content_type=MEDIA_TYPE)


def _is_ours(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _answer(status: int, detail: str) -> JsonResponse:
    return JsonResponse(problem(status, detail), status=status, content_type=MEDIA_TYPE)


@csrf_exempt  # whoever sends something to nowhere is told so, in JSON
@login_not_required
def not_found(_request: HttpRequest, **_captured: str) -> JsonResponse:
    """Answer for every address below /api/ that there is not."""
    return _answer(HTTPStatus.NOT_FOUND, gettext("There is nothing at this address. Addresses of the API end with a slash."))
