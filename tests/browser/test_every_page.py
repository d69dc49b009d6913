"""Every page, by day, by night and in high contrast: nothing that axe finds; the errors' pages and hostile words as well.

The page that draws the API's schema is Swagger UI's own: what axe may find there is named below.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from incidents import blind, keys
from incidents.alerts import delivering, mailing, watching
from incidents.models import Change, Incident, Revision, SavedSearch, Webhook
from tests.browser.waits import drawn, resized
from tests.factories import make_article, make_count, make_event, make_incident, make_place, make_source
from tests.review.conftest import make_case

LONG = "Unbreakable" * 80
WORDY = ("A very long title that goes on about what happened in the market on that day. " * 12)[:900]
MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "contrast": "no-preference"},
    "dark": {"color_scheme": "dark", "contrast": "no-preference"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
    "dark contrast": {"color_scheme": "dark", "contrast": "more"},
}
# Those about colours among the rules that axe runs by itself; the stricter one for contrast is not among them.
OF_COLOURS = {"runOnly": {"type": "tag", "values": ["cat.color"]}, "rules": {"color-contrast-enhanced": {"enabled": False}}}
# Swagger UI's bundle: its summaries hold buttons, its groups begin with a third heading, its description is no landmark.
SWAGGERS_OWN = {"nested-interactive", "heading-order", "region"}
WIDTHS = (320, 768, 2560)
OPEN = (
    "/", "/?type=riot,raid&since=2022&near=36.5,40.75,900", "/?min=x&nonsense=1&q=nothing", "/changes/?after=2020-01-01",
    "/compare/?a.type=riot&b.type=raid", "/export/?country=SY", "/dumps/", "/articles/", "/sources/", "/sign-in/", "/forgotten/",
    "/forgotten/sent/", "/api/problems/",
)  # fmt: skip
SIGNED_IN = ("/searches/?min=5", "/account/", "/account/password/", "/account/keys/", "/agreement/", "/machine/", "/review/",
             "/incidents/add/")  # fmt: skip
ERRORS: dict[str, dict[str, Any]] = {
    "400": {}, "403": {}, "404": {}, "500": {}, "csrf": {}, "503": {"words": "600,000 of 1,000,000 incidents read", "share": 60},
}  # fmt: skip


@pytest.fixture
def pages(transactional_db: None, editor: User) -> list[str]:
    """The addresses, with something on each, words without end among it."""
    editor.groups.add(Group.objects.get_or_create(name="lead editors")[0])
    other = User.objects.create_user("second", password="a-long-password-6")
    other.groups.add(Group.objects.get(name="editors"))
    hostile = make_incident(
        headline=WORDY[:300], place_name=LONG[:190], type="riot", killed_low=9, killed_best=1_000_000, killed_high=1_200_000
    )
    make_incident(headline="On the date line", lat=-16.8, lon=179.99, type="raid", earliest=date(2022, 3, 1))
    make_incident(headline="No place", place_precision="none", country="", lat=None, lon=None)
    province = make_place(id="x:9", name="A province", kind="adm1", radius_km=90.0)
    make_incident(headline=LONG[:300], place=province, place_precision="adm1", type="casualties")
    case, same = make_case(), make_case()
    article = make_article(f"{LONG} spoke. Gunmen killed five people. {WORDY}", title=LONG, source=make_source(WORDY[:150]))
    make_count(make_event(article, incident=case), best=7, claimant=WORDY[:90])
    change = Change.objects.create(number=9, incident=case, kind="updated")
    Revision.objects.create(incident=case, change=change, field="type", before="raid", after="shooting", machine="rules 1")
    search = SavedSearch.objects.create(owner=editor, name="Heavy tolls", query="country=SY&min=5", pace="daily")
    watching.start(search)
    hook = Webhook.objects.create(search=search, url="https://hooks.example.org/" + "long/" * 30)
    delivering.send_test(hook)
    keys.make(owner=editor, name="nightly", scopes=["read"], days=90)
    asked = blind.ask(incident=same, editors=[editor, other], by=editor)
    number, unknown = case.pk, Incident.objects.count() + 999
    of_the_case = [f"/incidents/{number}/{page}/" for page in ("history", "split", "correct/type")]
    of_the_case.append(f"/incidents/{number}/merge/?with={same.pk}")
    by_number = [f"/webhooks/{hook.pk}/", f"/review/{number}/", f"/agreement/{asked.pk}/", f"/incidents/{unknown}/"]
    by_name = [case.get_absolute_url(), hostile.get_absolute_url(), article.get_absolute_url(), search.get_absolute_url()]
    return [*OPEN, *SIGNED_IN, *of_the_case, *by_number, *by_name, f"/unsubscribe/{mailing.token(search)}/"]


@pytest.fixture
def seen(browser: Browser, page: Page, sign_in: Callable[[User], None], editor: User) -> Iterator[Callable[..., Page]]:
    """Open a page as an editor; axe writes inline styles while it measures, which the desk's own policy would refuse."""
    contexts: list[BrowserContext] = []
    sign_in(editor)

    def open_it(**options: Any) -> Page:
        contexts.append(browser.new_context(bypass_csp=True, reduced_motion="reduce", **options))
        contexts[-1].add_cookies(page.context.cookies())  # type: ignore[arg-type]  # the same shape, told apart by name
        return contexts[-1].new_page()

    yield open_it
    for context in contexts:
        context.close()


