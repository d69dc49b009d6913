"""What an editor may set, one form a field. A form's `value()` is what `incidents.editing.correct` takes."""

import json
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from geo.models import Place
from geo.names import fold
from incidents import corrections, place_search, vocabulary
from incidents.extraction.values import FAMILIES, OUTCOMES

DATE_PRECISIONS = {
    "day": gettext_lazy("one day"),
    "days": gettext_lazy("a few days"),
    "month": gettext_lazy("a month"),
    "longer": gettext_lazy("a longer time"),
    "upper_bound": gettext_lazy("by this day at the latest"),
    "none": gettext_lazy("no date is known"),
}
PLACE_PRECISIONS = {
    "site": gettext_lazy("a site"),
    "settlement": gettext_lazy("a settlement"),
    "near": gettext_lazy("near this place"),
    "adm2": gettext_lazy("a district"),
    "adm1": gettext_lazy("a province"),
    "area": gettext_lazy("an area"),
    "country": gettext_lazy("the country only"),
    "sea": gettext_lazy("at sea"),
    "none": gettext_lazy("no place is known"),
}


class FieldForm(forms.Form):
    """The part every field's form has: why, and what the editor saw when opening it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)
    evidence = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    reason = forms.CharField(
        label=gettext_lazy("Why (optional)"),
        required=False,
        max_length=500,
        strip=True,
        widget=forms.TextInput(attrs={"class": "inp"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def value(self) -> Any:
        """Return the checked value as `incidents.editing.correct` takes it."""
        raise NotImplementedError

    def saw(self) -> Any:
        """Return the value the editor saw, None where the form does not say."""
        try:
            return json.loads(self.cleaned_data["seen"])
        except ValueError:
            return None

    def shown(self) -> list[Any]:
        """Return the words that show the value, `[{"article", "span", "in"?}]`; none where the form holds none."""
        try:
            return [json.loads(self.cleaned_data["evidence"])]
        except ValueError:
            return []


def type_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the types by family, in words."""
    return [(_(family), [(kind, _(vocabulary.noun(kind))) for kind in kinds]) for family, kinds in FAMILIES.items()]


def _select(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.Select(attrs={"class": "inp"}))


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"class": "inp", "type": "date"}, format="%Y-%m-%d")
    words = gettext_lazy("There is no such day in the calendar: give it as 2022-01-31.")
    return forms.DateField(label=label, required=False, widget=widget, error_messages={"invalid": words})


def _degrees(label: Any, most: int) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"class": "inp", "step": "any"})
    words = format_lazy(gettext_lazy("That lies off the earth: degrees run from −{most} to {most}."), most=most)
    told = {"min_value": words, "max_value": words, "invalid": gettext_lazy("Give degrees as a number, as in 36.5.")}
    return forms.FloatField(label=label, required=False, min_value=-most, max_value=most, widget=widget, error_messages=told)


class TypeForm(FieldForm):
    type = _select(gettext_lazy("Type"), type_choices)

    def value(self) -> str:
        return str(self.cleaned_data["type"])


class StageForm(FieldForm):
    stage = _select(gettext_lazy("Stage"), lambda: [(stage, _(stage)) for stage in vocabulary.STAGES])

    def value(self) -> str:
        return str(self.cleaned_data["stage"])


class BackgroundForm(FieldForm):
    background = _select(
        gettext_lazy("Background"), [("no", gettext_lazy("no: news")), ("yes", gettext_lazy("yes: told in passing"))]
    )

    def value(self) -> bool:
        return bool(self.cleaned_data["background"] == "yes")


