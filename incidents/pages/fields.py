"""Each field of an incident with the sentence it was read from, who set it, and the form that corrects it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.evidence import Quotation
from incidents.extraction.values import OUTCOMES
from incidents.forms import FORMS, FieldForm
from incidents.models import Event, Incident, Override, ReviewCase
from incidents.pages import words
from incidents.pages.claims import best_quantifier
from incidents.pages.dossier import Dossier
from sources.models import Article


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field. `override` is a person's value; without one the machine read it from `quotation`."""

    name: str
    label: str
    value: str
    known: bool
    quotation: Quotation | None
    article: Article | None
    event: Event | None
    confidence: str
    override: Override | None
    machine: str
    note: str
    href: str
    form: FieldForm | None
    is_extra: bool  # an outcome nobody states: only its form is of use


_NOTES = {"stage": gettext_lazy("read with the type"), "background": gettext_lazy("read with the type")}


def current(incident: Incident, name: str) -> Any:
    """Return a field's present value in the shape its form and `incidents.editing.correct` use."""
    if name in ("type", "stage", "background"):
        return getattr(incident, name)
    if name == "date":
        days = {end: value and value.isoformat() for end, value in (("earliest", incident.earliest), ("latest", incident.latest))}
        clock = incident.time_of_day and incident.time_of_day.isoformat("minutes")
        return days | {"precision": incident.date_precision} | ({"time": clock} if clock else {})
    if name == "place":
        return {"place_id": incident.place_id, "precision": incident.place_precision, "radius_km": incident.radius_km}
    total = incident.totals.get(name)
    return total and {end: total.get(end) for end in ("low", "best", "high")}


def initial(incident: Incident, name: str) -> dict[str, Any]:
    """Return what a field's form starts with."""
    value = current(incident, name)
    start: dict[str, Any] = dict(value) if isinstance(value, Mapping) else {name: value}
    if name == "background":
        start = {name: "yes" if value else "no"}
    if name == "place":
        start["place"] = incident.place_name
        start["candidates"], start["candidate"] = _left_open(incident), incident.place_id or ""
    if name in OUTCOMES:
        numbers = value and any(number is not None for number in value.values())
        start = dict(value or {}) | {"means": "numbers" if numbers or not value else "unknown"}
    if name == "date":
        start["precision"] = "day" if start["precision"] in ("", "time") else start["precision"]
    return start | {"seen": json.dumps(value, sort_keys=True)}


def _left_open(incident: Incident) -> list[str]:
    """Return the gazetteer entries between which the reading could not decide."""
    case = ReviewCase.objects.filter(incident=incident).first()
    grounds = [one for one in case.grounds if one["reason"] == "ambiguous_place"] if case else []
    return grounds[0]["detail"]["candidates"] if grounds else []


def new_form(incident: Incident, name: str, data: Mapping[str, Any] | None = None) -> FieldForm:
    """Return the form of a field, filled with its present value or bound to what was sent."""
    return FORMS[name](data, initial=initial(incident, name), prefix=None, auto_id=f"{name}-%s")


def rows(dossier: Dossier, *, with_forms: bool, bound: Mapping[str, FieldForm] | None = None) -> list[FieldRow]:
    """Return the fields in reading order: what, when, where, how many. Outcomes nobody states come last, with forms only."""
    found = []
    for name in _names(dossier, everything=with_forms):
        form = (bound or {}).get(name) or (new_form(dossier.incident, name) if with_forms else None)
        found.append(_row(dossier, name, form))
    return found


def _names(dossier: Dossier, *, everything: bool) -> Iterator[str]:
    yield from ("type", "stage", "background", "date", "place")
    stated = {count.outcome for count in dossier.counts} | dossier.overrides.keys() | {"killed", "wounded"}
    yield from (name for name in OUTCOMES if name in stated)
    if everything:
        yield from (name for name in OUTCOMES if name not in stated)


def _row(dossier: Dossier, name: str, form: FieldForm | None) -> FieldRow:
    override = dossier.overrides.get(name)
    event, located = (None, None) if override else _source(dossier, name)
    quotation = dossier.quote(event, located) if event else None
    value = in_words(dossier, name)
    statements = sum(count.outcome == name for count in dossier.counts)
    return FieldRow(
        name=name,
        label=_(words.FIELD_NAMES.get(name, words.label(name).capitalize())),
        value=value,
        known=value not in (_(words.NOT_STATED), _(words.NOT_KNOWN)),
        quotation=quotation,
        article=event.article if event and quotation else None,
        event=event,
        confidence=words.confidence(event.confidence) if event and name == "type" else "",
        override=override,
        machine=event.extractor if event else dossier.machine,
        note=str(_NOTES.get(name, "")),
        href=f"#{name}" if statements else "",
        form=form,
        is_extra=name in OUTCOMES and name not in ("killed", "wounded") and not statements and override is None,
    )


def in_words(dossier: Dossier, name: str) -> str:
    """Return the present value of a field as people read it."""
    incident = dossier.incident
    if name == "type":
        return words.noun(incident.type)
    if name == "stage":
        return words.label(incident.stage)
    if name == "background":
        return _("yes: told in passing") if incident.background else _("no: news")
    if name == "date":
        return words.days(incident.earliest, incident.latest, incident.date_precision, incident.time_of_day)
    if name == "place":
        name_read = incident.place_name
        return words.place(name_read, dossier.country_name, incident.place_precision, incident.admin1)
    stated = name in incident.totals or any(count.outcome == name for count in dossier.counts)
    return words.total_with_best(incident.totals.get(name) or {} if stated else None, best_quantifier(dossier, name))


def _source(dossier: Dossier, name: str) -> tuple[Event | None, Any]:
    """Return the event whose reading the field's value follows, and the span object it was read from.

    Numbers have their sentences in the table of claims; stage and background are read with the type.
    """
    incident = dossier.incident
    if name == "type":
        return _type_source(dossier)
    for event in dossier.events:
        if (
            name == "date"
            and (event.earliest, event.latest) == (incident.earliest, incident.latest)
            and (event.date or {}).get("span")
        ):
            return event, event.date
        if name == "place" and event.place_id == incident.place_id and (event.place_read or {}).get("span"):
            return event, event.place_read
    return None, None


def _type_source(dossier: Dossier) -> tuple[Event | None, Any]:
    """Return the newest report of the type with the words that say it; without such words the sentence it rests on."""
    reports = [event for event in dossier.events if event.type == dossier.incident.type]
    if said := next((event for event in reports if event.trigger), None):
        return said, said.trigger
    return next(((event, event.evidence[0]) for event in reports if event.evidence), (None, None))
