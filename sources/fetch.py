"""Bytes from an address, with every limit a stranger's server calls for."""

import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from http import HTTPStatus

import httpx
from django.conf import settings

from sources.addresses import resolve
from sources.politeness import wait_for_turn
from sources.refusals import MAX_BYTES, Refused, in_megabytes

USER_AGENT = "IncidentDesk/0.1 (+self-hosted news reader)"
ACCEPT = "application/rss+xml, application/atom+xml, text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.8"
MAX_REDIRECTS = 5
TOTAL_SECONDS = 60  # for one answer, however slowly it drips
REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is where it came from after redirects; `body` is empty where `not_modified`."""

    url: str
    body: bytes
    content_type: str = ""
    charset: str | None = None
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False


def fetch(url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
    """GET the address; with `etag` or `last_modified` of an earlier answer, a server may say "not modified".

    Raises Refused with the address as it was asked for: not http(s), a private host, a redirect too many, no answer in time,
    an answer other than 200 or 304, more than MAX_BYTES, compression that does not unpack.
    """
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in conditions.items() if value}
    where = url
    try:
        for _ in range(MAX_REDIRECTS + 1):
            answer = _ask(where, headers)
            if isinstance(answer, Fetched):
                return answer
            where = answer
    except Refused as refused:
        reason = refused.reason if where == url else f"{refused.reason} (redirected to {where})"
        raise replace(refused, name=url, reason=reason) from None
    raise Refused(url, f"redirected more than {MAX_REDIRECTS} times")


def _ask(url: str, headers: dict[str, str]) -> Fetched | str:
    """Return one server's answer, or the address it redirects to."""
    target, host = _checked(url)
    wait_for_turn(host)
    timeout = httpx.Timeout(settings.FETCH_TIMEOUT, connect=min(10, settings.FETCH_TIMEOUT))
    headers = {"User-Agent": USER_AGENT, "Accept": ACCEPT, "Accept-Encoding": "gzip", "Host": _host_field(url)} | headers
    try:
        # No proxy from the environment: it would resolve the name again, past our check. One client a request: connections
        # are pooled by address, and two hosts may share one.
        with (
            httpx.Client(trust_env=False, timeout=timeout, verify=_tls()) as client,
            client.stream("GET", target, headers=headers, extensions={"sni_hostname": host}) as response,
        ):
            return _read(response, url)
    except httpx.TimeoutException:
        raise Refused(url, f"no answer within {settings.FETCH_TIMEOUT:g} s", temporary=True) from None
    except httpx.ConnectError as error:
        raise Refused(url, f"cannot connect: {_plain(error)}", temporary=True) from None
    except httpx.HTTPError as error:
        raise Refused(url, f"the answer broke off: {_plain(error)}", temporary=True) from None


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _checked(url: str) -> tuple[httpx.URL, str]:
    """Return the address with its host replaced by the machine it was checked to lead to, and the host's name."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError):
        raise Refused(url, "not a valid address") from None
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise Refused(url, "only http and https addresses are fetched")
    host = parsed.raw_host.decode("ascii")
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    address = resolve(host, port, allow_private=settings.FETCH_ALLOW_PRIVATE)
    return parsed.copy_with(host=address, username=None, password=None, fragment=None), host


def _host_field(url: str) -> str:
    return httpx.URL(url).netloc.decode("ascii")


def _read(response: httpx.Response, url: str) -> Fetched | str:
    if response.status_code in REDIRECTS and (location := response.headers.get("Location")):
        try:
            return str(httpx.URL(url).join(location))
        except httpx.InvalidURL:
            raise Refused(url, "redirected to something that is no address") from None
    if response.status_code not in {200, 304}:
        raise Refused(url, f"answered {_status(response.status_code)}", temporary=response.status_code >= 500 or _later(response))
    return Fetched(
        url=url,
        body=b"" if response.status_code == 304 else _body(response, url),
        content_type=response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        charset=response.charset_encoding,
        etag=response.headers.get("ETag", "")[:500],
        last_modified=response.headers.get("Last-Modified", "")[:100],
        not_modified=response.status_code == 304,
    )


def _later(response: httpx.Response) -> bool:
    return response.status_code in {408, 425, 429}


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _body(response: httpx.Response, url: str) -> bytes:
    """Return the unpacked body; never holds more than MAX_BYTES, whatever the server packs or says about its length."""
    body = bytearray()
    deadline = time.monotonic() + TOTAL_SECONDS
    too_large = Refused(url, f"larger than {in_megabytes(MAX_BYTES)}")
    if int(response.headers.get("Content-Length", "0") or 0) >= MAX_BYTES:
        raise too_large
    for piece in _unpacked(response, url):
        body += piece
        if len(body) >= MAX_BYTES:
            raise too_large
        if time.monotonic() > deadline:
            raise Refused(url, f"not complete within {TOTAL_SECONDS} s", temporary=True)
    return bytes(body)


def _unpacked(response: httpx.Response, url: str) -> Iterator[bytes]:
    """Yield the body in pieces of at most MAX_BYTES, even out of a compression bomb."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing in {"", "identity"}:
        yield from response.iter_raw(65536)
        return
    if packing not in {"gzip", "x-gzip"}:
        raise Refused(url, f"packed as {packing[:20]!r}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=31)  # gzip
    try:
        for piece in response.iter_raw(65536):
            yield unpacker.decompress(piece, MAX_BYTES)
            if unpacker.unconsumed_tail:
                raise Refused(url, f"larger than {in_megabytes(MAX_BYTES)}")
    except zlib.error:
        raise Refused(url, "its compression does not unpack") from None
    if not unpacker.eof:
        raise Refused(url, "the answer broke off in the middle", temporary=True)


def _plain(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:150]
