"""The desk: map, timeline and list of incidents under one filter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def desk(request: HttpRequest) -> HttpResponse:
    """Answer with the whole page, complete without scripts."""
    return render(request, "desk/desk.html")
