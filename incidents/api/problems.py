"""What the problem documents' `type` leads to: every kind of problem that a client may act on, with its words."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.exceptions import APIException


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind: `kind` is its anchor and the end of its `type`."""

    kind: str
    status: HTTPStatus
    words: str


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Answer with the list; each kind stands at its own anchor."""
    return render(request, "api/problems.html", {"problems": sorted(_kinds(APIException), key=lambda one: one.kind)})


def _kinds(above: type[APIException]) -> Iterator[Problem]:
    for error in above.__subclasses__():
        if kind := getattr(error, "problem_type", ""):
            yield Problem(kind, HTTPStatus(error.status_code), error.__doc__ or "")
        yield from _kinds(error)
