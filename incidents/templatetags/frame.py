"""Tags of the page frame: import map, navigation, the reader's looks, family and precision marks."""

import re
from functools import lru_cache

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.importmap import import_map as import_map_json
from incidents.importmap import preloads
from incidents.roles import access_to, meets

register = template.Library()

NAV = (
    ("desk", _("Desk")),
    ("changes", _("Changes")),
    ("articles", _("Articles")),
    ("review", _("Review")),
    ("sources", _("Sources")),
)
THEMES = (("", _("System")), ("light", _("Light")), ("dark", _("Dark")))
LOOKS = {"theme": {"light", "dark"}, "contrast": {"more"}}


@register.simple_tag(takes_context=True)
def import_map(context: Context) -> SafeString:
    """`{% import_map %}`: the import map's script element, where the page's policy allows it."""
    request = context.get("request")
    body = import_map_json() if getattr(request, "import_map_allowed", False) else ""
    # The body is our own JSON with "<" escaped; escaping more would change its hash.
    return mark_safe(f'<script type="importmap">{body}</script>') if body else SafeString("")  # noqa: S308


@register.simple_tag(takes_context=True)
def preload_modules(context: Context, module: str) -> SafeString:
    """`{% preload_modules 'js/desk.js' %}`: links that ask for a module and all its imports at once, where the import map is."""
    allowed = getattr(context.get("request"), "import_map_allowed", False)
    return format_html_join("", '<link rel="modulepreload" href="{}">', ((url,) for url in preloads(module)) if allowed else ())


@register.simple_tag(takes_context=True)
def nav_links(context: Context) -> list[dict[str, object]]:
    """`{% nav_links as links %}`: the main pages that are open to whoever asks, `{"url", "label", "current"}` each."""
    request = context.get("request")
    current = (request.resolver_match.url_name or "") if isinstance(request, HttpRequest) and request.resolver_match else ""
    links = []
    user = getattr(request, "user", None)
    for name, label in NAV:
        needs = access_to(name)
        if needs and not meets(user, needs[0], closed=settings.READERS_NEED_ACCOUNT):
            continue
        try:
            links.append({"url": reverse(name), "label": label, "current": current == name or current.startswith(f"{name}-")})
        except NoReverseMatch:
            continue
    return links


@register.simple_tag(takes_context=True)
def looks(context: Context) -> dict[str, str]:
    """`{% looks as look %}`: the reader's theme and contrast from their cookies; "" follows the system."""
    request = context.get("request")
    cookies = request.COOKIES if isinstance(request, HttpRequest) else {}
    return {name: cookies[name] if cookies.get(name) in allowed else "" for name, allowed in LOOKS.items()}


@register.simple_tag
def themes() -> tuple[tuple[str, object], ...]:
    """`{% themes as choices %}`: value and label of each theme."""
    return THEMES


@register.simple_tag
def static_or_nothing(name: str) -> str:
    """`{% static_or_nothing "basemap/countries.json" %}`: a static file's address, "" where there is none."""
    try:
        return staticfiles_storage.url(name) if staticfiles_storage.exists(name) or settings.DEBUG else ""
    except ValueError:
        return ""


@register.simple_tag
def family_mark(family: str, label: object = "") -> SafeString:
    """`{% family_mark "attack" %}`: the family's mark, silent unless it gets a label."""
    return _use("gl f-", "mark-", family, label)


@register.simple_tag
def precision_mark(precision: str, label: object = "") -> SafeString:
    """`{% precision_mark "near" %}`: how a place of this precision is drawn."""
    return _use("pg p-", "place-", PRECISION_SYMBOLS.get(precision, "none"), label)


PRECISION_SYMBOLS = {
    "site": "pin",
    "settlement": "pin",
    "near": "near",
    "adm2": "area",
    "adm1": "area",
    "area": "area",
    "sea": "area",
    "country": "country",
}


def _use(css: str, prefix: str, name: str, label: object) -> SafeString:
    return _svg(css, prefix, name, gettext(str(label)) if label else "")


@lru_cache(500)  # a page holds hundreds of a few
def _svg(css: str, prefix: str, name: str, words: str) -> SafeString:
    """An SVG that uses a symbol of templates/sprite.html."""
    safe = re.sub(r"[^a-z_0-9]", "", name)
    said = format_html('role="img" aria-label="{}"', words) if words else SafeString('aria-hidden="true"')
    return format_html('<svg class="{}{}" viewBox="-6 -6 12 12" {}><use href="#{}{}"/></svg>', css, safe, said, prefix, safe)
