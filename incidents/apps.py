from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class IncidentsConfig(AppConfig):
    name = "incidents"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from incidents import checks, roles, sessions

        post_migrate.connect(roles.put_in_place, sender=self)
        user_logged_in.connect(sessions.remember)
        register(checks.every_address_has_needs, Tags.urls)
