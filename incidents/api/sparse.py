"""Less or more of each row: `fields` leaves out what is not named, `include` adds what hangs on an incident, one level deep."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from incidents import told, told_articles
from incidents.api import shown
from incidents.api.reports import fields_of
from incidents.api.shapes import IncidentShape
from incidents.filters.query_form import QueryForm
from incidents.stored import Stored
from incidents.told import Json, Library, Told

INCLUDES = ("events", "claims", "articles")
MOST_WITH_INCLUDES = 100  # rows of a page: each brings its reports with their sentences


class NamesField(forms.CharField):
    """Names with commas between them; cleans to a list."""

    def clean(self, value: Any) -> list[str]:
        return names_in(super().clean(value))


class OneParameters(QueryForm):
    """What a single row takes."""


OneParameters.base_fields["fields"] = NamesField(  # a form's own word
    required=False, max_length=1000, help_text="These fields alone, by name, with commas."
)


class OneIncidentParameters(OneParameters):
    """What a single incident takes: it comes with its events and claims unasked."""


def names_in(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


class IncludeField(NamesField):
    """Names of what to add."""

    def clean(self, value: Any) -> list[str]:
        names = super().clean(value)
        for name in names:
            if name not in INCLUDES:
                hint = _("it goes one level deep") if "." in name else _("there are")
                words = _("“%(name)s” cannot be included; %(hint)s: %(names)s.")
                raise forms.ValidationError(words % {"name": name[:50], "hint": hint, "names": ", ".join(INCLUDES)})
        return names


OneIncidentParameters.base_fields["include"] = IncludeField(
    required=False, max_length=100, help_text="articles: the documents that report it. Its events and claims are there anyway."
)


def checked(wanted: Sequence[str], known: Sequence[str]) -> Sequence[str]:
    """Return the names in `fields`; raises ValidationError for one that there is not."""
    for name in wanted:
        if name not in known:
            words = _("There is no field “%(name)s” here; there are: %(names)s.")
            raise ValidationError({"fields": [words % {"name": name[:50], "names": ", ".join(known)}]})
    return wanted


def with_includes(rows: Sequence[Stored], base: str, names: Sequence[str], *, with_text: bool) -> Iterator[Json]:
    """Yield these fields of incidents, of which some are what is included; the reports are read at once for all rows."""
    library, included = Library(), [name for name in names if name in INCLUDES]
    reports = told.of_incidents([row.id for row in rows], library) if included else {}
    articles = _articles(reports, library, base, with_text=with_text) if "articles" in included else {}
    own = [name for name in names if name not in INCLUDES]
    for row in rows:
        events = reports.get(row.id, [])
        yield shown.incident(row, base, own) | {name: _included(name, events, articles) for name in included}


def _included(name: str, events: Sequence[Told], articles: Mapping[int, Json]) -> list[Json]:
    if name == "articles":
        return [articles[number] for number in dict.fromkeys(one.printed.id for one in events)]
    return told.claims(events) if name == "claims" else shown.events(events)


def _articles(reports: dict[int, list[Told]], library: Library, base: str, *, with_text: bool) -> dict[int, Json]:
    numbers = {one.printed.id for events in reports.values() for one in events}
    return {row.id: shown.article(row, base, with_text=with_text) for row in told_articles.by_id(numbers, library)}


def whole(row: Stored, base: str, include: Sequence[str] = (), *, with_text: bool = False) -> Json:
    """Return one incident with all that is said of it, and the articles that say it where they are to be included."""
    library = Library()
    events = told.of_incidents([row.id], library)[row.id]
    more: Json = {"totals": shown.chosen_totals(row), "claims": told.claims(events), "events": shown.events(events)}
    if "articles" in include:
        more["articles"] = _included("articles", events, _articles({row.id: events}, library, base, with_text=with_text))
    return shown.incident(row, base, fields_of(IncidentShape)) | more
