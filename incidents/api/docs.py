"""The API's documentation: its scripts and styles are our own static files, so it works offline under the strict policy."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.permissions import AllowAny

from incidents.api.base import Api


class Schema(Api, SpectacularJSONAPIView):
    """The schema itself, with the ETag, the limits and the problem documents of everything else; on a closed desk too."""

    permission_classes = [AllowAny]


@require_safe
@csp_update({"img-src": ["data:"]})
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html")
