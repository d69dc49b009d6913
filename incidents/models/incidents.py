"""One real-world happening, derived from its events with people's values on top."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from geo.models import Place

SEARCH_CONFIG = "english"


class Lasts(models.Func):
    """The days from an incident's first to its last, as the index of those that last longer than one has them."""

    template = "daterange(%(expressions)s, '[]')"
    output_field = DateRangeField()

    def __init__(self, first: str = "earliest", last: str = "latest", **extra: Any) -> None:
        super().__init__(first, last, **extra)


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible(self) -> "IncidentQuerySet":
        """Incidents that stand: not merged into another, not deleted."""
        return self.filter(merged_into=None, deleted_at=None)


class Incident(models.Model):
    """One real-world happening that the events of one or more articles report.

    Every column up to `review_status` is derived (incidents/deriving.py): a function of the events, with overrides on top.
    """

    class Review(models.TextChoices):
        UNREVIEWED = "unreviewed", "not reviewed"
        NEEDED = "needed", "needs review"
        REVIEWED = "reviewed", "reviewed"

    headline = models.CharField(max_length=300)
    type = models.CharField(max_length=20)
    family = models.CharField(max_length=12)
    stage = models.CharField(max_length=12, default="accomplished")
    background = models.BooleanField(default=False)
    confidence = models.FloatField(default=0)
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    day = models.GeneratedField(  # what lists are sorted by: an incident known only "by" a day has no earliest
        expression=Coalesce("earliest", "latest"), output_field=models.DateField(), db_persist=True
    )
    date_precision = models.CharField(max_length=12, blank=True)  # "" where no date is known
    date_basis = models.CharField(max_length=10, blank=True)
    time_of_day = models.TimeField(null=True, blank=True)  # by the clocks of the place, where one is stated (precision "time")
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="incidents")
    place_name = models.CharField(max_length=200, blank=True)
    place_precision = models.CharField(max_length=12, default="none")
    country = models.CharField(max_length=2, blank=True)
    admin1 = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    radius_km = models.FloatField(null=True, blank=True)
    cell = models.BigIntegerField(null=True, blank=True)  # geo.cells: map cell at the finest zoom
    killed_low = models.PositiveIntegerField(null=True, blank=True)
    killed_best = models.PositiveIntegerField(null=True, blank=True)
    killed_high = models.PositiveIntegerField(null=True, blank=True)
    wounded_best = models.PositiveIntegerField(null=True, blank=True)
    totals = models.JSONField(default=dict, blank=True)  # {outcome: {"low", "best", "high", "chosen": Count id or None}}
    actors = models.JSONField(default=list, blank=True)  # [{"actor": id, "name", "role", "origins": n}], most origins first
    sources: "ArrayField[list[int], list[int]]" = ArrayField(models.BigIntegerField(), default=list, blank=True)  # in order
    claimants: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    article_count = models.PositiveIntegerField(default=0)
    origin_count = models.PositiveIntegerField(default=0)
    review_status = models.CharField(max_length=12, choices=Review, default=Review.UNREVIEWED)
    search = SearchVectorField(null=True, blank=True)  # headline, place, actors and evidence sentences
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from")
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_reason = models.CharField(max_length=500, blank=True)
    # A person deleted it; without one the last report of it went, and it comes back with the next.
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    purged_at = models.DateTimeField(null=True, blank=True)  # erased: its number answers that it is gone, for ever
    reviewed_at = models.DateTimeField(null=True, blank=True)  # a person looked at it
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.BigIntegerField(default=0)  # number of its last entry in the change log
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = [models.F("day").desc(nulls_last=True), "-id"]
        permissions = [  # which role has which: incidents/roles.py
            ("correct_incident", "Correct, review, merge and split incidents"),
            ("lead_desk", "Act in bulk, revert others, assign work"),
            ("purge_incident", "Erase for good"),
            ("write_by_api", "Push articles and correct through the API"),
        ]
        indexes = [
            models.Index(models.F("day").desc(nulls_last=True), models.F("id").desc(), name="incident_by_day"),
            models.Index(models.F("killed_best").desc(nulls_last=True), models.F("id").desc(), name="incident_by_killed"),
            models.Index(fields=["-changed_at", "-id"]),
            models.Index(fields=["-origin_count", "-id"]),
            models.Index(fields=["type", "earliest"]),
            models.Index(fields=["country", "admin1"]),
            models.Index(fields=["country", "day"]),
            models.Index(fields=["cell"]),
            models.Index(fields=["lat", "lon"]),
            GistIndex(Lasts(), condition=models.Q(latest__gt=models.F("earliest")), name="incident_lasting"),
            GinIndex(fields=["search"], name="incident_search"),
            GinIndex(fields=["sources"], name="incident_sources"),
            GinIndex(fields=["claimants"], name="incident_claimants"),
            GinIndex(fields=["actors"], opclasses=["jsonb_path_ops"], name="incident_actors"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(earliest__lte=models.F("latest")), name="incident_dates_in_order"),
            models.CheckConstraint(condition=models.Q(killed_low__lte=models.F("killed_high")), name="incident_killed_in_order"),
            models.CheckConstraint(condition=models.Q(lat__range=(-90, 90), lon__range=(-180, 180)), name="incident_on_earth"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.headline}"

    def get_absolute_url(self) -> str:
        return reverse("incident", args=[self.pk])

    @property
    def number(self) -> str:
        """The name people use for it: I-20417."""
        return f"I-{self.pk}"
