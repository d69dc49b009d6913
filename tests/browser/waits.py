"""Waiting for what a page does by itself: drawing after a change of size, answering to keys and fingers."""

from collections.abc import Callable
from time import monotonic

from playwright.sync_api import FloatRect, Locator, Page, expect

LONGEST = 60  # seconds, on a machine with other work to do
# Two frames and a task: what changed has been laid out, and who watches for sizes has drawn anew.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


def drawn(page: Page) -> Page:
    """Wait until the page has drawn what changed, a new size of its window among it."""
    page.evaluate(DRAWN)
    return page


def resized(page: Page, width: int, height: int = 900) -> Page:
    """Give the page another size, and let it draw itself in that."""
    page.set_viewport_size({"width": width, "height": height})
    return drawn(page)


def box_of(part: Locator) -> FloatRect:
    """Where a part of the page stands, once it is seen and drawn."""
    expect(part).to_be_visible()
    drawn(part.page)
    box = part.bounding_box()
    assert box
    return box


def until(page: Page, check: Callable[[], bool], what: str) -> None:
    """Let the page go on until `check` holds."""
    deadline = monotonic() + LONGEST
    while not check():
        assert monotonic() < deadline, f"never: {what}"
        page.wait_for_timeout(50)
