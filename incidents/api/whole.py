"""Whole numbers in the query string."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class WholeField(forms.CharField):
    """A whole number in plain digits; cleans to None where it is not given."""

    def __init__(self, *, least: int = 0, most: int, help_text: str) -> None:
        super().__init__(required=False, max_length=40, help_text=help_text)
        self.least, self.most = least, most

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        if text.isascii() and text.isdecimal() and len(text) < 20 and self.least <= int(text) <= self.most:
            return int(text)
        raise forms.ValidationError(
            _("This must be a whole number from %(least)s to %(most)s.") % {"least": self.least, "most": self.most}
        )
