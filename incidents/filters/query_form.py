"""Forms that read a query string: many with each request, so they copy nothing and look at what is given alone."""

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class Shared(dict[str, forms.Field]):
    """A form's fields, of the class and not of each form: copying two dozen takes longer than reading them."""

    def __deepcopy__(self, memo: Any) -> dict[str, forms.Field]:
        return dict(self)


class QueryForm(forms.Form):
    """A form whose fields nobody changes. What is not given is cleaned once for all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not isinstance(self.base_fields, Shared):
            type(self).base_fields = Shared(self.base_fields)
        super().__init__(*args, **kwargs)

    def _clean_fields(self) -> None:
        """Clean the fields as Django does, without a bound field for each; where nothing is given, take what that comes to."""
        for name, field in self.fields.items():
            if name not in self.data and not field.required:
                self.cleaned_data[name] = _nothing(field)
                continue
            try:
                self.cleaned_data[name] = field.clean(field.widget.value_from_datadict(self.data, self.files, name))
            except ValidationError as error:
                self.add_error(name, error)


def _nothing(field: forms.Field) -> Any:
    empty = _cleaned_empty(field)
    return list(empty) if isinstance(empty, list) else empty


@cache
def _cleaned_empty(field: forms.Field) -> Any:
    return field.clean(field.widget.value_from_datadict({}, {}, ""))
