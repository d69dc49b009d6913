"""The review queue: one case for each incident that needs a person's eyes."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from incidents.models.incidents import Incident


class ReviewCaseQuerySet(models.QuerySet["ReviewCase"]):
    def waiting(self) -> "ReviewCaseQuerySet":
        """Cases that are open, of incidents that stand."""
        return self.filter(is_open=True, incident__merged_into=None, incident__deleted_at=None)

    def free_for(self, user_id: int | None, now: datetime) -> "ReviewCaseQuerySet":
        """Cases that nobody else holds."""
        return self.filter(models.Q(taken_until=None) | models.Q(taken_until__lt=now) | models.Q(taken_by=user_id))


class ReviewCase(models.Model):
    """An incident in the queue: why, how much a look is worth, and who has it. Kept by incidents/queue.py at every derivation."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, primary_key=True, related_name="review_case")
    is_open = models.BooleanField(default=True)
    grounds = models.JSONField(default=list)  # [{"reason", "field", "detail"}], as incidents/grounds.py makes them
    settled = models.JSONField(default=list, blank=True)  # grounds that a person has closed; the same ones never open it again
    reasons: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    value = models.FloatField(default=0)  # bits: see incidents.grounds.worth
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    taken_until = models.DateTimeField(null=True, blank=True)
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    skipped_by: "ArrayField[list[int], list[int]]" = ArrayField(models.IntegerField(), default=list, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewCaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"review of I-{self.incident_id}"

    @property
    def is_taken(self) -> bool:
        """Whether somebody has it now."""
        return self.taken_by_id is not None and self.taken_until is not None and self.taken_until >= timezone.now()
