"""What the figures look like, for the schema: cells of the map, bins of the timeline, counts of options."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from incidents.aggregates.facets import FACETS
from incidents.aggregates.stacks import GRAVITY
from incidents.columns.units import UNITS
from incidents.vocabulary import FAMILIES

Rows = serializers.Serializer[Any]


def _by(name: str, parts: Iterable[str]) -> type[Rows]:
    """Return the shape of numbers of incidents by part."""
    fields = {part: serializers.IntegerField(min_value=0, required=False) for part in parts}
    return type(name, (serializers.Serializer,), {"__doc__": "Incidents by part; a part that has none is left out."} | fields)


ByFamily, ByGravity = _by("ByFamily", FAMILIES), _by("ByGravity", GRAVITY)


class Cluster(Rows):
    """Two incidents and more, at the middle of them. One of areas has `precision` and `radius_km`; one of points has neither."""

    lat = serializers.FloatField()
    lon = serializers.FloatField()
    count = serializers.IntegerField(min_value=2)
    killed = serializers.IntegerField(allow_null=True, help_text="Best figures added up; null where none is stated.")
    families = ByFamily()
    bounds = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2), min_length=2, max_length=2,
        help_text="[[south, west], [north, east]] of all of them.",
    )  # fmt: skip
    precision = serializers.ChoiceField(choices=["area"], required=False)
    radius_km = serializers.FloatField(required=False, allow_null=True, help_text="The widest of the areas.")


class Pin(Rows):
    """An incident alone in its cell."""

    id = serializers.IntegerField()
    lat = serializers.FloatField()
    lon = serializers.FloatField()
    precision = serializers.CharField()
    radius_km = serializers.FloatField(allow_null=True)
    family = serializers.CharField()
    type = serializers.CharField()
    headline = serializers.CharField()
    when = serializers.CharField(help_text="In words.")
    where = serializers.CharField(help_text="In words.")
    killed = serializers.CharField(help_text="In words: “4–6”; empty where it is not stated.")
    killed_best = serializers.IntegerField(allow_null=True)


class OfCountry(Rows):
    country = serializers.CharField(help_text="Code; empty for incidents that name none.")
    country_name = serializers.CharField()
    count = serializers.IntegerField(min_value=1)


class Unplaced(Rows):
    """What has no point on the map."""

    total = serializers.IntegerField(min_value=0)
    by_country = OfCountry(many=True)


class CellsShape(Rows):
    """The map: every incident under the filter and in view is in exactly one cluster or pin, or without a point."""

    clusters = Cluster(many=True)
    pins = Pin(many=True)
    unplaced = Unplaced()


class Bin(Rows):
    """The incidents whose first day lies in it; `families` or, with by=outcome, `outcomes` add up to them."""

    start = serializers.CharField(help_text="First day, with unit=hour the hour: 2022-01-20T18:00.")
    families = ByFamily(required=False)
    outcomes = ByGravity(required=False)


class Imprecise(Rows):
    """Incidents that are known too vaguely for a bin, in the stretch that they are known to."""

    start = serializers.CharField()
    unit = serializers.ChoiceField(choices=UNITS)
    count = serializers.IntegerField(min_value=1)


class Lasting(Rows):
    """An incident that went on for days."""

    id = serializers.IntegerField()
    headline = serializers.CharField()
    family = serializers.CharField()
    earliest = serializers.DateField()
    latest = serializers.DateField()


class TimelineShape(Rows):
    """Incidents over time. `unit` is the one asked for, or a coarser one where its bins would be too many."""

    unit = serializers.ChoiceField(choices=UNITS)
    first = serializers.DateField(allow_null=True, help_text="First day of all incidents under the filter, in the window or not.")
    last = serializers.DateField(allow_null=True)
    bins = Bin(many=True)
    imprecise = Imprecise(many=True)
    undated = serializers.IntegerField(min_value=0)
    lasting = Lasting(many=True)


class FacetsShape(Rows):
    """Parameter of the filter to its values to the incidents that each would leave; of open vocabularies the most frequent."""


for _name in FACETS:
    FacetsShape._declared_fields[_name] = serializers.DictField(child=serializers.IntegerField(min_value=0))
