"""Bytes from an address, and each refusal."""

import gzip
import socket
import threading
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

from sources import fetch as fetching
from sources.fetch import fetch
from sources.politeness import wait_for_turn
from sources.refusals import Refused
from tests.sources.conftest import NewsHost


def refusal(url: str) -> Refused:
    with pytest.raises(Refused) as refused:
        fetch(url)
    assert str(refused.value).startswith(f"{url}: ")
    assert "\n" not in str(refused.value)
    return refused.value


def test_it_works(news_host: NewsHost) -> None:
    url = news_host.serve("/a?b=1", "hello", Content_Type="text/html; charset=latin-1", ETag='"x"', Last_Modified="yesterday")
    fetched = fetch(url)
    assert (fetched.body, fetched.content_type, fetched.charset) == (b"hello", "text/html", "latin-1")
    assert (fetched.etag, fetched.last_modified, fetched.url) == ('"x"', "yesterday", url)
    path, headers = news_host.asked[0]
    assert path == "/a?b=1"
    assert headers["Host"] == news_host.address.removeprefix("http://")
    assert headers["User-Agent"].startswith("IncidentDesk/")


def test_unchanged_answer_is_not_sent_again(news_host: NewsHost) -> None:
    url = news_host.serve("/feed", "hello", ETag='"x"')
    assert fetch(url, etag='"x"', last_modified="yesterday").not_modified
    assert news_host.asked[0][1]["If-Modified-Since"] == "yesterday"


def test_redirects_are_followed(news_host: NewsHost) -> None:
    end = news_host.serve("/end", "here")
    news_host.serve("/middle", status=301, Location=end)
    assert fetch(news_host.serve("/start", status=302, Location="middle")).url == end


def test_redirect_too_many(news_host: NewsHost) -> None:
    url = news_host.serve("/loop", status=302, Location="/loop")
    assert refusal(url).reason == "redirected more than 5 times"
    assert len(news_host.asked) == 6


def test_each_redirect_is_checked_again(news_host: NewsHost) -> None:
    """A public page may not lead the desk elsewhere than to the web."""
    refused = refusal(news_host.serve("/start", status=302, Location="file:///etc/passwd"))
    assert refused.reason == "only http and https addresses are fetched (redirected to file:/etc/passwd)"


@pytest.mark.parametrize(
    ("status", "words", "temporary"), [(404, "404 Not Found", False), (503, "503 Service Unavailable", True)]
)
def test_answers_that_are_no_document(news_host: NewsHost, status: int, words: str, temporary: bool) -> None:
    refused = refusal(news_host.serve("/gone", status=status))
    assert refused.reason == f"answered {words}"
    assert refused.temporary is temporary


def test_server_that_stays_silent(news_host: NewsHost, settings: Settings) -> None:
    settings.FETCH_TIMEOUT = 0.2
    url = news_host.serve("/slow")
    hang = news_host.answers["/slow"].hang = threading.Event()
    refused = refusal(url)
    hang.set()
    assert refused.reason == "no answer within 0.2 s"
    assert refused.temporary


def test_nobody_listens(news_host: NewsHost) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        refused = refusal(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert refused.reason.startswith("cannot connect")


@pytest.mark.parametrize("url", ["ftp://news.example/a", "http://", "https:///path", "gopher://x", "http://[::1"])
def test_what_is_no_web_address(news_host: NewsHost, url: str) -> None:
    assert refusal(url).reason in {"only http and https addresses are fetched", "not a valid address"}


def test_private_network_is_refused(news_host: NewsHost, settings: Settings) -> None:
    settings.FETCH_ALLOW_PRIVATE = False
    assert "private or reserved network" in refusal(news_host.serve("/a", "secret")).reason
    assert not news_host.asked


def test_name_is_resolved_once(news_host: NewsHost, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers differently the second time (rebinding) finds nobody asking."""
    port = int(news_host.address.rpartition(":")[2])
    names: list[object] = []
    resolver = socket.getaddrinfo

    def noting(host: object, *arguments: Any, **options: Any) -> Any:
        names.append(host)
        return resolver("127.0.0.1", *arguments, **options)

    monkeypatch.setattr("sources.addresses.socket.getaddrinfo", noting)
    news_host.serve("/a", "hello")
    assert fetch(f"http://rebinding.example:{port}/a").body == b"hello"
    assert news_host.asked[0][1]["Host"] == f"rebinding.example:{port}"
    assert names == ["rebinding.example", "127.0.0.1"]  # then the address alone


def test_too_large(news_host: NewsHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 1000)
    assert refusal(news_host.serve("/a", b"x" * 1000)).reason.startswith("larger than")
    assert len(fetch(news_host.serve("/b", b"x" * 999)).body) == 999


def test_packed_answer_is_unpacked(news_host: NewsHost) -> None:
    assert fetch(news_host.serve("/a", gzip.compress(b"hello" * 1000), Content_Encoding="gzip")).body == b"hello" * 1000


def test_compression_bomb_stays_packed(news_host: NewsHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 100_000)
    url = news_host.serve("/bomb", gzip.compress(b"\0" * 10_000_000), Content_Encoding="gzip")
    assert refusal(url).reason.startswith("larger than")


@pytest.mark.parametrize(
    ("body", "packing", "reason"),
    [
        (b"not gzip", "gzip", "its compression does not unpack"),
        (gzip.compress(b"hello" * 1000, mtime=0)[:-12], "gzip", "the answer broke off in the middle"),
        (b"hello", "br", "packed as 'br', which was not asked for"),
    ],
)
def test_packing_that_cannot_be_undone(news_host: NewsHost, body: bytes, packing: str, reason: str) -> None:
    assert refusal(news_host.serve("/a", body, Content_Encoding=packing)).reason == reason


def test_answer_that_breaks_off(news_host: NewsHost) -> None:
    assert refusal(news_host.serve("/a", b"hello", Content_Length="100")).temporary


def test_one_turn_at_a_time_for_one_host(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The turn is kept in Redis, so it holds over all workers; it ends by itself."""
    settings.FETCH_PAUSE = 60
    monkeypatch.setattr("sources.politeness.MAX_WAIT", 0)
    cache.delete("fetch-turn:busy.example")
    wait_for_turn("busy.example")
    wait_for_turn("other.example")
    with pytest.raises(Refused, match=r"Busy\.example: no turn within") as refused:
        wait_for_turn("Busy.example")
    assert refused.value.temporary
    cache.delete_many(["fetch-turn:busy.example", "fetch-turn:other.example"])
