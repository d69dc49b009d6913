"""What people did: each action with the rows it changed, so that it can be undone; and what they said of pairs of incidents."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone


class Action(models.Model):
    """One thing a person did. `rows` says which columns of which rows it changed, from what, to what (editing/acting.py)."""

    class Kind(models.TextChoices):
        CORRECT = "correct", "corrected a field"
        TAKE_BACK = "take_back", "took a correction back"
        CONFIRM = "confirm", "confirmed"
        DELETE = "delete", "deleted"
        RESTORE = "restore", "restored"
        MERGE = "merge", "merged"
        SPLIT = "split", "split"
        MOVE = "move", "moved reports"
        SAME = "same", "said “the same”"
        NOT_SAME = "not_same", "said “not the same”"
        ADD_INCIDENT = "add_incident", "added an incident"
        ADD_EVENT = "add_event", "added a report"
        CORRECT_EVENT = "correct_event", "corrected a report"
        DATE_ARTICLE = "date_article", "gave an article its day"
        REJECT_EVENT = "reject_event", "rejected a report"
        REVERT = "revert", "put a field back"
        UNDO = "undo", "undid an action"

    kind = models.CharField(max_length=14, choices=Kind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="actions")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=500, blank=True)
    incidents: "ArrayField[list[int], list[int]]" = ArrayField(models.BigIntegerField(), default=list, blank=True)
    rows = models.JSONField(default=list, blank=True)  # [{"model", "pk", "before": {column: value}, "after": {column: value}}]
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "at"]),
            GinIndex(fields=["incidents"], name="action_incidents"),
            GinIndex(fields=["rows"], opclasses=["jsonb_path_ops"], name="action_rows"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.get_kind_display()}"


class Tombstone(models.Model):
    """What an administrator erased, when and why; nothing else of it is left."""

    class Kind(models.TextChoices):
        ARTICLE = "article", "article"
        INCIDENT = "incident", "incident"

    kind = models.CharField(max_length=8, choices=Kind)
    number = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="tombstone_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}, {self.at:%Y-%m-%d}: {self.reason}"


class Verdict(models.Model):
    """A person's word on two incidents: the same, or not the same. `one` is the lower number."""

    one = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="verdicts_below")
    other = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="verdicts_above")
    same = models.BooleanField(null=True)  # null: taken back
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="verdict_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="verdict_lower_first"),
        ]

    def __str__(self) -> str:
        said = {True: "the same as", False: "not the same as", None: "open beside"}[self.same]
        return f"I-{self.one_id} is {said} I-{self.other_id}"
