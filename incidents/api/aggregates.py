"""The figures behind map, timeline and option counts: the very ones the pages use."""

from typing import Any

from django import forms
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from incidents.aggregates import timeline
from incidents.aggregates.cells import View, cells
from incidents.aggregates.facets import facets
from incidents.aggregates.stacks import STACKS
from incidents.api.base import Api
from incidents.api.figure_shapes import CellsShape, FacetsShape, TimelineShape
from incidents.api.parameters import asked_of, of_filter, of_form
from incidents.columns.units import UNITS
from incidents.filters.fields import BoxField, DayField
from incidents.filters.query_form import QueryForm

FINEST_ZOOM = 24


class CellParameters(QueryForm):
    zoom = forms.IntegerField(min_value=0, max_value=FINEST_ZOOM, required=False, help_text="0 for the world in one tile.")
    view = BoxField(required=False, max_length=200, help_text="The part of the map that is seen: west,south,east,north.")


class Cells(Api):
    @extend_schema(tags=["figures"], parameters=[*of_filter(), *of_form(CellParameters)], responses=CellsShape)
    def get(self, request: Request) -> Response:
        """Incidents on the map: `clusters` (two and more), `pins` (one alone), `unplaced` counted by country."""
        form = CellParameters(request.GET)
        asked = asked_of(request, form, also=frozenset())
        return Response(cells(asked, View(form.cleaned_data["zoom"] or 0, form.cleaned_data["view"])))


class TimelineParameters(QueryForm):
    unit = forms.ChoiceField(
        choices=[("", ""), *((unit, unit) for unit in UNITS)],
        required=False,
        help_text="Of a bin; month by default.",
    )
    by = forms.ChoiceField(
        choices=[("", ""), *((by, by) for by in STACKS)], required=False, help_text="What bins are made of; family by default."
    )
    to = DayField(end=True)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("from") and data.get("to") and data["to"] < data["from"]:
            self.add_error("to", "This lies before “from”.")
        return data


TimelineParameters.base_fields["from"] = DayField()  # a word of Python's own
TimelineParameters.base_fields["from"].help_text = "First day seen."
TimelineParameters.base_fields["to"].help_text = "Last day seen."


class Timeline(Api):
    @extend_schema(tags=["figures"], parameters=[*of_filter(), *of_form(TimelineParameters)], responses=TimelineShape)
    def get(self, request: Request) -> Response:
        """Incidents over time: `bins` by family or gravest outcome, `lasting` ones, `imprecise` ones apart, `undated` counted."""
        form = TimelineParameters(request.GET)
        asked = asked_of(request, form, also=frozenset())
        chosen = form.cleaned_data
        window = timeline.Window(chosen["unit"] or "month", chosen["from"], chosen["to"], chosen["by"] or "family")
        return Response(timeline.timeline(asked, window))


class Facets(Api):
    @extend_schema(tags=["figures"], parameters=of_filter(), responses=FacetsShape)
    def get(self, request: Request) -> Response:
        """How many incidents each value of each parameter would leave, under all the others."""
        return Response(facets(asked_of(request, None, also=frozenset())))