def answering(html: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(content_type="text/html", body=html)


def with_errors(page: Page, live_desk: str) -> list[str]:
    """Let the page have an address for each of the errors' pages; return them."""
    request = RequestFactory().get("/")
    for name, values in ERRORS.items():
        html = render_to_string(f"errors/{name}.html", values, request)
        page.route(f"{live_desk}/error/{name}", answering(html))
    return [f"/error/{name}" for name in ERRORS]


def at_rest(page: Page) -> None:
    """Wait until the page has drawn itself."""
    expect(page.locator("h1").first).to_be_attached()
    if page.locator("#time-panel").count():
        expect(page.locator("#time-panel .tl .axis")).to_be_attached()
        expect(page.locator(".waits")).to_have_count(0)


def wrong_in(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe, which the page holds already, finds by some of its rules."""
    run = "options => axe.run(document, options).then(results => results.violations)"
    found = page.evaluate(run, {"resultTypes": ["violations"]} | rules)
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"][:3]]


def test_axe_finds_nothing(seen: Callable[..., Page], live_desk: str, pages: list[str]) -> None:
    """By day all rules; in the other modes, which change nothing but colours, all rules about colours."""
    page = seen(viewport={"width": 1440, "height": 900})
    wrong = []
    for address in [*pages, *with_errors(page, live_desk)]:
        page.emulate_media(**MODES["light"])
        page.goto(f"{live_desk}{address}")
        at_rest(page)
        page.evaluate(Axe().axe_script)
        for mode, medium in MODES.items():
            page.emulate_media(**medium)
            rules = {} if mode == "light" else OF_COLOURS
            wrong += [f"{address}, {mode}: {each}" for each in wrong_in(drawn(page), rules)]
    assert not wrong, "\n".join(wrong)


def test_axe_finds_nothing_on_the_page_of_the_schema_but_what_is_swaggers_own(seen: Callable[..., Page], live_desk: str) -> None:
    page = seen(viewport={"width": 1440, "height": 900})
    page.goto(f"{live_desk}/api/docs/")
    expect(page.locator(".opblock").first).to_be_visible()
    page.evaluate(Axe().axe_script)
    wrong = [each for each in wrong_in(drawn(page), {}) if each.split(":")[0] not in SWAGGERS_OWN]
    assert not wrong, "\n".join(wrong)


def test_no_page_scrolls_sideways(seen: Callable[..., Page], live_desk: str, pages: list[str]) -> None:
    page = seen(viewport={"width": 1440, "height": 900})
    wide = []
    for address in [*pages, *with_errors(page, live_desk)]:
        page.goto(f"{live_desk}{address}")
        at_rest(page)
        for width in WIDTHS:
            if (needed := resized(page, width).evaluate("document.documentElement.scrollWidth")) > width:
                wide.append(f"{address} at {width}: {needed}")
    assert not wide, "\n".join(wide)


def test_a_large_number_beside_a_long_name_stays_in_one_line(seen: Callable[..., Page], live_desk: str, editor: User) -> None:
    incident = make_incident()
    make_count(make_event(make_article(), incident=incident), best=1_000_000, claimant=WORDY[:190])
    page = seen(viewport={"width": 390, "height": 844})
    page.goto(f"{live_desk}{incident.get_absolute_url()}")
    assert page.locator(".claims td.n b").evaluate("number => number.getClientRects().length") == 1
