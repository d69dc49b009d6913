"""The forms of saved searches and their alerts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from incidents.alerts.posting import checked
from incidents.exports.about import query_of
from incidents.filters import IncidentFilter
from incidents.models import SavedSearch
from sources.refusals import Refused

MOST_WEBHOOKS = 5  # of one search


class SearchForm(forms.Form):
    """A name, and the filter as in the desk's address."""

    name = forms.CharField(max_length=120, strip=True)
    query = forms.CharField(max_length=8000, required=False)

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())  # it becomes a mail's subject: one line

    def clean_query(self) -> str:
        query = QueryDict(str(self.cleaned_data["query"]).strip().removeprefix("?"))
        asked = IncidentFilter(query)
        reasons = [f"{name}: {reason}" for name, found in asked.errors.items() for reason in found]
        reasons += [asked.notice()] if asked.unknown else []
        if reasons:
            raise ValidationError(reasons)
        return query_of(query)


class AlertForm(forms.Form):
    """How a search's owner is told. The feed has an address of its own, which anybody may read who knows it."""

    pace = forms.ChoiceField(choices=SavedSearch.Pace.choices, required=False)
    watched = forms.BooleanField(required=False)

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_pace(self) -> str:
        pace = str(self.cleaned_data["pace"])
        if pace and not self.email:
            raise ValidationError(_("Your account has no e-mail address yet."))
        return pace


class WebhookForm(forms.Form):
    url = forms.CharField(max_length=1000)

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        try:
            checked(url)
        except Refused as refused:
            raise ValidationError(refused.reason) from None
        return url
