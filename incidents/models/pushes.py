"""Requests that may come twice: what became of each, by the key the client gave it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from sources.models import Article


class Push(models.Model):
    """An article that a client pushed under an idempotency key: the same request again is answered alike and does nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)  # of the body
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=8)  # sources.ingest.Outcome
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="push_once")]

    def __str__(self) -> str:
        return f"{self.key}: article {self.article_id} {self.outcome}"
