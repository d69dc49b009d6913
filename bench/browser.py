"""What a reader waits for in Chromium: the first view, a change of the filter; and what a long visit costs the browser."""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Request, sync_playwright

from bench.rows import Row, p95

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = (Path(__file__).parent / "browser.js").read_text()
VIEWPORT = {"width": 1440, "height": 900}
FIRST_VIEWS, INTERACTIONS, WARM = 6, 200, 20
SETTLED = 1500  # milliseconds after which a view that nobody touches is at rest
MB = 1e6
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
# One after the other, each as a reader would: a bar of a chart, a family's switch, a toll, words, back again.
TYPE = """() => { const field = document.querySelector('#picker [name=%s]'); field.value = '%s';
                   field.dispatchEvent(new Event('change', {bubbles: true})); }"""
ONE_VIEW = """() => import('/static/js/state.js').then(({go, setView}) => {
    setView({map: '2/22.000/20.000', time: '2000-01-01,2026-01-01'});
    dispatchEvent(new PopStateEvent('popstate'));
    go(new URLSearchParams('country=IN'));
    go(new URLSearchParams());
})"""
CHANGES = (
    "() => document.querySelector('#chart-country [data-bar]').click()",
    "() => document.querySelector('#chart-type [data-bar]').click()",
    "() => history.back()",
    "() => document.querySelector('#families a').click()",
    "() => history.back()",
    "() => document.querySelector('#chart-actor [data-bar]').click()",
    "() => document.querySelector('#chart-actor [data-bar][aria-current]').click()",
    TYPE % ("min", "10"),
    TYPE % ("min", ""),
    TYPE % ("q", "police"),
    "() => history.back()",
)


def measure(number: int) -> Iterator[Row]:
    """Yield the figures at so many incidents; the database is the bench's own, filled before."""
    with served() as address, chromium() as browser:
        visit(browser, address)  # the server's own first time
        yield from _first_views(browser, address, number)
        yield from _session(browser, address, number)


@contextmanager
def served() -> Iterator[str]:
    """Serve the desk as `manage.py up` does, on the data folder in force."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "manage.py", "up", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=os.environ | {"API_RATE": "0"})  # noqa: S603
    address = f"http://127.0.0.1:{port}/"
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        try:
            urllib.request.urlopen(address).close()  # noqa: S310 -- our own address
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("manage.py up ended before it answered.")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


def visit(browser: Browser, address: str) -> Page:
    """Open the desk in a browser that has nothing of it yet, and wait until it can be used."""
    page = browser.new_context(viewport=VIEWPORT, locale="en-GB").new_page()  # type: ignore[arg-type]
    page.add_init_script(SCRIPT)
    page.set_default_timeout(60_000)
    page.goto(address)
    page.evaluate("bench.usable")
    return page


def _first_views(browser: Browser, address: str, number: int) -> Iterator[Row]:
    usable = []
    for _ in range(FIRST_VIEWS):
        page = visit(browser, address)
        usable.append(page.evaluate("bench.usable") / 1000)
        page.context.close()
    yield Row(f"{number:,} incidents in Chromium: first view usable, the slowest of {FIRST_VIEWS}", max(usable), "s", 1.5)


def _session(browser: Browser, address: str, number: int) -> Iterator[Row]:
    """One long visit: its scripts and styles, changes of the filter, moves of the map, long tasks, memory."""
    name = f"{number:,} incidents in Chromium"
    context = browser.new_context(viewport=VIEWPORT, locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    sizes = Sizes(page)
    page.add_init_script(SCRIPT)
    page.set_default_timeout(60_000)
    page.goto(address)
    page.evaluate("bench.usable")
    page.wait_for_timeout(SETTLED)
    yield Row(f"{name}: scripts and styles of the first view, compressed", sizes.code() / 1000, "kB", 200)
    devtools = context.new_cdp_session(page)
    taken: list[float] = []
    for turn in range(INTERACTIONS):
        if turn == WARM:
            at_one_view(page)
            before = memory(devtools)
        if turn % 3 == 2:
            _move(page, turn)
        else:
            taken.append(_change(page, CHANGES[len(taken) % len(CHANGES)]))
    at_one_view(page)
    after = memory(devtools)
    tasks = [duration for _, duration in page.evaluate("bench.tasks")]
    yield Row(f"{name}: a change of the filter until all is drawn, median", statistics.median(taken), "ms")
    yield Row(f"{name}: a change of the filter until all is drawn, p95", p95(taken), "ms", 300, 150)
    yield Row(
        f"{name}: the heaviest map answer of them, compressed",
        sizes.heaviest_map_answer() / 1000,
        "kB",
        60,
    )
    yield Row(f"{name}: the longest task", max(tasks, default=0.0), "ms", 100)
    yield Row(f"{name}: script memory after {INTERACTIONS} interactions", after[0] / MB, "MB")
    yield Row(f"{name}: what {INTERACTIONS - WARM} interactions added to it", (after[0] - before[0]) / MB, "MB", 2)
    yield Row(f"{name}: elements they added", after[1] - before[1], "", 500)
    context.close()


def _change(page: Page, act: str) -> float:
    """Return the milliseconds that a change takes; one in the picker is made while it is open, and then closed again."""
    in_picker = "#picker" in act
    if in_picker:
        page.keyboard.press("/")
        page.wait_for_timeout(350)
    taken: float = page.evaluate(f"bench.change({act})")
    if in_picker:
        page.keyboard.press("Escape")
    return taken


def _move(page: Page, turn: int) -> None:
    """Zoom or pan the map by its own keys, as a reader does, and wait for what is drawn."""
    keys = ("+", "ArrowRight", "-", "ArrowLeft", "+", "ArrowUp", "-", "ArrowDown")
    page.locator("#map").focus()
    page.keyboard.press(keys[turn // 3 % len(keys)])
    page.wait_for_timeout(350)


class Sizes:
    """What a page took over the line, in bytes."""

    def __init__(self, page: Page) -> None:
        self._requests: list[Request] = []
        page.on("requestfinished", lambda request: self._requests.append(request))

    def code(self) -> int:
        """Return the size of all scripts and styles."""
        kinds = ("script", "stylesheet")
        return sum(each.sizes()["responseBodySize"] for each in self._requests if each.resource_type in kinds)

    def heaviest_map_answer(self) -> int:
        return max(each.sizes()["responseBodySize"] for each in self._requests if "/cells/" in each.url)


def at_one_view(page: Page) -> None:
    """Lead the page to one filter, one view of the map and one stretch of time: what two of them hold can then be compared.

    The picker is opened, since it keeps the choices of the filter it was last open for.
    """
    page.evaluate(ONE_VIEW)
    page.wait_for_timeout(SETTLED)
    page.keyboard.press("/")
    page.wait_for_timeout(SETTLED)
    page.keyboard.press("Escape")


def memory(devtools: CDPSession) -> tuple[float, float]:
    """Return bytes that scripts hold and the number of elements, after everything that can be let go was."""
    devtools.send("HeapProfiler.collectGarbage")
    devtools.send("Performance.enable")
    found: Any = devtools.send("Performance.getMetrics")["metrics"]
    figures = {each["name"]: each["value"] for each in found}
    return figures["JSHeapUsedSize"], figures["Nodes"]
