"""What the API's rows look like, for the schema: incidents, places, actors, sources. How they are written: shown.py."""

from typing import Any

from rest_framework import serializers

from geo.models import Place
from incidents.models import Actor, Incident
from sources.models import Source


class Days(serializers.Serializer[Any]):
    """First and last day (null: open), how exactly they are known and by what; precision "" where nothing is known."""

    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)
    precision = serializers.CharField()
    basis = serializers.CharField()
    time = serializers.CharField(allow_null=True, help_text="HH:MM by the clocks of the place; null where no hour is stated.")


class Whereabouts(serializers.Serializer[Any]):
    """A place with its precision. Coordinates in degrees (WGS 84); null where only a country is known, or less."""

    place_id = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    precision = serializers.CharField()
    country = serializers.CharField()
    country_name = serializers.CharField()
    admin1 = serializers.CharField()
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    radius_km = serializers.FloatField(allow_null=True)


class Total(serializers.Serializer[Any]):
    """People: lowest, best and highest figure. Null is not known, 0 a stated none."""

    low = serializers.IntegerField(allow_null=True)
    best = serializers.IntegerField(allow_null=True)
    high = serializers.IntegerField(allow_null=True)


class InRole(serializers.Serializer[Any]):
    """An actor in a role, with the number of independent origins that name it."""

    actor = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.CharField()
    origins = serializers.IntegerField()


class IncidentShape(serializers.ModelSerializer[Incident]):
    """One real-world happening."""

    number = serializers.CharField(help_text="The name people use for it: I-20417.")
    url = serializers.URLField(help_text="Its page.")
    date = Days()
    place = Whereabouts()
    totals = serializers.DictField(child=Total(), help_text="Outcome to people; an outcome nobody states is absent.")
    actors = InRole(many=True)

    class Meta:
        model = Incident
        fields: tuple[str, ...] = (
            "id", "number", "url", "headline", "type", "family", "stage", "background", "confidence", "date", "place", "totals",
            "actors", "article_count", "origin_count", "review_status", "version", "created_at", "changed_at",
        )  # fmt: skip


class PlaceShape(serializers.ModelSerializer[Place]):
    """An entry of the gazetteer."""

    class Meta:
        model = Place
        fields = ("id", "name", "kind", "country", "admin1", "admin2", "lat", "lon", "population", "radius_km")


class ActorShape(serializers.ModelSerializer[Actor]):
    """A named or described party."""

    aliases = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Actor
        fields = ("id", "name", "aliases", "who_class")


class SourceShape(serializers.ModelSerializer[Source]):
    """Who publishes."""

    class Meta:
        model = Source
        fields = ("id", "name", "kind", "url", "home_country", "active", "last_polled_at")
