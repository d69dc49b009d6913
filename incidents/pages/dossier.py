"""Everything an incident's page shows, loaded with a fixed number of queries however many articles report it."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import F

from geo import country_names
from incidents.evidence import Page, Quotation, span_of
from incidents.models import Count, Event, Incident, Override, Participation, Revision
from incidents.reports import Reported, report_of
from sources.models import Article

ARTICLE_LIMIT = 1000  # reports of one incident that its page reads; the rest is counted

HEAVY = ("article__text", "article__bands", "article__toponyms")


class Dossier:
    """One incident with its events, statements, actors, articles and changes. Texts are fetched only for what is quoted."""

    def __init__(self, incident: Incident) -> None:
        self.incident = incident
        self._pages: dict[int, Page] = {}

    @cached_property
    def events(self) -> list[Event]:
        """The events behind the incident, newest report first."""
        rows = self.incident.events.select_related("article__source", "article__origin", "place").defer(*HEAVY)
        rows = rows.prefetch_related("counts", "participations__actor")
        newest_first = (F("article__published_on").desc(nulls_last=True), "-article_id", "-ordinal")
        return list(rows.order_by(*newest_first)[:ARTICLE_LIMIT])

    @cached_property
    def articles(self) -> list[Article]:
        """The articles behind the events, each once, newest first."""
        return list({event.article_id: event.article for event in self.events}.values())

    @cached_property
    def reported(self) -> list[Reported]:
        """The reports the incident's fields come from, oldest first, as derivation sees them (incidents/deriving.py)."""
        oldest_first = self.events[::-1]
        current = [event for event in oldest_first if not event.background] or oldest_first
        return [Reported(event, report_of(event, order), tuple(event.counts.all())) for order, event in enumerate(current)]

    @cached_property
    def counts(self) -> list[Count]:
        """Every statement about a number of people."""
        return [count for event in self.events for count in event.counts.all()]

    @cached_property
    def participations(self) -> list[Participation]:
        """Every actor's role in every event."""
        return [party for event in self.events for party in event.participations.all()]

    @cached_property
    def overrides(self) -> dict[str, Override]:
        """People's values that stand, by field."""
        rows = self.incident.overrides.filter(taken_back_at=None).select_related("made_by")
        return {row.field: row for row in rows}

    @cached_property
    def revisions(self) -> list[Revision]:
        """Every recorded change, newest first."""
        return list(self.incident.revisions.select_related("user", "change"))

    @cached_property
    def machine(self) -> str:
        """Name and version of what read the newest report, "" where there is none."""
        return self.events[0].extractor if self.events else ""

    @cached_property
    def country_name(self) -> str:
        """Name of the country the incident lies in, "" where none is known."""
        return country_names.name_of(self.incident.country) if self.incident.country else ""

    @cached_property
    def independent(self) -> int:
        """Number of independent origins behind the loaded articles."""
        return len({origin_key(article) for article in self.articles})

    def prepare(self, articles: Iterable[Article]) -> None:
        """Fetch the texts of these articles in one query, for quoting."""
        missing = {article.pk for article in articles} - self._pages.keys()
        if missing:
            for pk, title, text in Article.objects.filter(pk__in=missing).values_list("pk", "title", "text"):
                self._pages[pk] = Page(title, text, settings.EXCERPT_LENGTH)

    def quote(self, event: Event, located: Any) -> Quotation | None:
        """Return the sentence of the event's article around a stored span object, None where there is none."""
        span = span_of(located)
        if span is None:
            return None
        self.prepare([event.article])
        return self._pages[event.article_id].quote(span)


def origin_key(article: Article) -> tuple[str, int]:
    """Return what articles of one independent report share; an article whose origin is not known stands for itself."""
    return ("origin", article.origin_id) if article.origin_id else ("article", article.pk)
