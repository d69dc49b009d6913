"""A real web server on this machine, which answers what a test tells it to."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django.fixtures import Settings


@dataclass
class Answer:
    """What the server says under one path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hang: threading.Event | None = None  # waits for it before answering


@dataclass
class NewsHost:
    """The server: `answers` by path, `asked` as it was asked, with the headers of each request."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def serve(self, path: str, body: str | bytes = b"", *, status: int = 200, **headers: str) -> str:
        """Answer the path so from now on; return its whole address. `_` in a header's name stands for `-`."""
        content = body.encode() if isinstance(body, str) else body
        self.answers[path] = Answer(content, status, {name.replace("_", "-"): value for name, value in headers.items()})
        return self.address + path


def _handler(host: Callable[[], NewsHost]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            news = host()
            news.asked.append((self.path, dict(self.headers)))
            answer = news.answers.get(self.path, Answer(b"nothing here", 404))
            if answer.hang:
                answer.hang.wait(20)
            if (mark := answer.headers.get("ETag")) and self.headers.get("If-None-Match") == mark:
                answer = Answer(status=304, headers={"ETag": mark})
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_args: object) -> None:
            """Keep the tests' output clean."""

    return Handler


@pytest.fixture
def news_host(settings: Settings) -> Iterator[NewsHost]:
    """Run a web server whose private address the desk may fetch from, without pauses."""
    settings.FETCH_ALLOW_PRIVATE, settings.FETCH_PAUSE, settings.FETCH_TIMEOUT = True, 0, 5
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(lambda: host))
    host = NewsHost(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield host
    server.shutdown()
    server.server_close()
    thread.join()
