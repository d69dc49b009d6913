"""Django's admin for sources and what came from them."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from sources.models import Article, FormerText, Origin, Source

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:  # generic for the type checker alone
    ModelAdmin = admin.ModelAdmin


@admin.register(Source)
class SourceAdmin(ModelAdmin):
    list_display = ("name", "kind", "active", "home_country", "next_poll_at", "last_polled_at", "failures", "last_error")
    list_filter = ("kind", "active")
    search_fields = ("name", "url")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ("last_polled_at", "etag", "last_modified", "failures", "last_error")


@admin.register(Article)
class ArticleAdmin(ModelAdmin):
    """Articles are kept as they were read: here they are looked at, and put back into the queue."""

    list_display = ("id", "__str__", "source", "published_on", "state", "relevant", "extractor", "error")
    list_filter = ("state", "relevant", "source")
    list_select_related = ("source",)
    search_fields = ("title", "external_id", "url")
    show_full_result_count = False
    exclude = ("bands",)
    actions = ("read_again",)

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        return [field.name for field in Article._meta.fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # `manage.py purge` erases, and leaves a tombstone

    @admin.action(description="Read again")
    def read_again(self, _request: HttpRequest, articles: QuerySet[Any]) -> None:
        articles.update(state=Article.State.STORED, claimed_at=None, attempts=0, error="")


@admin.register(Origin)
class OriginAdmin(ModelAdmin):
    list_display = ("id", "agency", "created_at")
    search_fields = ("agency",)


@admin.register(FormerText)
class FormerTextAdmin(ModelAdmin):
    """Texts that articles had before: a record."""

    list_display = ("article_id", "title", "replaced_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: FormerText | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: FormerText | None = None) -> bool:
        return False
