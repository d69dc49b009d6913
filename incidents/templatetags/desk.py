"""Tags of the desk: figures that stand out, links that keep the filter."""

import re

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

FIGURE = re.compile(r"\d[\d,.]*(?:[–-]\d[\d,.]*)?")


@register.filter
def figures(text: object) -> SafeString:
    """`{{ numbers|figures }}`: the text with its figures in bold."""
    escaped = conditional_escape(str(text))
    return mark_safe(FIGURE.sub(r"<b>\g<0></b>", str(escaped))) if "&#" not in escaped else escaped  # noqa: S308  # escaped above


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: object) -> str:
    """`{% query_with sort="killed" %}`: the page's query string with some parameters replaced; "" drops one; page one again."""
    query = context["request"].GET.copy()
    for name in ("page", "cursor"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode(safe=',')}"


@register.simple_tag(takes_context=True)
def under_filter(context: Context) -> str:
    """`{{ row.url }}{% under_filter %}`: the page's filter as a query string for another page, "" for none."""
    query = query_with(context)
    return query if len(query) > 1 else ""


@register.filter
def get(mapping: dict[str, object], key: str) -> object:
    """`{{ fields|get:"since" }}`: a mapping's value by a key that is no identifier or is worked out."""
    return mapping.get(key)
