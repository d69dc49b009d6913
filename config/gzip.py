"""Compression that pays: an answer is worth a millisecond of the processor, not four."""

import gzip
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

LEVEL = 1  # a fifth larger than Django's 6, in a quarter of its time
LEAST = 200  # bytes that are worth it


class QuickGZip(GZipMiddleware):
    """Compresses whole answers quickly; what is sent bit by bit as Django does it."""

    def process_response(self, request: HttpRequest, response: Any) -> HttpResponseBase:
        if response.streaming:
            streamed: HttpResponseBase = super().process_response(request, response)
            return streamed
        if response.has_header("Content-Encoding"):
            return response  # type: ignore[no-any-return]
        patch_vary_headers(response, ("Accept-Encoding",))
        if len(response.content) >= LEAST and re_accepts_gzip.search(request.headers.get("accept-encoding", "")):
            packed = _packed(response.content, secrets.randbelow(self.max_random_bytes))
            if len(packed) < len(response.content):
                response.content = packed
                response.headers["Content-Length"] = str(len(packed))
                response.headers["Content-Encoding"] = "gzip"
                etag = response.get("ETag")
                if etag and etag.startswith('"'):
                    response.headers["ETag"] = f"W/{etag}"  # the same in other bytes
        return response  # type: ignore[no-any-return]


def _packed(content: bytes, padding: int) -> bytes:
    """Return the content compressed, with a name of random length in its head, so that its length tells no secrets (BREACH)."""
    packed = gzip.compress(content, LEVEL, mtime=0)
    head = bytearray(packed[:10])
    head[3] |= 8  # a file name follows
    return bytes(head) + b"a" * padding + b"\0" + packed[10:]
