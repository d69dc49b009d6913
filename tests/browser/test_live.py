"""What comes while a page is open: announced, never thrown at the reader, and nothing missed when the connection breaks."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect

from incidents import changes
from incidents.models import Incident
from tests.browser.waits import until
from tests.factories import make_incident

SLOW = 25_000


class Cable:
    """A connection to the desk that can be cut and mended: passes bytes on, and none while it is cut."""

    def __init__(self, port: int) -> None:
        self.port, self.cut, self.writers = port, False, set[asyncio.StreamWriter]()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._serve, "127.0.0.1", 0), self.loop).result()
        self.address = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.cut:
            writer.close()
            return
        inward, outward = await asyncio.open_connection("127.0.0.1", self.port)
        self.writers |= {writer, outward}
        await asyncio.gather(self._pass(reader, outward), self._pass(inward, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    def break_it(self) -> None:
        self.cut = True
        for writer in list(self.writers):
            self.loop.call_soon_threadsafe(writer.transport.abort)

    def mend(self) -> None:
        self.cut = False

    def close(self) -> None:
        self.break_it()
        asyncio.run_coroutine_threadsafe(self._end(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def _end(self) -> None:
        self.server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)


@pytest.fixture
def cable(live_desk: str) -> Iterator[Cable]:
    made = Cable(urlsplit(live_desk).port or 0)
    yield made
    made.close()


def record(incident: Incident, kind: str) -> None:
    with transaction.atomic():
        changes.log([changes.Entry(incident, kind)])


def test_a_broken_connection_goes_on_without_missing_one(browser: Browser, cable: Cable) -> None:
    first = make_incident(headline="Known already")
    record(first, "created")
    context = browser.new_context()  # its own: a broken connection is an error on the console
    page = context.new_page()
    page.goto(cable.address)
    expect(page.locator("#live")).to_contain_text("Live", timeout=SLOW)
    page.evaluate(
        """async () => {
            const { dataset } = document.body;
            dataset.heard = "";
            const { followChanges } = await import("/static/js/stream.js");
            followChanges({ url: "/changes/stream/", after: 1, heard: ({ number }) => { dataset.heard += ` ${number}`; },
                            told(open) { dataset.open = open; } });
        }"""
    )
    body = page.locator("body")
    expect(body).to_have_attribute("data-open", "true", timeout=SLOW)
    record(make_incident(headline="While all is well"), "created")
    expect(page.locator("#live")).to_contain_text("1 new, 0 changed", timeout=SLOW)
    expect(page.locator("#list-title")).to_have_text("1 incident")  # told, not thrown
    cable.break_it()
    expect(body).to_have_attribute("data-open", "false", timeout=SLOW)
    record(make_incident(headline="While it is broken"), "created")
    record(first, "updated")
    expect(page.locator("#live")).to_contain_text("No connection since", timeout=SLOW)
    cable.mend()
    expect(page.locator("#live")).to_contain_text("2 new, 1 changed", timeout=SLOW)
    expect(body).to_have_attribute("data-heard", " 2 3 4", timeout=SLOW)
    page.locator("#live").get_by_role("button", name="Show").click()
    expect(page.locator("#list-title")).to_have_text("3 incidents")
    expect(page.locator("#live")).not_to_contain_text("new")
    context.close()


def test_without_a_stream_the_desk_looks_at_intervals(browser: Browser, live_desk: str, transactional_db: None) -> None:
    record(make_incident(headline="Known already"), "created")
    context = browser.new_context()
    page = context.new_page()
    page.route("**/changes/stream/**", lambda route: route.fulfill(status=503))
    page.clock.install()
    page.goto(live_desk)
    expect(page.locator("#list-title")).to_have_text("1 incident")
    record(make_incident(headline="Later"), "created")
    told = page.locator("#live", has_text="1 new, 0 changed")

    def later() -> bool:
        page.clock.run_for(25_000)
        return told.is_visible()

    until(page, later, "a look without a stream")
    context.close()


def test_an_open_incident_says_that_it_has_changed(page: Page, live_desk: str, transactional_db: None) -> None:
    incident, other = make_incident(headline="Seen now"), make_incident(headline="Another")
    record(incident, "created")
    page.goto(f"{live_desk}{incident.get_absolute_url()}")
    expect(page.locator("#stale")).to_be_hidden()
    record(other, "created")
    record(incident, "updated")
    expect(page.locator("#stale")).to_be_visible(timeout=SLOW)
    page.get_by_role("link", name="Show it as it is now").click()
    expect(page.locator("#stale")).to_be_hidden()
