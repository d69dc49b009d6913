"""The form that reads the query string."""

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from incidents.filters import words
from incidents.filters.conditions import CONDITIONS, ORDERINGS, background
from incidents.filters.fields import BoxField, CircleField, CountryField, DayField, ManyField
from incidents.filters.query_form import QueryForm
from incidents.filters.unknown import passed_over
from incidents.models.incidents import Incident, IncidentQuerySet
from incidents.vocabulary import FAMILIES, OUTCOMES, PLACE_PRECISIONS, ROLES, STAGES, TYPES

OTHER_PARAMETERS = frozenset({"page", "page_size", "cursor", "format"})  # read elsewhere, no part of what is asked for
MOST_PEOPLE = 2_147_483_647


def _choices(words_: Collection[str]) -> list[tuple[str, str]]:
    return [("", ""), *((word, word.replace("_", " ")) for word in words_)]


class IncidentFilter(QueryForm):
    """One query string, read. Never raises: `errors` explains each value not applied, `unknown` names what is no parameter.

    since, until: days, months or years (ISO). type, family, country (ISO code), admin1, actor, source, claimant, stage, review:
    may be repeated; each asks for any of its values. outcome and min: at least so many people. near: lat,lon,km. bbox: w,s,e,n.
    placed: yes or no. role: the actor's. confidence: least, 0 to 1. precision: the place's, at least. q: words as in a web
    search. background: left out, with "1" let in, with "only" alone. sort: date, oldest, killed, origins, changed.
    """

    since = DayField()
    until = DayField(end=True)
    type = ManyField(TYPES)
    family = ManyField(tuple(FAMILIES))
    outcome = forms.ChoiceField(choices=_choices(OUTCOMES), required=False)
    min = forms.IntegerField(min_value=0, max_value=MOST_PEOPLE, required=False)
    country = CountryField()
    admin1 = ManyField(split=False)
    near = CircleField(required=False, max_length=100)
    bbox = BoxField(required=False, max_length=200)
    placed = forms.ChoiceField(choices=_choices(("yes", "no")), required=False)
    actor = ManyField(split=False)
    role = forms.ChoiceField(choices=_choices(ROLES), required=False)
    source = ManyField(split=False)
    claimant = ManyField(split=False)
    stage = ManyField(STAGES)
    review = ManyField(tuple(Incident.Review.values))
    confidence = forms.FloatField(min_value=0, max_value=1, required=False)
    precision = forms.ChoiceField(choices=_choices(PLACE_PRECISIONS), required=False)
    q = forms.CharField(max_length=500, required=False)
    background = forms.ChoiceField(choices=_choices(("0", "1", "only")), required=False)
    sort = forms.ChoiceField(choices=_choices(tuple(ORDERINGS)), required=False)

    def __init__(self, query: QueryDict, *, also: Collection[str] = ()) -> None:
        super().__init__(data=query)
        self.query = query
        self.known = self.fields.keys() | OTHER_PARAMETERS | set(also)

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        if asked.get("since") and asked.get("until") and asked["until"] < asked["since"]:
            self.add_error("until", _("This lies before “since”."))
        if asked.get("background") == "0":
            asked["background"] = ""
        return asked

    @cached_property
    def unknown(self) -> list[str]:
        """Parameters that ask for nothing here, in their order."""
        return [name for name in self.query if name not in self.known]

    def notice(self) -> str:
        """Return the unknown parameters named gently, "" where there are none."""
        return passed_over(self.unknown, self.fields)

    @cached_property
    def asked(self) -> dict[str, Any]:
        """Every parameter's clean value; None, "" or [] where it is not given or not valid."""
        self.full_clean()
        empty: dict[str, Any] = {name: [] if isinstance(field, ManyField) else "" for name, field in self.fields.items()}
        empty |= dict.fromkeys(("since", "until", "min", "near", "bbox", "confidence"))
        return empty | self.cleaned_data

    def active(self, name: str) -> bool:
        return self.asked[name] not in (None, "", [])

    def conditions(self, without: Collection[str] = ()) -> Q:
        """Return what is asked of an incident, leaving out the named parameters."""
        asked = self.asked | {name: [] if isinstance(self.asked[name], list) else None for name in without}
        found = Q() if "background" in without else background(self.asked)
        for names, condition in CONDITIONS.items():
            if any(self.active(name) and name not in without for name in names):
                found &= condition(asked)
        return found

    @property
    def ordering(self) -> str:
        return self.asked["sort"] or "date"

    def narrow(self, incidents: IncidentQuerySet, without: Collection[str] = ()) -> IncidentQuerySet:
        """Return the incidents asked for, in no order: what aggregations want."""
        return incidents.filter(self.conditions(without)).order_by()

    def apply(self, incidents: IncidentQuerySet) -> IncidentQuerySet:
        """Return the incidents asked for, in the order asked for."""
        return self.narrow(incidents).order_by(*ORDERINGS[self.ordering])

    def numbers(self) -> words.Numbers:
        """Count what stands under this filter."""
        from incidents.columns.summing import sums  # with what compiles its loops: 170 MB that no export should hold

        return words.Numbers(sums(self.asked))

    def summary(self) -> str:
        """Return the filter and what it comes to, in plain words."""
        return f"{words.sentence(self.asked)}: {self.numbers()}"

    def chips(self) -> list[words.Chip]:
        """Return the active parameters, each with the query string that drops it."""
        return words.chips(self.asked, self.query)
