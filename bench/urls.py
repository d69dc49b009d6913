"""The desk's addresses, and a view that does nothing: what Django itself takes through the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("bare", bare), path("", include("config.urls"))]
