"""What the engine read of a report, for the schema: each value with the words it stands in."""

from typing import Any

from rest_framework import serializers


def _pair(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2, **options)


class Located(serializers.Serializer[Any]):
    """Words of an article: from one code point of its text, or of its title, up to another; null where no words are known."""

    span = _pair(allow_null=True, required=False, help_text="[start, end), in code points.")


Located._declared_fields["in"] = serializers.ChoiceField(  # a word of Python's own
    choices=["title"], required=False, help_text="Where the words stand in the title."
)


class DateRead(Located):
    """First and last day (null: open), as the report tells it."""

    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)
    precision = serializers.CharField()
    basis = serializers.CharField()
    time = serializers.CharField(required=False, allow_null=True, help_text="HH:MM, where an hour is stated.")
    month_day = _pair(required=False, help_text="[month, day], where no year can be told.")


class Candidate(serializers.Serializer[Any]):
    """Another place that the words may mean."""

    place_id = serializers.CharField()
    score = serializers.FloatField()


class PlaceRead(Located):
    """A place with its precision, as the report tells it."""

    name = serializers.CharField()
    precision = serializers.CharField()
    place_id = serializers.CharField(allow_null=True)
    country = serializers.CharField(allow_null=True)
    country_name = serializers.CharField(allow_null=True)
    admin1 = serializers.CharField(allow_null=True)
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    radius_km = serializers.FloatField(allow_null=True)
    candidates = Candidate(many=True, required=False)


class WeaponRead(Located):
    """A weapon by the words that name it."""

    name = serializers.CharField()


class Evidence(Located):
    """Words the report rests on, with their sentence."""

    sentence = serializers.CharField(allow_null=True)
