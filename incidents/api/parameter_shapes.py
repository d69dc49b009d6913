"""What the schema says of a parameter's value: the form field's own bounds, as exactly as JSON Schema can."""

from collections.abc import Iterable
from typing import Any

from django import forms

from geo import country_names
from incidents.api.whole import WholeField
from incidents.filters.fields import BoxField, CircleField, CountryField, DayField, ManyField

Json = dict[str, Any]
WORDS = r"^[^\x00]*[^\s\x00\x1c-\x1f][^\x00]*$"  # no NUL, and something that no reader takes for white space
_YEAR = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_LONG, _SHORT = "(?:0[13578]|1[02])(?:-(?:0[1-9]|[12][0-9]|3[01]))?", "(?:0[469]|11)(?:-(?:0[1-9]|[12][0-9]|30))?"
_MONTHS = f"(?:{_LONG}|{_SHORT}|02(?:-(?:0[1-9]|1[0-9]|2[0-8]))?)"
DAY = f"^(?:{_YEAR}(?:-{_MONTHS})?|{_LEAP}-02-29)$"  # those that are in the calendar
_LAT = r"-?(?:90|[1-8]?[0-9](?:\.[0-9]{1,9})?)"
_LON = r"-?(?:180|(?:1[0-7][0-9]|[1-9]?[0-9])(?:\.[0-9]{1,9})?)"
_KM = r"(?:(?:1[0-9]{4}|[1-9][0-9]{0,3})(?:\.[0-9]{1,3})?|0\.[0-9]{0,2}[1-9])"
CIRCLE = f"^{_LAT},{_LON},{_KM}$"
BOX = rf"^{_LON},{_LAT},{_LON},{_LAT}$"
EXAMPLES: Json = {
    "since": "2022-01", "until": "2022-12-31", "type": ["bombing", "shooting"], "family": ["attack"], "outcome": "killed",
    "min": 5,
    "country": ["SY", "IQ"], "admin1": ["Al Hasakah"], "near": "36.5,40.75,50", "bbox": "35,30,45,38", "placed": "yes",
    "actor": ["Islamic State"], "role": "perpetrator", "source": ["Gulf Wire"], "claimant": ["Police"], "stage": ["accomplished"],
    "review": ["reviewed"], "confidence": 0.8, "precision": "settlement", "q": "prison", "background": "1", "sort": "changed",
    "include": "claims,articles", "fields": "id", "zoom": 5, "view": "20,20,60,45", "unit": "month",
    "by": "family", "from": "2022-01-01", "to": "2022-12-31", "incident": 1, "article": 1, "event": 1, "external_id": "4711",
    "url": "https://wire.example/4711", "name": "Has", "after": 0, "limit": 100, "wait": 30,
}  # fmt: skip


def described(field: forms.Field) -> Json:
    """Return the JSON Schema of one value of a field."""
    if isinstance(field, CountryField):
        return {"type": "string", "enum": sorted(country_names.names())}
    if words := list(_choices(field)):
        return {"type": "string", "enum": words}
    if isinstance(field, WholeField):
        return {"type": "integer", "minimum": field.least, "maximum": field.most}
    if isinstance(field, forms.IntegerField):  # numbers with a point too, to Django
        kind = "number" if isinstance(field, forms.FloatField) else "integer"
        bounds = {"minimum": field.min_value, "maximum": field.max_value}
        return {"type": kind} | {name: bound for name, bound in bounds.items() if bound is not None}
    for kinds, pattern in ((DayField, DAY), (CircleField, CIRCLE), (BoxField, BOX)):
        if isinstance(field, kinds):
            return {"type": "string", "pattern": pattern}
    longest = getattr(field, "max_length", None)
    return {"type": "string", "minLength": 1, "pattern": WORDS} | ({"maxLength": longest} if longest else {})


def _choices(field: forms.Field) -> Iterable[str]:
    if isinstance(field, ManyField):
        return field.choices
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return [str(value) for value, _words in choices if value]
    return []
