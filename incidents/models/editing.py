"""What people said, and the record of every change by people and machine."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from incidents.models.actions import Action
from incidents.models.events import Event
from incidents.models.incidents import Incident
from sources.models import Article


class Override(models.Model):
    """A person's value for one field of an incident, which stands above the machine's. Undo takes it back."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="overrides")
    field = models.CharField(max_length=40)  # a key of incidents.editing.FIELDS
    value: "models.JSONField[Any, Any]" = models.JSONField(null=True)  # None: not known, whatever the machine reads
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="overrides")
    # What shows it: [{"article": id, "span": [start, end), "quote": the words, "in": "title" where they stand there}]
    evidence = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "field"], condition=models.Q(taken_back_at=None), name="override_one_per_field"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} of I-{self.incident_id}"


class Change(models.Model):
    """The change log: every visible change of an incident, numbered in commit order (incidents/changes.py).

    `other` is the incident it was merged into, or the one it was split from. `state` lets a follower keep exact copies: all
    fields (those that are null left out) for `created`, `split` and `restored`, the changed fields alone for `updated`, null for
    the rest.
    """

    class Kind(models.TextChoices):
        CREATED = "created", "created"
        UPDATED = "updated", "updated"
        MERGED = "merged", "merged into another"
        SPLIT = "split", "split"
        DELETED = "deleted", "deleted"
        RESTORED = "restored", "restored"

    number = models.BigIntegerField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    other = models.ForeignKey(Incident, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    state = models.JSONField(null=True, blank=True)
    action = models.ForeignKey(Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="changes")

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: I-{self.incident_id} {self.kind}"

    @property
    def into(self) -> int | None:
        """The number of the incident that this one was merged into."""
        return self.other_id if self.kind == self.Kind.MERGED else None

    @property
    def taken_from(self) -> int | None:
        """The number of the incident that this one was split from."""
        return self.other_id if self.kind == self.Kind.SPLIT else None


class Revision(models.Model):
    """One recorded change of one field: who, when, what, from, to, why. No user means the machine."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="revisions")
    change = models.ForeignKey(Change, on_delete=models.CASCADE, null=True, related_name="revisions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    machine = models.CharField(max_length=40, blank=True)  # name and version of the extractor, where the machine did it
    at = models.DateTimeField(default=timezone.now)
    field = models.CharField(max_length=40)
    before: "models.JSONField[Any, Any]" = models.JSONField(null=True, blank=True)
    after: "models.JSONField[Any, Any]" = models.JSONField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)
    action = models.ForeignKey(Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="revisions")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.field}: {self.before} → {self.after}"


class MatchProposal(models.Model):
    """The machine thinks two incidents may be one; people decide, and a "no" is remembered."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        SAME = "same", "the same"
        DIFFERENT = "different", "not the same"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="proposals")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="proposals")
    score = models.FloatField()
    parts = models.JSONField(default=dict)  # {part: [points, words]}
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "incident"], name="proposal_once")]

    def __str__(self) -> str:
        return f"event {self.event_id} may be I-{self.incident_id}"


class ReviewItem(models.Model):
    """Something that needs a person's eyes, with the reason in words."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        DONE = "done", "done"

    reason = models.CharField(max_length=30)  # "no_publication_date", "possible_duplicate", …
    words = models.CharField(max_length=300)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, blank=True, related_name="review_items")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, null=True, blank=True, related_name="review_items")
    state = models.CharField(max_length=4, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=False) | models.Q(incident__isnull=False), name="review_item_of_something"
            ),
            models.UniqueConstraint(fields=["reason", "article", "incident"], nulls_distinct=False, name="review_item_once"),
        ]

    def __str__(self) -> str:
        return self.words
