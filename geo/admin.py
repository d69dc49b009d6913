"""Django's admin for the gazetteer: own places are added here."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from geo.models import GazetteerLoad, Place

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:  # generic for the type checker alone
    ModelAdmin = admin.ModelAdmin


@admin.register(Place)
class PlaceAdmin(ModelAdmin):
    list_display = ("id", "name", "kind", "country", "admin1", "admin2", "lat", "lon", "population")
    list_filter = ("kind",)
    search_fields = ("name__istartswith",)
    show_full_result_count = False


@admin.register(GazetteerLoad)
class GazetteerLoadAdmin(ModelAdmin):
    list_display = ("version", "loaded_at")
    readonly_fields = ("version", "loaded_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
