"""What every view of the API has in common: problem documents, conditional requests, no answer kept stale."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers, set_response_etag
from django.utils.decorators import decorator_from_middleware, method_decorator
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from incidents.api import errors, limits
from incidents.api.keys import KeyAuthentication, MayRead


class Conditional(ConditionalGetMiddleware):
    """Gives whole answers an ETag and says where nothing has changed: to HEAD too, whose answer still has its body here."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if request.method != "HEAD" or response.streaming or response.status_code != HTTPStatus.OK:
            return super().process_response(request, response)
        if response.content and not response.has_header("ETag"):
            set_response_etag(response)
        return get_conditional_response(request, etag=response.get("ETag"), response=response)


@method_decorator(decorator_from_middleware(Conditional), name="dispatch")
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
