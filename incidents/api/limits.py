"""How often a client may ask: so many requests a minute for each key or account, fewer for each address without one.

Answers say what is left in the fields of the IETF draft “RateLimit header fields for HTTP”
(draft-ietf-httpapi-ratelimit-headers): `RateLimit-Policy: "key";q=3000;w=60` and `RateLimit: "key";r=2987;t=41`.
"""

import logging
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from time import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from redis import Redis
from redis.exceptions import RedisError
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from incidents.models import ApiKey

if TYPE_CHECKING:
    from rest_framework.views import APIView

WINDOW = 60  # seconds; counted from each full minute, so that one number is all it takes
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Quota:
    """What a client has left: requests, of how many a window, and the seconds until it starts anew."""

    policy: str
    limit: int
    left: int
    seconds: int

    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={WINDOW}',
            "RateLimit": f'"{self.policy}";r={self.left};t={self.seconds}',
        }


class TooMany(APIException):
    """A client asked more often than it may."""

    status_code = HTTPStatus.TOO_MANY_REQUESTS
    problem_type = "too-many-requests"

    def __init__(self, quota: Quota) -> None:
        who = {"key": _("one key"), "account": _("one account")}.get(quota.policy, _("one address without a key"))
        words = _("More than %(limit)s requests in %(window)s s by %(who)s. Ask again in %(seconds)s s.")
        super().__init__(words % {"limit": quota.limit, "window": WINDOW, "who": who, "seconds": quota.seconds})
        self.wait = quota.seconds  # what Retry-After says


class Limit(BaseThrottle):
    """Counts in Redis, for all processes together. One that does not answer limits nobody."""

    quota: Quota | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        policy, client, limit = _of(request)
        if not limit:
            return True
        now = time()
        try:
            count = _counted(f"api:{policy}:{client}:{int(now // WINDOW)}")
        except RedisError as error:
            logger.warning("Requests are not counted: %s", error)
            return True
        self.quota = Quota(policy, limit, max(0, limit - count), WINDOW - int(now % WINDOW))
        # The framework's request forwards what it lacks to Django's, where a view's last word finds it.
        request._request.quota = self.quota  # type: ignore[attr-defined]
        if count > limit:
            raise TooMany(self.quota)
        return True


def _of(request: Request) -> tuple[str, str, int]:
    """Return by what the client is limited, which one it is, and its requests a window (0: no limit)."""
    if isinstance(request.auth, ApiKey):
        return "key", str(request.auth.pk), settings.API_RATE_KEY
    if request.user and request.user.is_authenticated:
        return "account", str(request.user.pk), settings.API_RATE_KEY
    return "address", str(request.META.get("REMOTE_ADDR", "")), settings.API_RATE


@cache
def store() -> Redis:
    """Return where requests are counted; all processes count there."""
    return Redis.from_url(settings.REDIS_URL)


def _counted(key: str) -> int:
    """Count one request and return how many there were in this window."""
    counts: Any = store()  # its types say that it may be asynchronous
    count = int(counts.incr(key))
    if count == 1:
        counts.expire(key, WINDOW * 2)
    return count


def say(request: Any, response: Any) -> None:
    """Put what is left into the answer, also into one that refuses."""
    quota = getattr(request, "quota", None)
    if isinstance(quota, Quota):
        for name, value in quota.headers().items():
            response.headers.setdefault(name, value)
