from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class IncidentsConfig(AppConfig):
    name = "incidents"

    def ready(self) -> None:
        from incidents import checks, roles

        post_migrate.connect(roles.put_in_place, sender=self)
        register(checks.every_address_has_needs, Tags.urls)
