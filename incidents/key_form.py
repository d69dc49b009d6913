"""The form that makes a key for a program."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from incidents.models import ApiKey
from incidents.roles import may_use_scope

SCOPES = (
    (ApiKey.Scope.READ.value, _("read"), _("Incidents, events, changes, figures, exports.")),
    (ApiKey.Scope.WRITE.value, _("write"), _("Push articles, correct, merge and split.")),
    (ApiKey.Scope.TEXT.value, _("whole texts of articles"), _("Without it, the sentences that are evidence.")),
)
LASTS = ((30, _("30 days")), (90, _("90 days")), (365, _("a year")), ("", _("until it is revoked")))
OVERLAPS = ((0, _("at once")), (24, _("a day")), (168, _("a week")))
NAMES = {value: label for value, label, _help in SCOPES}


class KeyForm(forms.Form):
    """Name, scopes the account has itself, and days until the key ends."""

    name = forms.CharField(
        max_length=80, error_messages={"required": _("Give the key a name, such as the program that uses it.")}
    )
    scopes = forms.MultipleChoiceField(error_messages={"required": _("Choose at least one thing that the key may do.")})
    days = forms.TypedChoiceField(choices=LASTS, coerce=int, empty_value=None, required=False, initial=90)

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [(value, label) for value, label, _help in SCOPES if may_use_scope(owner, value)]
        self.fields["scopes"].choices = allowed  # type: ignore[attr-defined]
        self.helps = {str(value): text for value, _label, text in SCOPES}

    def offered(self) -> list[dict[str, Any]]:
        """Return the scopes to tick: value, label, what it opens, and whether it is ticked."""
        ticked = self["scopes"].value() or ([] if self.is_bound else [ApiKey.Scope.READ.value])
        return [
            {"value": value, "label": label, "help": self.helps[value], "ticked": value in ticked}
            for value, label in self.fields["scopes"].choices  # type: ignore[attr-defined]
        ]


class RotateForm(forms.Form):
    """For how long the old key works on."""

    overlap = forms.TypedChoiceField(choices=OVERLAPS, coerce=int)
