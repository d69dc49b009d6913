"""Everything an incident's page shows, loaded with a fixed number of queries however many articles report it."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from geo.models import Place
from incidents.evidence import Page, Quotation, span_of
from incidents.models import Count, Event, Incident, Override, Participation, Revision
from sources.models import Article

ARTICLE_LIMIT = 2000  # reports of one incident that its page reads; the rest is counted

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
        return list(rows.order_by("-article__published_on", "-article_id", "ordinal")[:ARTICLE_LIMIT])

    @cached_property
    def articles(self) -> list[Article]:
        """The articles behind the events, each once, newest first."""
        return list({event.article_id: event.article for event in self.events}.values())

    @cached_property
    def counts(self) -> list[Count]:
        """Every statement about a number of people; each one's `event` is the loaded one."""
        events = {event.pk: event for event in self.events}
        rows = list(Count.objects.filter(event__in=events).order_by("event_id", "ordinal"))
        for row in rows:
            row.event = events[row.event_id]
        return rows

    @cached_property
    def participations(self) -> list[Participation]:
        """Every actor's role in every event; each one's `event` is the loaded one."""
        events = {event.pk: event for event in self.events}
        rows = list(Participation.objects.filter(event__in=events).select_related("actor").order_by("event_id", "id"))
        for row in rows:
            row.event = events[row.event_id]
        return rows

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
    def country_name(self) -> str:
        """Name of the country the incident lies in, its code where the gazetteer has no name, "" where none is known."""
        code = self.incident.country
        if not code:
            return ""
        row = Place.objects.filter(kind="country", country=code).order_by("-population").first()
        read = (name for event in self.events if (name := _named_country(event.place_read, code)))
        return row.name if row else next(read, code)

    @cached_property
    def independent(self) -> int:
        """Number of independent origins behind the loaded articles."""
        return len({origin_key(article) for article in self.articles})

    def prepare(self, articles: Iterable[Article]) -> None:
        """Fetch the texts of these articles in one query, for quoting."""
        missing = {article.pk for article in articles} - self._pages.keys()
        if missing:
            for pk, title, text in Article.objects.filter(pk__in=missing).values_list("pk", "title", "text"):
                self._pages[pk] = Page(title, text)

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


def _named_country(place_read: Any, code: str) -> str:
    if isinstance(place_read, dict) and place_read.get("country") == code:
        return str(place_read.get("country_name") or "")
    return ""
