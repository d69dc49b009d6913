"""An account's sessions: remembered where they are used, listed, ended one by one or all at once."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from redis.exceptions import RedisError

from incidents.models import SignedIn

EVERY = 5 * 60  # seconds between two notes of a session's use


def remember(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Note that the session is in use; called after a sign-in, and every few minutes after that."""
    if not request.session.session_key:
        request.session.save()
    values = {
        "user": user,
        "agent": request.headers.get("User-Agent", "").replace("\x00", "")[:300],
        "address": _address(request),
        "last_seen_at": timezone.now(),
    }
    SignedIn.objects.update_or_create(session_key=request.session.session_key, defaults=values)


def _address(request: HttpRequest) -> str | None:
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        validate_ipv46_address(address)
    except ValidationError:
        return None  # a Unix socket has none
    return address


class RememberSessions:
    """Middleware after Django's authentication: keeps "last seen" of the sessions people use, to a few minutes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and isinstance(request.user, User) and _due(key):
            remember(request, request.user)
        return self.get_response(request)


def _due(key: str) -> bool:
    try:
        return cache.add(f"session-seen:{key}", 1, EVERY)
    except RedisError:
        return False


def live(user: User) -> list[SignedIn]:
    """Return the account's sessions that still open it, the last used first; forgets those that ended by themselves."""
    rows = list(SignedIn.objects.filter(user=user))
    keys = [row.session_key for row in rows]
    alive = set(Session.objects.filter(pk__in=keys, expire_date__gt=timezone.now()).values_list("pk", flat=True))
    SignedIn.objects.filter(user=user, last_seen_at__lt=timezone.now() - timedelta(days=1)).exclude(
        session_key__in=alive
    ).delete()
    return [row for row in rows if row.session_key in alive]


def end(rows: list[SignedIn]) -> None:
    """End sessions: their next request is nobody's."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for row in rows:
        store(row.session_key).delete()
        row.delete()
