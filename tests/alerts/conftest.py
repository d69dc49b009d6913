"""A real mail server, a real receiver of webhooks that fails when told to, and a watched search."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth.models import User
from django.test.utils import override_settings

from incidents.alerts import watching
from incidents.deriving import derive_incidents
from incidents.models import Incident, SavedSearch
from tests.conftest import free_port
from tests.factories import make_count, make_event

BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@dataclass
class Mailbox:
    """What the mail server took; `refuses` makes it refuse for the time being."""

    mails: list[EmailMessage] = field(default_factory=list)
    refuses: bool = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        if self.refuses:
            return "451 try again later"
        self.mails.append(BytesParser(EmailMessage, policy=default).parsebytes(envelope.content))
        return "250 taken"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    with override_settings(
        EMAIL_BACKEND=BACKEND, EMAIL_HOST="127.0.0.1", EMAIL_PORT=server.port, DESK_URL="https://desk.example"
    ):
        yield box
    server.stop()


@dataclass
class Receiver:
    """What was posted to it; answers with the statuses of `answers` in turn, then with 200."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    posted: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.posted.append(({key.lower(): value for key, value in self.headers.items()}, body))
            status = found.answers.pop(0) if found.answers else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{found.url}elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with override_settings(WEBHOOK_ALLOW_PRIVATE=True, DESK_URL="https://desk.example"):
        yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def watcher(db: None) -> User:
    return User.objects.create_user("watcher", email="watcher@example.org", password="a-long-password-4")


@pytest.fixture
def search(watcher: User) -> SavedSearch:
    """Five and more killed, watched, told by mail at once."""
    found = SavedSearch.objects.create(owner=watcher, name="Heavy tolls", query="min=5", pace="once")
    watching.start(found)
    return found


def happened(killed: int = 5, **values: Any) -> Incident:
    """Make an incident as the pipeline does, reported once."""
    incident = Incident.objects.create(type="other", family="other")
    make_count(make_event(incident=incident, **values), best=killed)
    derive_incidents([incident.pk])
    incident.refresh_from_db()
    return incident


def report(incident: Incident, killed: int) -> None:
    """Replace the toll that is reported."""
    for event in incident.events.all():
        event.counts.update(best=killed, low=killed, high=killed)
    derive_incidents([incident.pk])


def follow(search: SavedSearch) -> list[tuple[str, int, str]]:
    """Let the search follow the log; return everything it was told, the oldest first."""
    while watching.advance(search.pk):
        pass
    return [(notice.kind, notice.incident_id, notice.words) for notice in search.notices.order_by("pk")]
