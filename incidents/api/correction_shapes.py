"""What a correction takes, field by field, for the schema; incidents/corrections.py and editing/report_values.py check it."""

from typing import Any, get_args

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from incidents.corrections import BOUNDS, FIELDS, LONGEST_NAME, MOST_PARTIES, MOST_PEOPLE, WIDEST_KM
from incidents.editing import report_values
from incidents.extraction.values import WhoClass
from incidents.vocabulary import DATE_PRECISIONS, OUTCOMES, PLACE_PRECISIONS, ROLES, STAGES, TYPES

Json = dict[str, Any]


def _object(title: str, properties: Json, *, required: tuple[str, ...] = (), nullable: bool = True, more: str = "") -> Json:
    kind: Any = ["object", "null"] if nullable else "object"
    shape: Json = {"title": title, "type": kind, "properties": properties, "additionalProperties": False}
    return shape | ({"required": [*required]} if required else {}) | ({"description": more} if more else {})


def _number(low: float, high: float) -> Json:
    return {"type": ["number", "null"], "minimum": low, "maximum": high}


TEXT: Json = {"type": ["string", "null"], "maxLength": LONGEST_NAME}
DAY: Json = {"type": ["string", "null"], "format": "date"}
PEOPLE = {bound: {"type": ["integer", "null"], "minimum": 0, "maximum": MOST_PEOPLE} for bound in BOUNDS}
SPAN: Json = {
    "span": {
        "type": ["array", "null"], "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2,
        "description": "[start, end) in code points.",
    },
    "in": {"enum": ["title", "text", None]},
}  # fmt: skip
PARTY: Json = {"name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}, "role": {"enum": [*ROLES, "", None]}}
TYPE: Json = {"title": "type", "enum": [*TYPES]}
STAGE: Json = {"title": "stage", "enum": [*STAGES]}
BACKGROUND: Json = {"title": "background", "type": "boolean", "description": "Whether it is told in passing."}
DATE = _object(
    "date",
    {
        "earliest": DAY, "latest": DAY, "precision": {"enum": [*DATE_PRECISIONS, "", None]},
        "time": {"type": ["string", "null"], "description": "As 18:00, with the precision “time” alone."},
    },
    more="null where the day is not known; an open end is null.",
)  # fmt: skip
PLACE = _object(
    "place",
    {
        "place_id": TEXT, "name": TEXT, "precision": {"enum": [*PLACE_PRECISIONS, "none"]}, "country": TEXT, "admin1": TEXT,
        "lat": _number(-90, 90), "lon": _number(-180, 180), "radius_km": _number(0, WIDEST_KM),
    },
    required=("precision",),
    more="A place of the gazetteer by `place_id`, else one of your own by `name` and point; null where it is not known.",
)  # fmt: skip
ACTORS: Json = {
    "title": "actors", "type": "array", "maxItems": MOST_PARTIES, "description": "All of them, the most important first.",
    "items": _object("party", PARTY | {"actor": {}}, required=("name",), nullable=False),
}  # fmt: skip
COUNT = _object(
    ", ".join(OUTCOMES),
    PEOPLE,
    more="People: null for a bound that is not known, 0 for a stated none; null where none is stated.",
)
OF_INCIDENT: Json = {
    "anyOf": [TYPE, STAGE, BACKGROUND, DATE, PLACE, ACTORS, COUNT],
    "description": f"As the field takes it; the titles are the fields: {', '.join(FIELDS)}.",
}
EVIDENCE: Json = _object(
    "evidence",
    {"article": {"type": "integer", "minimum": 1, "description": "Its number."}, **SPAN, "quote": {"type": ["string", "null"]}},
    required=("article", "span"), nullable=False,
    more="Words that show it. Where `quote` is given, they must begin with it: so a text that changed meanwhile is noticed.",
)  # fmt: skip
YES: Json = {"type": ["boolean", "null"]}
STATEMENT: Json = {
    **PEOPLE, **SPAN, **dict.fromkeys(report_values.MARKS, YES), "outcome": {"enum": [*OUTCOMES]}, "quantifier": TEXT,
    "who": TEXT, "who_class": {"enum": [*get_args(WhoClass), "", None]}, "claimant": TEXT,
}  # fmt: skip
OF_REPORT: Json = {
    "type": "object", "minProperties": 1, "additionalProperties": False,
    "description": "Field to value; actors and counts are whole lists.",
    "properties": {
        "type": TYPE, "stage": STAGE, "background": BACKGROUND, "date": DATE, "place": PLACE,
        "actors": {
            "type": "array", "maxItems": report_values.MOST_STATEMENTS,
            "items": _object("party", PARTY | SPAN | {"claimant": TEXT, "denied": YES}, required=("name",), nullable=False),
        },
        "counts": {
            "type": "array", "maxItems": report_values.MOST_STATEMENTS,
            "items": _object("statement", STATEMENT, required=("outcome",), nullable=False),
        },
    },
}  # fmt: skip


@extend_schema_field(OF_INCIDENT)
class IncidentValue(serializers.JSONField):
    """A person's value for one field of an incident."""


@extend_schema_field(OF_REPORT)
class ReportValues(serializers.DictField):
    """A person's values for fields of one article's report."""


@extend_schema_field(EVIDENCE)
class Evidence(serializers.DictField):
    """Words of an article that show a person's value."""
