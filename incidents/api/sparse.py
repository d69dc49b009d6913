"""Less or more of each row: `fields` leaves out what is not named, `include` adds what hangs on an incident, one level deep."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import prefetch_related_objects
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from incidents.api.reports import ArticleShape, EventShape, IncidentDetail, judgements_of
from incidents.api.shapes import IncidentShape
from incidents.models import Count, Event, Incident
from incidents.reports import Reported, reported

INCLUDES = ("events", "claims", "articles")
MOST_WITH_INCLUDES = 100  # rows of a page: each brings its reports with their sentences


class NamesField(forms.CharField):
    """Names with commas between them; cleans to a list."""

    def clean(self, value: Any) -> list[str]:
        return names_in(super().clean(value))


class OneParameters(forms.Form):
    """What a single row takes."""


OneParameters.base_fields["fields"] = NamesField(  # a form's own word
    required=False, max_length=1000, help_text="These fields alone, by name, with commas."
)


def names_in(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


class IncludeField(NamesField):
    """Names of what to add."""

    def clean(self, value: Any) -> list[str]:
        names = super().clean(value)
        for name in names:
            if name not in INCLUDES:
                hint = "it goes one level deep" if "." in name else "there are"
                raise forms.ValidationError(f"“{name[:50]}” cannot be included; {hint}: {', '.join(INCLUDES)}.")
        return names


def narrowed(shape: Any, wanted: Sequence[str]) -> Any:
    """Return the serializer with these of its fields alone; raises ValidationError for names it does not have."""
    one: Any = shape.child if isinstance(shape, serializers.ListSerializer) else shape
    if unknown := [name for name in wanted if name not in one.fields]:
        raise ValidationError({"fields": [f"There is no field “{unknown[0][:50]}” here; there are: {', '.join(one.fields)}."]})
    for name in set(one.fields) - set(wanted) if wanted else ():
        del one.fields[name]
    return shape


class IncludingShape(IncidentShape):
    """An incident in a list, with what was asked to be included; only that is there."""

    events = serializers.SerializerMethodField(help_text="With include=events: what each article reports.")
    claims = serializers.SerializerMethodField(help_text="With include=claims: every statement of a number, with its verdict.")
    articles = serializers.SerializerMethodField(help_text="With include=articles: the documents that report it.")

    class Meta:
        model = Incident
        fields = (*IncidentShape.Meta.fields, *INCLUDES)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name in set(INCLUDES) - set(self.context.get("include", INCLUDES)):
            del fields[name]
        for name in INCLUDES:
            if name in fields:
                fields[name].required = False
        return fields

    def get_events(self, incident: Incident) -> Any:
        return EventShape(self._events(incident), many=True, context=self.context).data

    def get_claims(self, incident: Incident) -> Any:
        return IncidentDetail.claims_of(self._reported(incident), self.context)

    def get_articles(self, incident: Incident) -> Any:
        articles = {event.article_id: event.article for event in self._events(incident)}
        return ArticleShape(list(articles.values()), many=True, context=self.context).data

    def _events(self, incident: Incident) -> list[Event]:
        return [one.event for one in self._reported(incident)]

    def _reported(self, incident: Incident) -> list[Reported]:
        known: dict[int, list[Reported]] = self.context["reported"]
        return known.get(incident.pk, [])


def with_reports(rows: Sequence[Incident], include: Sequence[str]) -> dict[str, Any]:
    """Return the context that IncludingShape needs for these rows: their reports, read at once."""
    found = reported([row.pk for row in rows]) if include else {}
    if "articles" in include:
        articles = [one.event.article for events in found.values() for one in events]
        prefetch_related_objects(articles, "source", "events__incident")
    return {"include": include, "reported": found}


def with_judgements(rows: Sequence[Count]) -> dict[str, Any]:
    """Return the context that ClaimShape needs for these rows: what the rule makes of everything said of their incidents."""
    numbers = {row.event.incident_id for row in rows if row.event.incident_id}
    return {"judgements": judgements_of(reported(list(numbers)).values())}
