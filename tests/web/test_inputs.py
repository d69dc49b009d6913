"""Inputs that are written without templates are those that Django's templates write."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from incidents.inputs import Renderer

CHOICES = [("", "none"), ("attack & <more>", [("a", 'the "first"'), ("b", "<second>")]), ("c", "third")]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput({"class": "inp", "autofocus": True, "disabled": False}), 'O\'Neil "<x>" & 5'),
    (forms.TextInput(), None),
    (forms.NumberInput({"min": 0, "inputmode": "numeric"}), 1234567),
    (forms.HiddenInput(), '{"span": [0, 5]}'),
    (forms.DateInput({"type": "date"}), "2022-01-20"),
    (forms.EmailInput(), "a@b.example"),
    (forms.Select({"class": "inp", "data-x": "<>"}, choices=CHOICES), "b"),
    (forms.Select(choices=CHOICES), None),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_a_widget_comes_out_as_the_template_writes_it(widget: forms.Widget, value: Any) -> None:
    def written(renderer: DjangoTemplates) -> str:
        return re.sub(r">\s+", ">", widget.render("some<name>", value, {"id": "id_x"}, renderer))

    assert written(Renderer()) == written(DjangoTemplates())
