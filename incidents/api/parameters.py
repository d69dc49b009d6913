"""The query string of the API: the pages' one filter, but strict. What is not known or not valid is refused, field by field."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from incidents.filters import IncidentFilter
from incidents.filters.fields import ManyField

PAGING = frozenset({"cursor", "page_size"})
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
    query = request._request.GET
    known = {*also, *(extra.fields if extra else ())}
    asked = IncidentFilter(query, also=known)
    wrong: dict[str, list[str]] = {name: [str(reason) for reason in reasons] for name, reasons in asked.errors.items()}
    if extra:
        wrong |= {name: [str(reason) for reason in reasons] for name, reasons in extra.errors.items()}
    unknown = [name for name in query if name not in asked.fields and name not in known]
    wrong |= {name[:100]: ["There is no such parameter here."] for name in unknown}
    if wrong:
        raise ValidationError(wrong)
    return asked


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
    kind: Any = OpenApiTypes.STR
    if isinstance(field, forms.FloatField):  # a kind of integer field to Django
        kind = OpenApiTypes.FLOAT
    elif isinstance(field, forms.IntegerField):
        kind = OpenApiTypes.INT
    return OpenApiParameter(
        name,
        kind,
        description=words,
        required=field.required,
        enum=list(_choices(field)) or None,
        many=many,
        explode=many or None,
    )


def _choices(field: forms.Field) -> Iterable[str]:
    if isinstance(field, ManyField):
        return field.choices
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return [str(value) for value, _ in choices if value]
    return []
