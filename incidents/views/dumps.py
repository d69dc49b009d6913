"""The nightly dumps: their list for people and programs, and the files."""

from collections.abc import Iterator
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import conditional_page, require_safe

from incidents import dumping
from incidents.desk_address import base_of
from incidents.exports.streaming import Stream, for_server

PIECE = 256 * 1024


@require_safe
def dumps(request: HttpRequest) -> HttpResponse:
    found = [manifest | {"at": parse_datetime(manifest["exported_at"])} for manifest in dumping.dumps()]
    return render(request, "export/dumps.html", {"dumps": found})


@require_safe
@conditional_page
def manifest(request: HttpRequest) -> HttpResponse:
    """Answer with the manifests of all dumps, the newest first."""
    listed = [each | {"url": f"{base_of(request)}{reverse('dump-file', args=[each['file']])}"} for each in dumping.dumps()]
    return JsonResponse({"dumps": listed}, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def dump_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with a dump or its checksum."""
    path = dumping.path_of(name)
    if path is None or not path.is_file():
        raise Http404
    found = path.stat()
    etag = f'"{found.st_size:x}-{found.st_mtime_ns:x}"'
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    kind = "text/plain; charset=utf-8" if name.endswith(".sha256") else "application/gzip"
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # it is packed already
    content = for_server(request, Stream(_pieces(path), lambda: None)) if request.method == "GET" else b""
    response: HttpResponseBase = StreamingHttpResponse(content) if request.method == "GET" else HttpResponse()
    for field, value in {"Content-Type": kind, "Content-Length": str(found.st_size), "ETag": etag}.items():
        response.headers[field] = value
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
