"""Inputs and selects of forms, written without templates: a page of an incident's fields has a hundred of them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

NOTHING = mark_safe("")


class Renderer(DjangoTemplates):
    """Django's own renderer, but for the widgets of WRITTEN, which come out as its templates write them."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        write = WRITTEN.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = NOTHING if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _attributes(widget))


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = format_html_join("", "{}", ((_group(name, options),) for name, options, _index in widget["optgroups"]))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], _attributes(widget), groups)


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    rows = ((one["value"], _attributes(one), one["label"]) for one in options)
    written = format_html_join("", '<option value="{}"{}>{}</option>', rows)
    return format_html('<optgroup label="{}">{}</optgroup>', name, written) if name else written


def _attributes(widget: Mapping[str, Any]) -> SafeString:
    given = [(name, value) for name, value in widget["attrs"].items() if value is not False]
    return format_html_join(
        "",
        "{}",
        ((format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value),) for name, value in given),
    )


WRITTEN: dict[str, Callable[[Mapping[str, Any]], SafeString]] = {
    **dict.fromkeys(
        (f"django/forms/widgets/{kind}.html" for kind in ("text", "hidden", "number", "date", "time", "email")), _input
    ),
    "django/forms/widgets/select.html": _select,
}
