"""The filter form's options, each with how many incidents would remain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from geo import country_names
from incidents.aggregates.facets import LEAST_SURE, folded
from incidents.extraction.values import FAMILIES, FAMILY_OF
from incidents.filters import IncidentFilter
from incidents.models import Incident
from incidents.pages.words import PLACE_PRECISIONS, label, noun
from incidents.vocabulary import OUTCOMES, ROLES, STAGES, TYPES

Counts = Mapping[str, Mapping[str, int]]
PROVINCES = 200  # names that complete what is typed
MOST = 12  # options of an open vocabulary; the rest is found by typing


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a parameter. `count` is None where it is not counted."""

    value: str
    label: str
    checked: bool
    count: int | None
    family: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The options of one parameter. A parameter that may hold one value alone is drawn with radio buttons."""

    name: str
    label: str
    options: list[Option]
    single: bool = False
    errors: Sequence[str] = ()


def groups(asked: IncidentFilter, counts: Counts) -> list[Group]:
    """Return the groups of options, fixed vocabularies first in their own order, open ones by count."""
    fixed = {
        "family": (_("Family"), [(family, _(family.capitalize())) for family in FAMILIES]),
        "type": (_("Type"), [(kind, noun(kind).capitalize()) for kind in TYPES]),
        "stage": (_("Stage"), [(stage, label(stage)) for stage in STAGES]),
        "review": (_("Review"), [(value, _(str(text))) for value, text in Incident.Review.choices]),
    }
    found = [_group(asked, counts, name, *rest) for name, rest in fixed.items()]
    found.insert(2, _group(asked, counts, "country", _("Country"), _open(asked, counts, "country")))
    found.insert(3, _group(asked, counts, "actor", _("Actor"), _open(asked, counts, "actor")))
    found.insert(4, _group(asked, counts, "claimant", _("Who says so"), _open(asked, counts, "claimant")))
    found.insert(5, _group(asked, counts, "source", _("Source"), _open(asked, counts, "source")))
    return [group for group in [*found, *_singles(asked, counts)] if group.options]


def _open(asked: IncidentFilter, counts: Counts, name: str) -> list[tuple[str, str]]:
    """Return the most frequent values of an open vocabulary, with those in force first."""
    chosen: list[str] = asked.asked[name]
    counted = counts.get(name, {})
    others = sorted((value for value in counted if value and value not in chosen), key=lambda value: (-counted[value], value))
    values = [*chosen, *others][: max(MOST, len(chosen))]
    return [(value, country_names.name_of(value) if name == "country" else value) for value in values]


def _group(asked: IncidentFilter, counts: Counts, name: str, title: str, choices: list[tuple[str, str]]) -> Group:
    chosen = set(asked.asked[name])
    counted = counts.get(name)
    options = [
        Option(
            value,
            text,
            value in chosen,
            None if counted is None else counted.get(value, 0),
            FAMILY_OF[value] if name == "type" else value if name == "family" else "",
        )
        for value, text in choices
    ]
    return Group(name, title, options, errors=_errors(asked, name))


def _singles(asked: IncidentFilter, counts: Counts) -> list[Group]:
    """Return the parameters of which one value alone makes sense."""
    choices = {
        "precision": (_("Place known at least to"), [("", _("any")), *((key, _(PLACE_PRECISIONS[key])) for key in LEAST)]),
        "placed": (_("On the map"), [("", _("either")), ("yes", _("on the map")), ("no", _("not on the map"))]),
        "confidence": (_("How sure, at least"), _sure(asked)),
        "background": (_("History told in passing"), [("", _("left out")), ("1", _("let in")), ("only", _("alone"))]),
    }
    return [
        Group(
            name,
            title,
            [Option(value, text, value == _in_force(asked, name), counts.get(name, {}).get(value)) for value, text in options],
            single=True,
            errors=_errors(asked, name),
        )
        for name, (title, options) in choices.items()
    ]


def _in_force(asked: IncidentFilter, name: str) -> str:
    return asked.query.get(name, "") if asked.active(name) else ""


def _sure(asked: IncidentFilter) -> list[tuple[str, str]]:
    """Return the thresholds, with the one in force where it is another."""
    given = asked.query.get("confidence", "")
    values = sorted({*LEAST_SURE, *([given] if asked.active("confidence") else [])}, key=float)
    return [("", _("any")), *((value, value) for value in values)]


LEAST = ("site", "settlement", "near", "adm1", "country")


def _errors(asked: IncidentFilter, name: str) -> Sequence[str]:
    return [str(error) for error in asked.errors.get(name, [])]


def named(counts: Counts, text: str) -> dict[str, Mapping[str, int]]:
    """Return the counts with those countries alone whose names hold the text."""
    held = {code: n for code, n in counts["country"].items() if folded(text) in folded(country_names.name_of(code))}
    return {**counts, "country": held}


def form(asked: IncidentFilter, counts: Counts) -> dict[str, Any]:
    """Return what the filter form shows, by the names its templates use."""
    return {
        "groups": groups(asked, counts),
        "fields": fields(asked),
        "outcomes": _counted(OUTCOMES, counts["outcome"]),
        "roles": _counted(ROLES, counts["role"]),
        "provinces": _counted([name for name in list(counts["admin1"])[:PROVINCES] if name], counts["admin1"]),
    }


def fields(asked: IncidentFilter) -> dict[str, dict[str, Any]]:
    """Return what stands in the typed fields, as it was typed, with what is wrong with it."""
    typed = ("since", "until", "outcome", "min", "admin1", "near", "bbox", "role", "q")
    return {name: {"value": asked.query.get(name, ""), "errors": _errors(asked, name)} for name in typed}


def _counted(values: Sequence[str], counts: Mapping[str, int]) -> list[Option]:
    return [Option(value, label(value), checked=False, count=counts.get(value, 0)) for value in values]
