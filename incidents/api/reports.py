"""What articles report, for the schema: events, statements and articles, each with the sentence it was read from."""

from typing import Any

from rest_framework import serializers

from incidents.api.read_shapes import DateRead, Evidence, Located, PlaceRead, WeaponRead
from incidents.api.shapes import IncidentShape, Total
from incidents.models import Count, Event, Incident, Participation
from sources.models import Article


class CountShape(serializers.ModelSerializer[Count]):
    """One statement about a number of people: the figure, who is counted, who says so, and the sentence."""

    sentence = serializers.CharField(allow_null=True)
    span = Located()

    class Meta:
        model = Count
        fields: tuple[str, ...] = (
            "id", "outcome", "low", "best", "high", "quantifier", "who", "who_class", "claimant", "span", "sentence",
            "part_of_whole", "supersedes", "cumulative",
        )  # fmt: skip


class ParticipationShape(serializers.ModelSerializer[Participation]):
    """An actor in a role, as this article has it."""

    name = serializers.CharField()
    span = Located()

    class Meta:
        model = Participation
        fields = ("actor", "name", "role", "claimant", "denied", "span")


class EventShape(serializers.ModelSerializer[Event]):
    """One thing one article reports. `date`, `place` and `weapons` are as the engine read them, spans included."""

    date = DateRead(allow_null=True)
    place = PlaceRead(allow_null=True)
    weapons = WeaponRead(many=True)
    trigger = Located(allow_null=True)
    totals = serializers.DictField(child=Total(), help_text="Outcome to what the report's own statements come to.")
    evidence = Evidence(many=True)
    counts = CountShape(many=True)
    actors = ParticipationShape(many=True)

    class Meta:
        model = Event
        fields = (
            "id", "article", "incident", "ordinal", "type", "stage", "background", "confidence", "date", "place", "actors",
            "counts", "totals", "weapons", "trigger", "evidence", "extractor",
        )  # fmt: skip


class ReportedIncident(serializers.ModelSerializer[Incident]):
    """An incident as an article lists it."""

    number = serializers.CharField()

    class Meta:
        model = Incident
        fields = ("id", "number", "headline", "type", "background")


class ArticleShape(serializers.ModelSerializer[Article]):
    """One document. `incidents` are those it reports, the main one first. `text` is null for accounts that may not see it."""

    publisher = serializers.CharField(help_text="Name of the source.")
    page = serializers.URLField(help_text="Its page here.")
    incidents = ReportedIncident(many=True)
    excerpts = serializers.ListField(child=serializers.CharField(), help_text="The sentences its events were read from.")
    text = serializers.CharField(allow_null=True)

    class Meta:
        model = Article
        fields = (
            "id", "external_id", "url", "page", "title", "source", "publisher", "origin", "language", "published_on",
            "published_at", "retrieved_at", "read_at", "state", "relevant", "extractor", "incidents", "excerpts", "text",
        )  # fmt: skip


class StatementShape(CountShape):
    """A statement on its own: with where it stands and what it is about."""

    event = serializers.IntegerField()
    article = serializers.IntegerField()
    incident = serializers.IntegerField(allow_null=True)

    class Meta:
        model = Count
        fields = (*CountShape.Meta.fields, "event", "article", "incident")


class ClaimShape(StatementShape):
    """A statement behind an incident, with what the rule for best counts makes of it and why; null where it is not asked."""

    verdict = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)

    class Meta:
        model = Count
        fields = (*StatementShape.Meta.fields, "verdict", "reason")


class ChosenTotal(Total):
    """A total with the claim that its best figure follows; null where it follows none, as a person's own does."""

    chosen = serializers.IntegerField(allow_null=True)


class IncidentDetail(IncidentShape):
    """One incident with all that is said of it."""

    totals = serializers.DictField(child=ChosenTotal(), help_text="As in lists, with the claim each best figure follows.")
    claims = ClaimShape(many=True, help_text="Every statement of a number, rivals side by side.")
    events = EventShape(many=True, help_text="What each article reports, the oldest first.")
    articles = ArticleShape(many=True, required=False, help_text="With include=articles: the documents that report it.")

    class Meta:
        model = Incident
        fields = (*IncidentShape.Meta.fields, "claims", "events", "articles")


class IncludingShape(IncidentShape):
    """An incident in a list, with what was asked to be included; only that is there."""

    events = EventShape(many=True, required=False, help_text="With include=events: what each article reports.")
    claims = ClaimShape(
        many=True, required=False, help_text="With include=claims: every statement of a number, with its verdict."
    )
    articles = ArticleShape(many=True, required=False, help_text="With include=articles: the documents that report it.")

    class Meta:
        model = Incident
        fields = (*IncidentShape.Meta.fields, "events", "claims", "articles")


def fields_of(shape: Any) -> tuple[str, ...]:
    """Return the names of a shape's fields, in their order."""
    names: tuple[str, ...] = shape.Meta.fields
    return names
