"""When the reader last said "seen": kept in a cookie, so that nothing about readers is stored here."""

from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_datetime

COOKIE = "seen"
YEAR = 365 * 24 * 3600


def last_visit(request: HttpRequest) -> datetime | None:
    """Return when the reader last marked the desk as seen; None on a first visit or where the cookie holds no time."""
    try:
        at = parse_datetime(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None
    return at if at and at.tzinfo and at <= timezone.now() else None


def mark_seen(request: HttpRequest, response: HttpResponseBase, at: datetime | None = None) -> None:
    """Remember on the reader's side that everything up to `at` (now) has been seen."""
    moment = (at or timezone.now()).isoformat()
    response.set_cookie(COOKIE, moment, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
