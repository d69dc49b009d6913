"""What the second extractor used, article by article."""

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
