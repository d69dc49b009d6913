"""Two editors' answers to the same incident, neither seeing the other's."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from incidents.models.incidents import Incident


class BlindReading(models.Model):
    """A lead editor's question to two editors: what does the evidence of this incident say?"""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="blind_readings")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"blind reading of I-{self.incident_id}"


class BlindAnswer(models.Model):
    """One editor's part: `values` by field, in the shape of overrides; null until it is given, and final then."""

    reading = models.ForeignKey(BlindReading, on_delete=models.CASCADE, related_name="answers")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    values: "models.JSONField[Any, Any]" = models.JSONField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["editor_id"]  # so that the same two people always stand in the same order
        constraints = [models.UniqueConstraint(fields=["reading", "editor"], name="blind_answer_once")]

    def __str__(self) -> str:
        return f"{self.editor} on {self.reading}"