class DateForm(FieldForm):
    """First and last day; "by" some day has no first one."""

    earliest = _day(gettext_lazy("First day"))
    latest = _day(gettext_lazy("Last day"))
    precision = _select(gettext_lazy("Known to"), list(DATE_PRECISIONS.items()))
    time = forms.TimeField(
        label=gettext_lazy("Time of day, at the place"),
        required=False,
        widget=forms.TimeInput(attrs={"class": "inp", "type": "time"}, format="%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        precision = data.get("precision")
        if self.errors or precision == "none":
            return data
        first, last = data.get("earliest") or data.get("latest"), data.get("latest") or data.get("earliest")
        data["earliest"], data["latest"] = (None if precision == "upper_bound" else first), last
        if first is None or last is None:
            self.add_error("earliest", _("Give a day, or choose “no date is known”."))
        elif last < first:
            self.add_error("latest", _("The last day lies before the first one."))
        elif precision == "day" and first != last:
            self.add_error("precision", _("One day has the same first and last day; choose “a few days” or “a month” for more."))
        elif data.get("time"):
            data["precision"] = "time" if precision == "day" else precision
        return data

    def value(self) -> dict[str, Any] | None:
        if self.cleaned_data["precision"] == "none":
            return None
        days = {end: self.cleaned_data[end] and self.cleaned_data[end].isoformat() for end in ("earliest", "latest")}
        clock = self.cleaned_data["time"]
        return days | {"precision": self.cleaned_data["precision"]} | ({"time": clock.isoformat("minutes")} if clock else {})


class _Offered(forms.ChoiceField):
    """One of the entries offered. A mark that was left on an entry of an earlier name is no choice, and no error either."""

    def clean(self, value: Any) -> str:
        try:
            return str(super().clean(value))
        except forms.ValidationError:
            return ""


class PlaceForm(FieldForm):
    """A place of the gazetteer by name or id, or a point of one's own. A name that several bear asks which one is meant."""

    place = forms.CharField(
        label=gettext_lazy("Place, by name or gazetteer id"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"class": "inp", "autocomplete": "off"}),
    )  # fmt: skip
    candidate = _Offered(label=gettext_lazy("Which one?"), required=False, widget=forms.RadioSelect, choices=[])
    precision = _select(gettext_lazy("Known to"), list(PLACE_PRECISIONS.items()))
    radius_km = forms.FloatField(
        label=gettext_lazy("Within, km (for “near”)"), required=False, min_value=0.1, max_value=500,
        widget=forms.NumberInput(attrs={"class": "inp", "step": "any"}),
    )  # fmt: skip
    lat = _degrees(gettext_lazy("Latitude of a point of your own"), 90)
    lon = _degrees(gettext_lazy("Longitude"), 180)

    keep = forms.BooleanField(label=gettext_lazy("Keep it as a place of the desk, for others to find"), required=False)

    found: Place | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = self._candidates(str(self["place"].value() or "").strip())
        choice = self.fields["candidate"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(place.pk, described(place)) for place in self.candidates]

    def _candidates(self, name: str) -> list[Place]:
        """Return the entries offered: before anything is sent those the reading left open, then those of the name or id."""
        if not self.is_bound:
            return place_search.entries(self.initial.get("candidates", []))
        chosen, stands = str(self["candidate"].value() or ""), str(self.initial.get("candidate") or "")
        if stands and not chosen and name == self.initial.get("place"):
            return place_search.entries([stands])  # the place that stands, however its article spells it
        found = place_search.named(name) if name else []
        if chosen and chosen not in {place.pk for place in found}:
            left_open = name == self.initial.get("place")  # the name is the reading's own, which may spell it in its own way
            found = [place for place in place_search.entries([chosen]) if left_open or fold(place.name) == fold(name)] + found
        return found[: place_search.MOST]

    @property
    def has_point(self) -> bool:
        """Whether a point of the editor's own is meant."""
        return self.cleaned_data.get("lat") is not None or self.cleaned_data.get("lon") is not None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("precision") == "none" or self.errors:
            return data
        if not data.get("place"):
            self.add_error("place", _("Name a place, or choose “no place is known”."))
        elif self.has_point:
            self._check_point(data)
        else:
            self._choose(data.get("candidate"))
        if data.get("precision") == "near" and not data.get("radius_km"):
            self.add_error("radius_km", _("Say how many kilometres around it."))
        return data

    def _choose(self, chosen: str | None) -> None:
        marked = str(self["candidate"].value() or "")
        if marked and place_search.entry(marked) is None:  # deleted meanwhile: no namesake is taken in its place
            self.add_error("place", _("The gazetteer has no place “%s” (any more).") % marked[:64])
            return
        if chosen:
            self.found = place_search.entry(chosen)
        elif len(self.candidates) == 1:
            self.found = place_search.entry(self.candidates[0].pk)
        if not self.candidates:
            self.add_error("place", _("The gazetteer has no place of this name."))
        elif self.found is None:
            n = len(self.candidates)
            self.add_error(
                "candidate", ngettext("%(n)s place bears this name.", "%(n)s places bear this name: choose one.", n) % {"n": n}
            )

    def _check_point(self, data: dict[str, Any]) -> None:
        for name, other in (("lat", "lon"), ("lon", "lat")):
            if data.get(name) is None and data.get(other) is not None:
                self.add_error(name, _("A point needs both latitude and longitude."))

    def value(self) -> dict[str, Any]:
        data = self.cleaned_data
        radius = data["radius_km"] if data["precision"] == "near" else None
        if data["precision"] != "none" and self.has_point:
            country = place_search.country_near(data["lat"], data["lon"])
            point = {"name": data["place"], "country": country, "lat": data["lat"], "lon": data["lon"]}
            return point | {"precision": data["precision"], "radius_km": radius}
        return {"place_id": self.found.pk if self.found else None, "precision": data["precision"], "radius_km": radius}

    def to_keep(self) -> dict[str, Any] | None:
        """Return the point as `incidents.editing.add_place` takes it, None where it is not to be kept for others."""
        if not self.cleaned_data["keep"] or not self.has_point or self.cleaned_data["precision"] == "none":
            return None
        return {name: value for name, value in self.value().items() if name != "precision"}


def described(place: Place) -> str:
    """Return an entry as a choice among several: what it is, where it lies, how many live there."""
    around = ", ".join(part for part in (place.admin2, place.admin1, place.country) if part)
    people = " · " + _("%(n)s people") % {"n": f"{place.population:,}"} if place.population else ""
    return f"{place.name} ({place.kind}) {around}{people}"


MEANINGS = {
    "numbers": gettext_lazy("these numbers"),
    "unknown": gettext_lazy("said, but how many is not known"),
    "unstated": gettext_lazy("not stated by anyone"),
}


def people_field(label: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "inp", "inputmode": "numeric"})
    told = {
        "invalid": gettext_lazy("Give a whole number of people, or leave it empty."),
        "min_value": gettext_lazy("People are counted from 0; leave it empty where nobody knows."),
        "max_value": gettext_lazy("These are more people than can be stored."),
    }
    most = corrections.MOST_PEOPLE
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, widget=widget, error_messages=told)


