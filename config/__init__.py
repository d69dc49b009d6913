"""How the parts are put together: settings, addresses, processes. The Celery application is imported so that tasks find it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
