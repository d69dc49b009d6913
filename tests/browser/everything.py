"""Something on every page of the desk, and the addresses of them all: what the tests that walk every page walk."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import Group, User
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Page, Route, expect

from incidents import blind, keys
from incidents.alerts import delivering, mailing, watching
from incidents.models import Change, Incident, Revision, SavedSearch, Webhook
from sources.models import Article
from tests.factories import make_article, make_count, make_event, make_incident, make_participation, make_place, make_source
from tests.review.conftest import make_case

LONG = "Unbreakable" * 80
WORDY = ("A very long title that goes on about what happened in the market on that day. " * 12)[:900]
OPEN = (
    "/", "/?type=riot,raid&since=2022&near=36.5,40.75,900", "/?min=x&nonsense=1&q=nothing", "/changes/?after=2020-01-01",
    "/?type=riot&q=1&near=1,2,3&placed=no&background=only&family=attack", "/compare/?a.type=riot&b.type=raid",
    "/compare/?a.type=raid&b.since=2022-01-01&b.until=2022-02-01", "/export/?country=SY", "/dumps/", "/articles/", "/sources/",
    "/forgotten/", "/forgotten/sent/",
)  # fmt: skip
SIGNED_IN = ("/searches/?min=5", "/account/", "/account/password/", "/account/keys/", "/agreement/", "/machine/", "/review/",
             "/incidents/add/")  # fmt: skip
STRANGERS = ("/sign-in/", "/", "/searches/", "/incidents/1/")  # what looks different to whoever is not signed in
ERRORS: dict[str, dict[str, Any]] = {
    "400": {}, "403": {}, "404": {}, "500": {}, "csrf": {}, "503": {"words": "60 %", "share": 60},
}  # fmt: skip


def everything(editor: User, *, said: Callable[[str], str] = str) -> list[str]:
    """Make something for each page and return the addresses, as a lead editor sees them.

    All that is data passes through `said`: words without end as they stand here, or what a test would rather read.
    """
    editor.groups.add(Group.objects.get_or_create(name="lead editors")[0])
    other = User.objects.create_user(said("second"), password="a-long-password-6")
    other.groups.add(Group.objects.get(name="editors"))
    make_place(name=said("Al Hasakah"), admin1=said("Al-Hasakah"))
    toll = {"killed_low": 9, "killed_best": 1_000_000, "killed_high": 1_200_000}
    hostile = make_incident(headline=said(WORDY[:300]), place_name=said(LONG[:190]), type="riot", **toll)
    make_incident(headline=said("On the date line"), lat=-16.8, lon=179.99, type="raid", earliest=date(2022, 3, 1))
    make_incident(headline=said("No place"), place_precision="none", country="", lat=None, lon=None)
    province = make_place(id="x:9", name=said("A province"), kind="adm1", radius_km=90.0)
    make_incident(headline=said(LONG[:300]), place=province, place_precision="adm1", type="casualties")
    case, same = make_case(said=said), make_case(said=said)
    for row in (case, same):
        Incident.objects.filter(pk=row.pk).update(headline=said(row.headline))
    article = _article(case, said)
    change = Change.objects.create(number=9, incident=case, kind="updated")
    Revision.objects.create(incident=case, change=change, field="type", before="raid", after="shooting", machine="rules 1")
    asked = blind.ask(incident=same, editors=[editor, other], by=editor)
    number, unknown = case.pk, Incident.objects.count() + 999
    of_the_case = [f"/incidents/{number}/{page}/" for page in ("history", "split", "correct/type")]
    of_the_case.append(f"/incidents/{number}/merge/?with={same.pk}")
    by_number = [f"/review/{number}/", f"/agreement/{asked.pk}/", f"/incidents/{unknown}/"]
    by_name = [case.get_absolute_url(), hostile.get_absolute_url(), article]
    for report in Article.objects.filter(title__startswith="Report "):
        Article.objects.filter(pk=report.pk).update(title=said(report.title))
    return [*OPEN, *SIGNED_IN, *of_the_case, *by_number, *by_name, *_of_a_search(editor, said)]


def _article(case: Incident, said: Callable[[str], str]) -> str:
    """Let two articles tell of the incident on two days, by a claimant and an actor; return the address of the first."""
    addresses = []
    for day in (20, 22):
        text = f"{said(f'{LONG} spoke. Gunmen killed five people.')} {said(WORDY)}"
        source = make_source(said(WORDY[:150]))
        places = [{"name": said("Oyo"), "place_id": "x:9"}]
        day_of = date(2022, 1, day)
        article = make_article(text, title=f"{said(LONG)} {day}", source=source, published_on=day_of, toponyms=places)
        event = make_event(article, incident=case)
        make_count(event, best=day, claimant=said(WORDY[:90]), who=said("people"))
        make_participation(event, said("Islamic State"))
        addresses.append(article.get_absolute_url())
    return addresses[0]


def _of_a_search(editor: User, said: Callable[[str], str]) -> list[str]:
    search = SavedSearch.objects.create(owner=editor, name=said("Heavy tolls"), query="country=SY&min=5", pace="daily")
    watching.start(search)
    hook = Webhook.objects.create(search=search, url="https://hooks.example.org/" + "long/" * 30)
    delivering.send_test(hook)
    keys.make(owner=editor, name=said("nightly"), scopes=["read"], days=90)
    return [search.get_absolute_url(), f"/webhooks/{hook.pk}/", f"/unsubscribe/{mailing.token(search)}/"]


def with_errors(page: Page, live_desk: str) -> list[str]:
    """Let the page have an address for each of the errors' pages; return them."""
    request = RequestFactory().get("/")
    for name, values in ERRORS.items():
        html = render_to_string(f"errors/{name}.html", values, request)
        page.route(f"{live_desk}/error/{name}", _answering(html))
    return [f"/error/{name}" for name in ERRORS]


def _answering(html: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(content_type="text/html", body=html)


def walked(page: Page, live_desk: str, addresses: Sequence[str]) -> Iterator[str]:
    """Open each address and wait until it is drawn; at the end some of them as a stranger."""
    for address in addresses:
        page.goto(f"{live_desk}{address}")
        at_rest(page)
        yield address
    page.context.clear_cookies()
    for address in STRANGERS:
        page.goto(f"{live_desk}{address}")
        at_rest(page)
        yield f"{address} as a stranger"


def at_rest(page: Page) -> None:
    """Wait until the page has drawn itself."""
    expect(page.locator("h1").first).to_be_attached()
    if page.locator("#time-panel").count():
        expect(page.locator("#time-panel .tl .axis")).to_be_attached()
        expect(page.locator(".waits")).to_have_count(0)
