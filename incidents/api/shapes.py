"""What the API's rows look like: incidents, places, actors, sources."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from geo import country_names
from geo.models import Place
from incidents.models import Actor, Incident
from incidents.moments import moment
from sources.models import Source

BOUNDS = ("low", "best", "high")


class Days(serializers.Serializer[Any]):
    """First and last day (null: open), how exactly they are known and by what; precision "" where nothing is known."""

    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)
    precision = serializers.CharField(source="date_precision")
    basis = serializers.CharField(source="date_basis")
    time = serializers.TimeField(source="time_of_day", format="%H:%M", allow_null=True)


class Whereabouts(serializers.Serializer[Any]):
    """A place with its precision. Coordinates in degrees (WGS 84); null where only a country is known, or less."""

    place_id = serializers.CharField(allow_null=True)
    name = serializers.CharField(source="place_name")
    precision = serializers.CharField(source="place_precision")
    country = serializers.CharField()
    country_name = serializers.SerializerMethodField()
    admin1 = serializers.CharField()
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    radius_km = serializers.FloatField(allow_null=True)

    def get_country_name(self, row: Any) -> str:
        return country_names.name_of(row.country) if row.country else ""


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
    url = serializers.SerializerMethodField(help_text="Its page.")
    date = Days(source="*")
    place = Whereabouts(source="*")
    totals = serializers.SerializerMethodField(help_text="Outcome to people; an outcome nobody states is absent.")
    actors = InRole(many=True)

    class Meta:
        model = Incident
        fields = (
            "id", "number", "url", "headline", "type", "family", "stage", "background", "confidence", "date", "place", "totals",
            "actors", "article_count", "origin_count", "review_status", "version", "created_at", "changed_at",
        )  # fmt: skip

    def to_representation(self, incident: Incident) -> dict[str, Any]:
        """Return the incident as the fields say; what a page has hundreds of is written out, several times faster."""
        fields: Iterable[tuple[str, Any]] = self.fields.items()
        return {
            name: WRITTEN[name](incident) if name in WRITTEN else field.to_representation(field.get_attribute(incident))
            for name, field in fields
        }

    def get_url(self, incident: Incident) -> str:
        return absolute(self.context, incident.get_absolute_url())

    @extend_schema_field(serializers.DictField(child=Total()))
    def get_totals(self, incident: Incident) -> dict[str, Any]:
        return {outcome: {bound: total.get(bound) for bound in BOUNDS} for outcome, total in incident.totals.items()}


WRITTEN: dict[str, Callable[[Incident], Any]] = {
    "date": lambda row: {
        "earliest": row.earliest and row.earliest.isoformat(),
        "latest": row.latest and row.latest.isoformat(),
        "precision": row.date_precision,
        "basis": row.date_basis,
        "time": row.time_of_day and row.time_of_day.isoformat("minutes"),
    },
    "place": lambda row: {
        "place_id": row.place_id,
        "name": row.place_name,
        "precision": row.place_precision,
        "country": row.country,
        "country_name": country_names.name_of(row.country) if row.country else "",
        "admin1": row.admin1,
        "lat": row.lat,
        "lon": row.lon,
        "radius_km": row.radius_km,
    },
    "actors": lambda row: [{key: actor[key] for key in ("actor", "name", "role", "origins")} for actor in row.actors],
    "created_at": lambda row: moment(row.created_at),
    "changed_at": lambda row: moment(row.changed_at),
} | {
    name: attrgetter(name)
    for name in (
        "id", "number", "headline", "type", "family", "stage", "background", "confidence", "article_count", "origin_count",
        "review_status", "version",
    )
}  # fmt: skip


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


def absolute(context: Mapping[str, Any], path: str) -> str:
    """Return the path as a whole address, as the request came in."""
    request = context["request"]
    return f"{request.scheme}://{request.get_host()}{path}"
