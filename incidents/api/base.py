"""What every view of the API has in common: problem documents, conditional requests, no answer kept stale."""

from collections.abc import Callable
from typing import Any

from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from incidents.api import errors, limits
from incidents.api.keys import KeyAuthentication, MayRead


@method_decorator(conditional_page, name="dispatch")
class Api(APIView):
    """Reading is free; answers carry an ETag and are asked for again before use."""

    authentication_classes = [KeyAuthentication, SessionAuthentication]
    permission_classes = [MayRead]
    throttle_classes = [limits.Limit]
    http_method_names = ["get", "head", "options"]

    def get_exception_handler(self) -> Callable[[Exception, dict[str, Any]], Response | None]:
        return errors.handle

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        private = isinstance(request, Request) and bool(request.user and request.user.is_authenticated)
        patch_cache_control(response, no_cache=True, **({"private": True} if private else {}))
        patch_vary_headers(response, ["Authorization"])
        limits.say(request, response)
        return response
