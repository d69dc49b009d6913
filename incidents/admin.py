"""Django's admin for everything about incidents. Derived fields are read-only here: people correct them on the incident's page,
where the correction is kept as an override."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from incidents import keys
from incidents.models import (
    Action,
    Actor,
    ApiKey,
    BlindReading,
    Change,
    Count,
    Delivery,
    Event,
    Incident,
    MatchProposal,
    ModelUse,
    Notice,
    Override,
    Participation,
    Push,
    ReadingRun,
    ReviewCase,
    ReviewItem,
    Revision,
    SavedSearch,
    SignedIn,
    Tombstone,
    Verdict,
    Webhook,
)

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:  # generic for the type checker alone
    ModelAdmin = admin.ModelAdmin
    TabularInline = admin.TabularInline


class ReadOnly(ModelAdmin):
    """Rows that are a record of what happened, or follow from other rows: to be looked at."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class EventInline(TabularInline):
    model = Event
    fields = readonly_fields = ("article", "ordinal", "type", "stage", "background", "earliest", "latest", "place", "confidence")
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Incident)
class IncidentAdmin(ReadOnly):
    list_display = ("number", "headline", "type", "day", "country", "killed_best", "origin_count", "review_status", "changed_at")
    list_filter = ("family", "stage", "background", "review_status", "place_precision")
    search_fields = ("headline", "place_name")
    exclude = ("search",)
    inlines = (EventInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("search")


class CountInline(TabularInline):
    model = Count
    extra = 0


class ParticipationInline(TabularInline):
    model = Participation
    extra = 0
    raw_id_fields = ("actor",)


@admin.register(Event)
class EventAdmin(ReadOnly):
    list_display = ("id", "type", "stage", "background", "earliest", "place", "article", "incident", "confidence", "extractor")
    list_filter = ("stage", "background", "extractor")
    list_select_related = ("article", "incident", "place")
    inlines = (CountInline, ParticipationInline)


@admin.register(Actor)
class ActorAdmin(ModelAdmin):
    list_display = ("name", "who_class")
    list_filter = ("who_class",)
    search_fields = ("name",)


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnly):
    list_display = ("name", "prefix", "owner", "scopes", "created_at", "last_used_at", "expires_at", "revoked_at")
    list_select_related = ("owner",)
    search_fields = ("name", "prefix", "owner__username")
    exclude = ("digest",)
    actions = ("revoke_keys",)

    @admin.action(description="Revoke the chosen keys", permissions=["view"])
    def revoke_keys(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        ended = sum(keys.revoke(key) for key in chosen)
        self.message_user(request, f"Revoked: {ended}.")


@admin.register(BlindReading)
class BlindReadingAdmin(ReadOnly):
    list_display = ("incident_id", "asked_by", "asked_at")
    list_select_related = ("asked_by",)


@admin.register(SignedIn)
class SignedInAdmin(ReadOnly):
    list_display = ("user", "address", "agent", "at", "last_seen_at")
    list_select_related = ("user",)
    search_fields = ("user__username", "address")
    exclude = ("session_key",)


@admin.register(Override)
class OverrideAdmin(ReadOnly):
    list_display = ("incident_id", "field", "value", "made_by", "made_at", "taken_back_at", "reason")
    list_filter = ("field", "made_by")


@admin.register(Change)
class ChangeAdmin(ReadOnly):
    list_display = ("number", "incident_id", "kind", "at")
    list_filter = ("kind",)


@admin.register(Revision)
class RevisionAdmin(ReadOnly):
    list_display = ("incident_id", "field", "before", "after", "user", "machine", "at", "why")
    list_filter = ("field", "user")
    list_select_related = ("user",)


@admin.register(MatchProposal)
class MatchProposalAdmin(ReadOnly):
    list_display = ("event_id", "incident_id", "score", "state", "decided_by", "created_at")
    list_filter = ("state",)


@admin.register(ModelUse)
class ModelUseAdmin(ReadOnly):
    list_display = ("article_id", "model", "at", "tokens_in", "tokens_out", "cost", "error")
    list_filter = ("model",)


@admin.register(ReviewItem)
class ReviewItemAdmin(ModelAdmin):
    list_display = ("words", "reason", "article_id", "incident_id", "state", "created_at")
    list_filter = ("state", "reason")
    fields = ("words", "reason", "state")
    readonly_fields = ("words", "reason")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Webhook)
class WebhookAdmin(ReadOnly):
    list_display = ("url", "search_id", "paused_why", "given_up", "created_at")
    exclude = ("secret", "old_secret")  # shown to the search's owner alone


RECORDS: dict[type[Model], tuple[str, ...]] = {
    Action: ("kind", "user", "at", "reason", "undone_at"),
    Verdict: ("one_id", "other_id", "same", "user", "at"),
    Tombstone: ("kind", "number", "user", "at", "reason"),
    ReviewCase: ("incident_id", "is_open", "reasons", "value", "taken_by", "assigned_to"),
    ReadingRun: ("engine", "started_at", "finished_at"),
    SavedSearch: ("name", "owner", "query", "watched", "pace"),
    Notice: ("search_id", "incident_id", "kind", "version", "at"),
    Delivery: ("webhook_id", "message", "state", "due_at", "created_at"),
    Push: ("user", "key", "article_id", "outcome", "at"),
}
for _model, _columns in RECORDS.items():
    admin.site.register(_model, ReadOnly, list_display=_columns)
