"""Keys of API clients."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class ApiKey(models.Model):
    """A key with which a program acts for an account. The key itself is shown once and never stored.

    `digest` is the SHA-256 of the key. A slow hash (PBKDF2, Argon2) guards words that people choose and others can guess; a key
    is 256 random bits, which nobody can try through, and is checked with every request.
    """

    class Scope(models.TextChoices):
        READ = "read", "read"
        WRITE = "write", "push articles, correct, merge and split"
        TEXT = "articles:text", "whole texts of articles"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)  # its first characters, by which people tell their keys apart
    digest = models.CharField(max_length=64, unique=True)
    scopes: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=20, choices=Scope), default=list)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)  # to the hour: not a write with every request
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    rotated_from = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="successor")

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def expired(self, at: datetime | None = None) -> bool:
        """Whether its time is over at the moment given (now)."""
        return self.expires_at is not None and self.expires_at <= (at or timezone.now())

    @property
    def live(self) -> bool:
        return self.revoked_at is None and not self.expired()


class SignedIn(models.Model):
    """One session of an account, as its owner sees it: on which device, from where, when it was last used."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    agent = models.CharField(max_length=300, blank=True)  # the browser's own words; incidents/devices.py reads them
    address = models.GenericIPAddressField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-last_seen_at"]

    def __str__(self) -> str:
        return f"{self.user} from {self.address}"
