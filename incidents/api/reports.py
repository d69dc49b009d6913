"""What articles report, for the API: events, statements and articles, each with the sentence it was read from."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from incidents.api.shapes import IncidentShape, Total, absolute
from incidents.evidence import Page, span_of
from incidents.extraction.totals import Judgement
from incidents.models import Count, Event, Incident, Participation
from incidents.reports import Reported, reported
from incidents.tolls import judged
from sources.models import Article

JSON = serializers.JSONField


def quoted(context: Mapping[str, Any], article: Article, located: Any) -> str | None:
    """Return the sentence around a stored span; each article is cut up once an answer."""
    pages: dict[int, Page] = context["pages"]
    if article.pk not in pages:
        pages[article.pk] = Page(article.title, article.text, settings.EXCERPT_LENGTH)
    quotation = pages[article.pk].quote(span_of(located))
    return str(quotation) if quotation else None


class CountShape(serializers.ModelSerializer[Count]):
    """One statement about a number of people: the figure, who is counted, who says so, and the sentence."""

    sentence = serializers.SerializerMethodField()
    span = JSON(help_text='{"span": [start, end], "in": "title" where it lies there}, in code points of the article\'s text.')

    class Meta:
        model = Count
        fields = (
            "id", "outcome", "low", "best", "high", "quantifier", "who", "who_class", "claimant", "span", "sentence",
            "part_of_whole", "supersedes", "cumulative",
        )  # fmt: skip

    def get_sentence(self, count: Count) -> str | None:
        return quoted(self.context, count.event.article, count.span)


class ParticipationShape(serializers.ModelSerializer[Participation]):
    """An actor in a role, as this article has it."""

    name = serializers.CharField(source="actor.name")
    span = JSON()

    class Meta:
        model = Participation
        fields = ("actor", "name", "role", "claimant", "denied", "span")


class EventShape(serializers.ModelSerializer[Event]):
    """One thing one article reports. `date`, `place` and `weapons` are as the engine read them, spans included."""

    date = JSON(allow_null=True)
    place = JSON(source="place_read", allow_null=True)
    weapons = JSON()
    trigger = JSON(allow_null=True)
    totals = JSON()
    evidence = serializers.SerializerMethodField(help_text="Spans, each with its sentence.")
    counts = CountShape(many=True)
    actors = ParticipationShape(many=True, source="participations")

    class Meta:
        model = Event
        fields = (
            "id", "article", "incident", "ordinal", "type", "stage", "background", "confidence", "date", "place", "actors",
            "counts", "totals", "weapons", "trigger", "evidence", "extractor",
        )  # fmt: skip

    @extend_schema_field(serializers.ListField(child=JSON()))
    def get_evidence(self, event: Event) -> list[dict[str, Any]]:
        return [located | {"sentence": quoted(self.context, event.article, located)} for located in event.evidence or []]


class ReportedIncident(serializers.ModelSerializer[Incident]):
    """An incident as an article lists it."""

    number = serializers.CharField()

    class Meta:
        model = Incident
        fields = ("id", "number", "headline", "type", "background")


class ArticleShape(serializers.ModelSerializer[Article]):
    """One document. `incidents` are those it reports, the main one first. `text` is null for accounts that may not see it."""

    publisher = serializers.CharField(source="source.name", help_text="Name of the source.")
    page = serializers.SerializerMethodField(help_text="Its page here.")
    incidents = serializers.SerializerMethodField()
    excerpts = serializers.SerializerMethodField(help_text="The sentences its events were read from.")
    text = serializers.SerializerMethodField()

    class Meta:
        model = Article
        fields = (
            "id", "external_id", "url", "page", "title", "source", "publisher", "origin", "language", "published_on",
            "published_at", "retrieved_at", "read_at", "state", "relevant", "extractor", "incidents", "excerpts", "text",
        )  # fmt: skip

    def get_page(self, article: Article) -> str:
        return absolute(self.context, article.get_absolute_url())

    @extend_schema_field(ReportedIncident(many=True))
    def get_incidents(self, article: Article) -> Any:
        events = sorted(article.events.all(), key=lambda event: event.ordinal)
        incidents = {event.incident.pk: event.incident for event in events if event.incident and _stands(event.incident)}
        return ReportedIncident(list(incidents.values()), many=True).data

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_excerpts(self, article: Article) -> list[str]:
        located = (one for event in article.events.all() for one in event.evidence or [])
        return list(dict.fromkeys(words for one in located if (words := quoted(self.context, article, one))))

    def get_text(self, article: Article) -> str | None:
        return article.text if self.context.get("may_see_text") else None


def _stands(incident: Incident) -> bool:
    return incident.deleted_at is None and incident.merged_into_id is None


def judgements_of(incidents: Iterable[list[Reported]]) -> dict[int, Judgement]:
    """Return what the rule makes of every statement, by its number; each list holds the events of one incident."""
    judgements = (rows for events in incidents for rows in judged(events).values())
    return {count.pk: judgement for rows in judgements for _, count, judgement in rows}


class StatementShape(CountShape):
    """A statement on its own: with where it stands and what it is about."""

    event = serializers.IntegerField(source="event_id")
    article = serializers.IntegerField(source="event.article_id")
    incident = serializers.IntegerField(source="event.incident_id", allow_null=True)

    class Meta:
        model = Count
        fields = (*CountShape.Meta.fields, "event", "article", "incident")


class ClaimShape(StatementShape):
    """A statement behind an incident, with what the rule for best counts makes of it and why; null where it is not asked."""

    verdict = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()

    class Meta:
        model = Count
        fields = (*StatementShape.Meta.fields, "verdict", "reason")

    def get_verdict(self, count: Count) -> str | None:
        judgement = self.context["judgements"].get(count.pk)
        return judgement and str(judgement.verdict)

    def get_reason(self, count: Count) -> str | None:
        judgement = self.context["judgements"].get(count.pk)
        return judgement and str(judgement.reason)


class ChosenTotal(Total):
    """A total with the claim that its best figure follows; null where it follows none, as a person's own does."""

    chosen = serializers.IntegerField(allow_null=True)


