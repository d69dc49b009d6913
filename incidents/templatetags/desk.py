"""Tags of the desk: figures that stand out, links that keep the filter."""

import re
from collections.abc import Iterable

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from incidents.pages.picker import Group, Option
from incidents.pages.words import PLACE_PRECISIONS, figure
from incidents.templatetags.frame import family_mark

register = template.Library()

NUMBER = r"\d(?:[\d,.\u00a0\u202f]*\d)?"
FIGURE = re.compile(f"{NUMBER}(?:[–-]{NUMBER})?")


@register.filter
def figures(text: object) -> SafeString:
    """`{{ numbers|figures }}`: the text with its figures in bold."""
    escaped = conditional_escape(str(text))
    return mark_safe(FIGURE.sub(r"<b>\g<0></b>", str(escaped))) if "&#" not in escaped else escaped  # noqa: S308  # escaped above


@register.filter
def short(number: int) -> str:
    """`{{ count|short }}`: exact below 10,000, then "12k", "1.2M", as the scripts write a number in a donut."""
    if number < 10_000:
        return figure(number)
    if number < 999_500:
        return f"{round(number / 1000)}k"
    return f"{number / 1_000_000:.1f}M" if number < 9_950_000 else f"{number / 1_000_000:.0f}M"


@register.filter
def place_kind(kind: str) -> str:
    """`{{ place.kind|place_kind }}`: what an entry of the gazetteer is, in words: "adm1" is a province."""
    return _(PLACE_PRECISIONS.get(kind, kind)) if kind else ""


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


# The picker holds 250 options and names, made anew with every change of the filter while it is open: as templates they take
# 8 ms, as these two tags 2.
@register.simple_tag
def option_of(group: Group, option: Option, prefix: str = "") -> SafeString:
    """`{% option_of group option prefix %}`: one value of a parameter, to be checked, with how many would remain."""
    kind, checked = "radio" if group.single else "checkbox", " checked" if option.checked else ""
    mark = family_mark(option.family) if option.family else ""
    count = "" if option.count is None else f'<span class="n">{figure(option.count)}</span>'
    frame = (
        f'<label class="opt{" zero" if option.count == 0 else ""}"><input type="{kind}" name="{prefix}{group.name}"'
        f' value="{{}}"{checked}>{mark}<bdi>{{}}</bdi>{count}</label>'
    )
    return format_html(frame, option.value, option.label)


@register.simple_tag
def known_values(options: Iterable[Option]) -> SafeString:
    """`{% known_values choices %}`: the names that complete what is typed, each with how many would remain."""
    return format_html_join("", '<option value="{}">{}</option>', ((each.value, figure(each.count or 0)) for each in options))
