"""The query string of the API: the pages' one filter, but strict. What is not known or not valid is refused, field by field."""

from collections.abc import Collection
from typing import Any
from urllib.parse import unquote_plus, unquote_to_bytes

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from incidents.api.parameter_shapes import EXAMPLES, described
from incidents.filters import IncidentFilter
from incidents.filters.fields import MANY, ManyField

PAGING = frozenset({"cursor", "page_size"})
DICTIONARY = "dictionary"  # asked for by being there
DESCRIPTIONS = {
    "since": "From this day on: 2022-01-20, 2022-01 or 2022.",
    "until": "Up to and with this day, month or year.",
    "type": "Type of event; several, by repeating it or with commas, ask for any of them.",
    "family": "Family of types.",
    "outcome": "What happened to people; with `min`, killed where it is not given.",
    "min": "At least so many people with that outcome, by the best figure or else the lowest stated. Unknown is never zero.",
    "country": "ISO 3166-1 alpha-2 code.",
    "admin1": "Province, by name.",
    "near": "lat,lon,km: within so many kilometres of a point.",
    "bbox": "west,south,east,north in degrees; west is greater than east across the date line.",
    "placed": "yes: with a point on the map; no: without.",
    "actor": "Actor, by exact name or id.",
    "role": "The actor's role.",
    "source": "Source that reports it, by exact name or id.",
    "claimant": "Who says so: the claimant of a figure.",
    "stage": "Stage.",
    "review": "Review status.",
    "confidence": "At least this confidence, 0 to 1.",
    "precision": "Place known at least so precisely.",
    "q": "Words in headline, place, actors and evidence; quotes, OR and - as in a web search.",
    "background": "History told in passing: left out, with 1 let in, with only alone.",
    "sort": "Order.",
}


def asked_of(request: Request, extra: forms.Form | None = None, *, also: Collection[str] = PAGING) -> IncidentFilter:
    """Return the filter of the request's query string; raises ValidationError naming every parameter that cannot be used."""
    known = {*also, *(extra.fields if extra else ())}
    asked = IncidentFilter(request._request.GET, also=known)
    _refuse_wrong(request, _reasons(asked) | _reasons(extra), known | set(asked.fields))
    return asked


def taken(request: Request, form: forms.Form) -> dict[str, Any]:
    """Return what a form of the view's own takes from the query string; raises ValidationError as `asked_of` does."""
    _refuse_wrong(request, _reasons(form), set(form.fields))
    return form.cleaned_data


def _refuse_wrong(request: Request, wrong: dict[str, list[str]], known: Collection[str]) -> None:
    query = request._request.GET
    wrong = _careless(query, request.META.get("QUERY_STRING", "")) | wrong
    wrong |= {name[:100]: [_("There is no such parameter here.")] for name in query if name not in known}
    if wrong:
        raise ValidationError(wrong)


def _careless(query: QueryDict, raw: str) -> dict[str, list[str]]:
    """Return what a program hardly means: a parameter without a value, which would ask for everything, or one given twice."""
    wrong = _undecoded(raw)
    for name, values in query.lists():
        if name == DICTIONARY:
            continue
        if not all(value.strip() for value in values):
            wrong[name] = [_("There is no value: leave the parameter out, or give it one.")]
        elif len(values) > MANY:
            wrong[name] = [_("At most %(n)s values.") % {"n": MANY}]
        elif len(values) > 1 and not isinstance(IncidentFilter.base_fields.get(name), ManyField):
            wrong[name] = [_("This is given more than once, and takes one value.")]
    return wrong


def _undecoded(raw: str) -> dict[str, list[str]]:
    """Return the parameters whose bytes are no UTF-8: Django reads them as U+FFFD, which nobody asked for."""
    wrong = {}
    for part in raw.split("&") if "%" in raw else ():
        try:
            unquote_to_bytes(part).decode()
        except UnicodeDecodeError:
            wrong[unquote_plus(part.partition("=")[0])[:100]] = [_("This is not UTF-8.")]
    return wrong


def _reasons(form: forms.Form | None) -> dict[str, list[str]]:
    return {name: [str(reason) for reason in reasons] for name, reasons in form.errors.items()} if form else {}


def narrows(asked: IncidentFilter) -> bool:
    """Whether the filter asks for anything: without it, lists of articles, places, actors and sources are whole."""
    return any(asked.active(name) for name in asked.fields if name != "sort")


def of_filter() -> list[OpenApiParameter]:
    """Return the filter's parameters for the schema, from the form itself."""
    return [_described(name, field, DESCRIPTIONS[name]) for name, field in IncidentFilter.base_fields.items()]


def of_form(form: type[forms.Form]) -> list[OpenApiParameter]:
    return [_described(name, field, str(field.help_text)) for name, field in form.base_fields.items()]


def _described(name: str, field: forms.Field, words: str) -> OpenApiParameter:
    many = isinstance(field, ManyField)
    kind = described(field)
    return OpenApiParameter(
        name,
        {"type": "array", "items": kind, "minItems": 1, "maxItems": MANY} if many else kind,
        description=words,
        required=field.required,
        explode=many or None,
        style="form" if many else None,
        examples=[OpenApiExample("example", value=EXAMPLES[name])] if name in EXAMPLES else [],
    )
