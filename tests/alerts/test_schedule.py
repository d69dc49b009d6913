"""The clock's table names tasks that there are."""

from celery import current_app
from django.conf import settings

from incidents import tasks


def test_every_entry_names_a_task() -> None:
    current_app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {
        f"{tasks.__name__}.{name}" for name in ("watch_searches", "mail_digests", "post_due_webhooks", "dump_if_due")
    } <= named
    assert named <= set(current_app.tasks)
