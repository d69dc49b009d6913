"""Where news comes from and what came: sources, articles, and the origins behind copies."""

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, HashIndex
from django.db import models
from django.urls import reverse
from django.utils import timezone


class SourceQuerySet(models.QuerySet["Source"]):
    def due(self) -> "SourceQuerySet":
        """Feeds whose time has come."""
        return self.filter(kind=Source.Kind.FEED, active=True, next_poll_at__lte=timezone.now())


class Source(models.Model):
    """Who publishes: a feed, a site, an upload folder, an API client."""

    class Kind(models.TextChoices):
        FEED = "feed", "feed"
        SITE = "site", "site"
        UPLOAD = "upload", "upload"
        API = "api", "API client"

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.UPLOAD)
    url = models.URLField(max_length=2000, blank=True)
    home_country = models.CharField(max_length=2, blank=True, help_text="ISO code; helps to tell namesakes apart")
    active = models.BooleanField(default=True)
    poll_every = models.DurationField(default=timedelta(minutes=15))
    next_poll_at = models.DateTimeField(default=timezone.now)
    last_polled_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["next_poll_at"], condition=models.Q(kind="feed", active=True), name="source_due")]

    def __str__(self) -> str:
        return self.name


class Origin(models.Model):
    """The independent report behind one or many near-identical articles."""

    agency = models.CharField(max_length=100, blank=True, help_text="the news agency the copies credit, where they do")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.agency or f"origin {self.pk}"


class ArticleQuerySet(models.QuerySet["Article"]):
    def unclaimed(self, *, lease: timedelta) -> "ArticleQuerySet":
        """Articles no worker holds, or whose worker has been silent for longer than the lease."""
        return self.filter(models.Q(claimed_at=None) | models.Q(claimed_at__lt=timezone.now() - lease))


class Article(models.Model):
    """One document retrieved from a source, with its text as it was read. Rows are the queue: `state` says what is due next."""

    class State(models.TextChoices):
        LISTED = "listed", "known from a feed by its summary, waiting for its page to be fetched"
        STORED = "stored", "waiting to be read"
        READ = "read", "read, waiting to be matched"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    origin = models.ForeignKey(Origin, on_delete=models.SET_NULL, null=True, blank=True, related_name="articles")
    external_id = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    title = models.TextField(blank=True)
    text = models.TextField()
    language = models.CharField(max_length=8, blank=True)
    published_on = models.DateField(null=True, blank=True)  # the day in the publisher's own zone: what "on Tuesday" refers to
    published_at = models.DateTimeField(null=True, blank=True)
    retrieved_at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64)  # of title and text with white space folded
    read_digest = models.CharField(max_length=64, blank=True)  # of the text that was read last: what the events' spans lie in
    bands: ClassVar = ArrayField(
        models.BigIntegerField(), default=list, blank=True
    )  # MinHash bands: near-identical texts share one
    state = models.CharField(max_length=8, choices=State, default=State.STORED)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    relevant = models.BooleanField(null=True)
    toponyms = models.JSONField(default=list, blank=True)  # as the engine returned them
    extractor = models.CharField(max_length=40, blank=True)  # name and version of what read it
    read_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)  # erased: only what its source knows it by is left, to know it again

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "digest"], name="article_once_per_source"),
            models.UniqueConstraint(
                fields=["source", "external_id"], condition=~models.Q(external_id=""), name="article_external_id_per_source"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], condition=models.Q(state__in=["listed", "stored", "read"]), name="article_due"),
            # Of addresses alone: where thousands have none, each further one would be looked for behind all of them.
            HashIndex(fields=["url"], condition=~models.Q(url=""), name="article_url"),
            GinIndex(fields=["bands"], name="article_bands"),
            models.Index(fields=["-published_on", "-id"]),
        ]

    def __str__(self) -> str:
        return self.title or f"article {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])


class FormerText(models.Model):
    """What an article said before its source changed it, so that words people pointed at can be found again."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="former_texts")
    title = models.TextField(blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"article {self.article_id} until {self.replaced_at:%Y-%m-%d %H:%M}"
