"""What a webhook is told, as Standard Webhooks lays it out: type, timestamp, data."""

import json
from typing import Any

from django.urls import reverse
from django.utils import timezone

from incidents.desk_address import base_of
from incidents.models import Notice, SavedSearch


def body(search: SavedSearch, notice: Notice) -> str:
    """Return a notice as the JSON that is signed and posted."""
    base, incident = base_of(), notice.incident
    return _json(
        f"incident.{notice.kind}",
        notice.at.isoformat(),
        {
            "search": _search(search, base),
            "incident": {
                "id": incident.pk,
                "number": incident.number,
                "version": notice.version,
                "headline": notice.headline,
                "url": f"{base}{incident.get_absolute_url()}",
                "api": f"{base}{reverse('api:incidents-detail', args=[incident.pk])}",
            },
            "words": notice.words,
        },
    )


def test_body(search: SavedSearch) -> str:
    """Return a message that says nothing happened: to try out a receiver."""
    return _json("test", timezone.now().isoformat(), {"search": _search(search, base_of())})


def _search(search: SavedSearch, base: str) -> dict[str, Any]:
    return {"name": search.name, "url": f"{base}{search.get_absolute_url()}", "query": search.query}


def _json(kind: str, timestamp: str, data: dict[str, Any]) -> str:
    return json.dumps({"type": kind, "timestamp": timestamp, "data": data}, ensure_ascii=False, separators=(",", ":"))