class IncidentDetail(IncidentShape):
    """One incident with all that is said of it."""

    totals = serializers.SerializerMethodField(help_text="As in lists, with the claim each best figure follows.")
    claims = serializers.SerializerMethodField(help_text="Every statement of a number, rivals side by side.")
    events = serializers.SerializerMethodField(help_text="What each article reports, the oldest first.")

    class Meta:
        model = Incident
        fields = (*IncidentShape.Meta.fields, "claims", "events")

    @extend_schema_field(serializers.DictField(child=ChosenTotal()))
    def get_totals(self, incident: Incident) -> dict[str, Any]:
        bounds = super().get_totals(incident)
        return {outcome: total | {"chosen": incident.totals[outcome].get("chosen")} for outcome, total in bounds.items()}

    @extend_schema_field(ClaimShape(many=True))
    def get_claims(self, incident: Incident) -> Any:
        return self.claims_of(self._reported(incident), self.context)

    def _reported(self, incident: Incident) -> list[Reported]:
        """Return the incident's events, read once for all that is said of them."""
        known: dict[int, list[Reported]] = self.__dict__.setdefault("_known", {})
        if incident.pk not in known:
            known[incident.pk] = reported([incident.pk])[incident.pk]
        return known[incident.pk]

    @staticmethod
    def claims_of(events: list[Reported], context: Mapping[str, Any]) -> Any:
        """Return what is claimed in one incident's events."""
        found = [count for rows in judged(events).values() for _, count, _ in rows]
        return ClaimShape(found, many=True, context=dict(context) | {"judgements": judgements_of([events])}).data

    @extend_schema_field(EventShape(many=True))
    def get_events(self, incident: Incident) -> Any:
        events = [one.event for one in self._reported(incident)]
        return EventShape(events, many=True, context=self.context).data
