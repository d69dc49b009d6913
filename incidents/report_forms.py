"""What an editor may add to a case: a party, a statement about people, a report, a day of publication, an incident by hand."""

import json
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents import corrections
from incidents.forms import people_field, type_choices
from incidents.vocabulary import OUTCOMES, ROLES, label


def _text(label_: Any, *, required: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "inp", "autocomplete": "off"})
    return forms.CharField(label=label_, required=required, max_length=200, strip=True, widget=widget)


def _choice(label_: Any, choices: Any, **attributes: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label_, choices=choices, widget=forms.Select(attrs={"class": "inp"} | attributes))


class AddForm(forms.Form):
    """The part that every addition has: the words that show it, and why."""

    evidence = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    reason = forms.CharField(
        label=gettext_lazy("Why (optional)"),
        required=False,
        max_length=corrections.LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "inp", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def shown(self) -> dict[str, Any] | None:
        """Return the words that show it, `{"article", "span", "in"?}`, None where none were chosen."""
        try:
            found = json.loads(self.cleaned_data.get("evidence") or "null")
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


class ActorForm(AddForm):
    name = _text(gettext_lazy("Name"), required=True)
    role = _choice(gettext_lazy("Role"), lambda: [(role, _(label(role))) for role in ROLES], **{"data-after-words": ""})


class StatementForm(AddForm):
    """What somebody says of a number of people."""

    outcome = _choice(gettext_lazy("People"), lambda: [(outcome, _(label(outcome))) for outcome in OUTCOMES])
    low = people_field(gettext_lazy("Low"))
    best = people_field(gettext_lazy("Best"))
    best.widget.attrs["data-after-words"] = ""
    high = people_field(gettext_lazy("High"))
    who = _text(gettext_lazy("Who is counted"))
    claimant = _text(gettext_lazy("Who says so"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        known = [(bound, data[bound]) for bound in corrections.BOUNDS if data.get(bound) is not None]
        if not self.errors and not known:
            self.add_error("best", _("Give a number."))
        for (lower, small), (upper, large) in pairwise(known):
            if small > large:
                self.add_error(upper, _("%(upper)s lies below %(lower)s.") % {"upper": upper.capitalize(), "lower": lower})
        return data


class EventForm(AddForm):
    """A report that no reading found: its type and the words that say it."""

    type = _choice(gettext_lazy("What do the words report?"), type_choices)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.shown() is None:
            self.add_error(None, _("Select the words of the article that report it."))
        return data


class PublishedForm(forms.Form):
    """The day an article was published, where its source does not say."""

    article = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField(
        label=gettext_lazy("Day of publication"), widget=forms.DateInput(attrs={"class": "inp", "type": "date"})
    )


class IncidentForm(forms.Form):
    """An incident by hand; its fields are filled on its own page."""

    type = _choice(gettext_lazy("What happened?"), type_choices)
    reason = _text(gettext_lazy("How do you know? (optional)"))


ADDED: dict[str, type[AddForm]] = {"actor": ActorForm, "count": StatementForm, "event": EventForm}
