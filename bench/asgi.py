"""The desk as it is served, with the bench's bare view beside it: `uvicorn bench.asgi:application`."""

from django.conf import settings

from config.asgi import application

settings.ROOT_URLCONF = "bench.urls"

__all__ = ["application"]
