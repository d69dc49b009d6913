"""System checks: no address of the desk without a word about who may use it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

from incidents.roles import access_to


def addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address below the resolver (the whole site) with its name, namespace included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield f"{namespace}{pattern.name or ''}", pattern


def every_address_has_needs(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Refuse an address that stands in no row of incidents/roles.py."""
    missing = [(name, pattern) for name, pattern in addresses() if access_to(name) is None]
    words = "The address “%s” (%s) stands in no row of ACCESS in incidents/roles.py."
    hint = "Add a row that says who may look at it and who may send to it."
    return [Error(words % (name, pattern.pattern), hint=hint, id="incidents.E001") for name, pattern in missing]
