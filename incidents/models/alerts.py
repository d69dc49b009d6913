"""Saved searches, what they were told, and how it is sent."""

import secrets
from base64 import b64encode
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from incidents.models.incidents import Incident


def new_secret() -> str:
    """Return a signing secret as Standard Webhooks writes it: 32 random bytes."""
    return f"whsec_{b64encode(secrets.token_bytes(32)).decode()}"


def new_message() -> str:
    """Return a message's identifier, the same over all attempts to deliver it."""
    return f"msg_{secrets.token_urlsafe(18)}"


class SavedSearch(models.Model):
    """A filter with a name and a link. While watched, it keeps the incidents inside, and tells what enters, changes, leaves.

    `cursor` is the change log's number up to which it was told.
    """

    class Pace(models.TextChoices):
        OFF = "", "no mail"
        ONCE = "once", "at once"
        HOURLY = "hourly", "once an hour"
        DAILY = "daily", "once a day"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)  # with random letters: who has the link may see it
    query = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    watched = models.BooleanField(default=False)
    cursor = models.BigIntegerField(default=0)
    pace = models.CharField(max_length=6, choices=Pace, default=Pace.OFF, blank=True)
    mailed_through = models.BigIntegerField(default=0)  # the last notice that was mailed
    mail_due_at = models.DateTimeField(default=timezone.now)  # not before
    mail_failures = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["cursor"], condition=models.Q(watched=True), name="saved_search_watched")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or f"{slugify(self.name)[:60]}-{secrets.token_hex(5)}".lstrip("-")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("search", args=[self.slug])


class Held(models.Model):
    """An incident inside a watched search, as of the version that was told."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="held")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    version = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "incident"], name="held_once")]

    def __str__(self) -> str:
        return f"I-{self.incident_id} in {self.search_id}"


class Notice(models.Model):
    """One thing a search was told: an incident entered, changed inside, or left, at a version of the incident."""

    class Kind(models.TextChoices):
        ENTERED = "entered", "entered"
        CHANGED = "changed", "changed"
        LEFT = "left", "left"

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="notices")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind)
    version = models.BigIntegerField()
    headline = models.CharField(max_length=300)
    words = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["search", "incident", "version", "kind"], name="notice_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.headline}"


class Webhook(models.Model):
    """An address that a search's notices are posted to, signed after Standard Webhooks."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=1000)
    secret = models.CharField(max_length=80, default=new_secret)
    old_secret = models.CharField(max_length=80, blank=True)  # signs too, until the receiver has changed over
    old_secret_until = models.DateTimeField(null=True, blank=True)
    paused_why = models.CharField(max_length=300, blank=True)  # "" while it delivers
    given_up = models.PositiveSmallIntegerField(default=0)  # messages in a row that a day of attempts did not deliver
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.url

    def secrets(self, now: datetime) -> list[str]:
        """Return the secrets that sign at this time, the newest first."""
        old = self.old_secret if self.old_secret_until and now < self.old_secret_until else ""
        return [self.secret, old] if old else [self.secret]


class Delivery(models.Model):
    """One message to one webhook: its row is its place in the queue and its log."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        DELIVERED = "delivered", "delivered"
        FAILED = "failed", "given up"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    message = models.CharField(max_length=40, unique=True, default=new_message)
    body = models.TextField()  # the very bytes that are signed, the same at every attempt
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    attempts = models.JSONField(default=list)  # [{"at", "status" or None, "words", "ms"}]
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="delivery_waiting")]

    def __str__(self) -> str:
        return f"{self.message} {self.state}"
