"""The HTTP answer that carries an export: the same for pages and API."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from incidents.desk_address import base_of
from incidents.exports.about import About
from incidents.exports.dictionary import MEDIA_TYPE, dictionary
from incidents.exports.formats import Format
from incidents.exports.progress import Progress, word_in
from incidents.exports.rows import Fetched, licence
from incidents.exports.snapshot import Snapshot, said_of
from incidents.exports.streaming import Stream, for_server, gathered, gzipped
from incidents.filters import IncidentFilter

PROGRESS = "progress"
SMALL = 2000  # incidents: so few are read at once, and a slow reader keeps neither connection nor snapshot


def answer(request: HttpRequest, form: Format, asked: IncidentFilter) -> HttpResponseBase:
    """Return the export as an attachment that is streamed, or with `?dictionary` what its columns mean.

    With `?progress=WORD` it can be watched meanwhile, and stopped (progress.py). Raises Busy, and Stopped.
    """
    snapshot = Snapshot(asked)
    streams = False
    try:
        about = said_of(asked, snapshot, base_of(request))
        etag = f'W/"{about.version}-{_digest(form, about)}"'
        response = _short(request, form, about, etag)
        if response is None:
            response = _streamed(request, form, snapshot, about)
            streams = True
    finally:
        if not streams:
            snapshot.close()
    for name, value in _headers(request, form, about).items():
        response.headers[name] = value
    if "dictionary" not in request.GET:
        response.headers["ETag"] = etag
    return response


def _short(request: HttpRequest, form: Format, about: About, etag: str) -> HttpResponseBase | None:
    """Return the answer where no row is asked for: the dictionary, or "not modified"; else None."""
    if "dictionary" in request.GET:
        return _dictionary(request, form, about)
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    return unchanged


def _dictionary(request: HttpRequest, form: Format, about: About) -> JsonResponse:
    url = f"{about.base}{request.path}{f'?{about.query}' if about.query else ''}"
    return JsonResponse(
        dictionary(form, about, url), json_dumps_params={"ensure_ascii": False, "indent": 1}, content_type=MEDIA_TYPE
    )


def _streamed(request: HttpRequest, form: Format, snapshot: Snapshot, about: About) -> StreamingHttpResponse:
    packs = not form.packed and "gzip" in request.headers.get("Accept-Encoding", "")
    # The middleware would pack every piece by itself, in the server's own loop; what is packed already it would pack again.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    pieces: Iterator[bytes] = iter(())
    if request.method == "HEAD":  # the same headers, and no length either: nobody knows it before the rows are written
        snapshot.close()
    else:
        pieces = _pieces(request, form, snapshot, about, packs=packs)
    stream = Stream(pieces, snapshot.close)
    response = StreamingHttpResponse(for_server(request, stream), content_type=form.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{about.name}-{form.name}.{form.ending}"'
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _pieces(request: HttpRequest, form: Format, snapshot: Snapshot, about: About, *, packs: bool) -> Iterator[bytes]:
    word = word_in(request.GET.get(PROGRESS))
    progress = Progress(word, about.total) if word else None
    rows: Iterable[Fetched] = snapshot.rows(about.base)
    if about.total <= SMALL:
        rows = list(rows)
        snapshot.close()
    written = form.write(progress.counted(rows) if progress else rows, about)
    pieces = gathered(gzipped(written) if packs else written)
    return progress.ended(pieces) if progress else pieces


def _headers(request: HttpRequest, form: Format, about: About) -> dict[str, str]:
    """Return what the export is, for formats that cannot say it themselves and for programs that do not look inside."""
    separator = "&" if about.query else ""
    beside = f"{about.base}{request.path}?{about.query}{separator}dictionary"
    links = [f'<{beside}>; rel="describedby"; type="{MEDIA_TYPE}"', f'<{about.follow}>; rel="monitor"']
    if about_licence := licence()["url"]:
        links.append(f'<{about_licence}>; rel="license"')
    return {
        "X-Total-Count": str(about.total),
        "X-Change-Number": str(about.version),
        "X-Exported-At": about.at.isoformat(timespec="seconds"),
        "X-Filter": about.query,
        "X-Filter-Words": quote(about.words, safe=" ,:;()"),
        "X-Licence": quote(licence()["name"], safe=" ,:;().-"),
        "X-Attribution": quote(licence()["attribution"], safe=" ,:;().-"),
        "Link": ", ".join(links),
        "Cache-Control": "no-cache",
    }


def _digest(form: Format, about: About) -> str:
    said = json.dumps([form.name, about.query, licence()])
    return hashlib.sha256(said.encode()).hexdigest()[:16]