class CountForm(FieldForm):
    """People of one outcome: low, best, high. An empty end is not known, 0 is a stated none."""

    low = people_field(gettext_lazy("Low"))
    best = people_field(gettext_lazy("Best"))
    high = people_field(gettext_lazy("High"))
    means = _select(gettext_lazy("This is"), list(MEANINGS.items()))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors or data.get("means") != "numbers":
            return data
        known = [(name, int(data[name])) for name in corrections.BOUNDS if data.get(name) is not None]
        if not known:
            self.add_error("best", _("Give a number, or say that it is not known or not stated."))
        for (lower, small), (upper, large) in pairwise(known):
            if small > large:
                self.add_error(upper, _("%(upper)s lies below %(lower)s.") % {"upper": upper.capitalize(), "lower": lower})
        return data

    def value(self) -> dict[str, int | None] | None:
        if self.cleaned_data["means"] == "unstated":
            return None
        known = self.cleaned_data["means"] == "numbers"
        return {name: self.cleaned_data[name] if known else None for name in corrections.BOUNDS}


FORMS: dict[str, type[FieldForm]] = {
    "type": TypeForm,
    "stage": StageForm,
    "background": BackgroundForm,
    "date": DateForm,
    "place": PlaceForm,
    **dict.fromkeys(OUTCOMES, CountForm),
}
