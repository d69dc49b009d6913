"""Readings of articles: what the second extractor used, and runs of reading all again."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from sources.models import Article


class ModelUse(models.Model):
    """One reading of one article by the language model: what it cost, and what of its answer was dropped for want of evidence."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="model_uses")
    model = models.CharField(max_length=100)
    at = models.DateTimeField(default=timezone.now)
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=6, default=0)  # in the currency of LLM_PRICE_IN and LLM_PRICE_OUT
    dropped = models.JSONField(default=list, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.model} on article {self.article_id}"


class ReadingRun(models.Model):
    """One run of reading articles again with a new engine (`manage.py reextract`); what it has left follows from the articles."""

    articles: "ArrayField[list[int], list[int]]" = ArrayField(models.BigIntegerField(), default=list, blank=True)  # none: all
    engine = models.CharField(max_length=40)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"run {self.pk} of {self.engine}"
