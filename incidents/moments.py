"""Times as the API writes them."""

from datetime import datetime

from django.utils import timezone


def moment(at: datetime) -> str:
    """Return a time in the desk's zone, UTC as Z."""
    text = timezone.localtime(at).isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
