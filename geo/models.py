"""The gazetteer's places as rows, so that events and incidents can refer to them."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone


class Place(models.Model):
    """A gazetteer entry (see geo.records.PlaceRecord); loaded by `manage.py load_gazetteer`, own ones added by editors."""

    id = models.CharField(max_length=64, primary_key=True)  # "geonames:173480", "desk:ghwayran"
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1 alpha-2
    admin1 = models.CharField(max_length=200, blank=True)
    admin2 = models.CharField(max_length=200, blank=True)
    lat = models.FloatField()  # degrees, WGS 84
    lon = models.FloatField()
    population = models.BigIntegerField(default=0)
    radius_km = models.FloatField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["country", "admin1"]),
            GinIndex(models.Func("name", template="to_tsvector('simple', %(expressions)s)"), name="place_name_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="place_on_earth",
                violation_error_message="Coordinates must lie on the earth.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.country}" if self.country else self.name


class GazetteerLoad(models.Model):
    """Which compiled gazetteer the rows agree with, so that loading it again costs nothing."""

    version = models.CharField(max_length=64, primary_key=True)
    loaded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.version
