"""What one article reports, as the engine read it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from geo.models import Place
from incidents.models.incidents import Incident
from sources.models import Article


class Event(models.Model):
    """One thing one article reports: typed, dated, placed, counted, with evidence spans.

    Spans are `[start, end]` in code points of the article's text, or `{"in": "title", "span": [start, end]}` objects' pair with
    `in_title`; `date`, `place`, `weapons` and `evidence` hold the engine's own objects (DESIGN.md, What the engine returns).
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="events")
    incident = models.ForeignKey(Incident, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    ordinal = models.PositiveSmallIntegerField()  # 0 is the article's main event
    type = models.CharField(max_length=20)
    stage = models.CharField(max_length=12)
    background = models.BooleanField(default=False)
    confidence = models.FloatField()
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    date = models.JSONField(null=True, blank=True)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    place_read = models.JSONField(null=True, blank=True)
    weapons = models.JSONField(default=list, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    trigger = models.JSONField(null=True, blank=True)
    totals = models.JSONField(default=dict, blank=True)
    # Names its article gives, folded; two reports that share rare ones tell of the same happening (incidents/matching.py).
    names: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    extractor = models.CharField(max_length=40)
    touched_at = models.DateTimeField(null=True, blank=True)  # a person corrected, moved or added it: no reading replaces it
    rejected_at = models.DateTimeField(null=True, blank=True)  # a person said it is no event: it has no incident, and gets none
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["article_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["article", "extractor", "ordinal"], name="event_ordinal_per_reading")]
        indexes = [models.Index(fields=["earliest", "latest"])]

    def __str__(self) -> str:
        return f"{self.type} in article {self.article_id}"


class EventName(models.Model):
    """The index of `Event.names`, each name's newest bearers first, which no index of an array gives. The database keeps it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    day = models.DateField(null=True)  # the event's first, else its last

    class Meta:
        indexes = [models.Index(fields=["name", "-day", "-event"], name="event_name_newest")]

    def __str__(self) -> str:
        return self.name


class Count(models.Model):
    """One statement about a number of people, with who says so."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="counts")
    ordinal = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12)
    low = models.PositiveIntegerField(null=True, blank=True)
    best = models.PositiveIntegerField(null=True, blank=True)
    high = models.PositiveIntegerField(null=True, blank=True)
    quantifier = models.CharField(max_length=60, blank=True)
    who = models.CharField(max_length=200, blank=True)
    who_class = models.CharField(max_length=14, default="unknown")
    claimant = models.CharField(max_length=200, blank=True)
    span = models.JSONField()
    claimant_span = models.JSONField(null=True, blank=True)
    part_of_whole = models.BooleanField(default=False)
    supersedes = models.BooleanField(default=False)
    cumulative = models.BooleanField(default=False)
    further = models.BooleanField(default=False)  # "three others": beside, not within, what is counted elsewhere
    replaced = models.BooleanField(default=False, db_default=False)  # "it had first spoken of ten": another took its place

    class Meta:
        ordering = ["event_id", "ordinal"]
        indexes = [models.Index(fields=["claimant"], condition=~models.Q(claimant=""), name="count_claimant")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.best if self.best is not None else (self.low, self.high)}"


class Actor(models.Model):
    """A named or described party; `name` is its canonical name."""

    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list, blank=True)
    who_class = models.CharField(max_length=14, default="unknown")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="actor_once_in_any_case")]

    def __str__(self) -> str:
        return self.name


class Participation(models.Model):
    """An actor's role in one event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participations")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=14)
    span = models.JSONField()
    claimant = models.CharField(max_length=200, blank=True)
    denied = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["actor", "role"])]

    def __str__(self) -> str:
        return f"{self.actor} as {self.role}"
