"""The desk's own address, as it stands in what leaves it: answers of the API, files, feeds, mails, webhooks."""

from django.conf import settings
from django.http import HttpRequest

HERE = "http://localhost:8000"  # `manage.py up` without a port


def base_of(request: HttpRequest | None = None) -> str:
    """Return it without a slash at its end: DESK_URL, else as the request came in."""
    if settings.DESK_URL:
        return str(settings.DESK_URL)
    return request.build_absolute_uri("/").rstrip("/") if request else HERE
