"""A desk closed to readers without an account."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase


class ReadersNeedAccount(LoginRequiredMiddleware):
    """Leads everybody who is not signed in to the sign-in, where READERS_NEED_ACCOUNT says so.

    Views marked `login_not_required` stay open: the ways in, and the health check. The API's views are asked for by programs and
    answer 401 themselves (incidents/api/keys.py, MayRead).
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not settings.READERS_NEED_ACCOUNT:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
