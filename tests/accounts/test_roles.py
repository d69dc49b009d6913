"""Every address of the pages and the API, asked for by every role: who gets in is what incidents/roles.py says, on an open desk
and on a closed one."""

from collections.abc import Iterable
from datetime import date
from itertools import cycle, product
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.checks import run_checks
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, clear_url_caches, path, reverse
from django.urls.resolvers import RegexPattern

from incidents import editing, keys, roles
from incidents.checks import addresses, every_address_has_needs
from incidents.models import Incident, SignedIn
from incidents.roles import ACCESS, Need, Role, access_to, meets
from sources.models import Article
from tests.factories import make_count, make_event, make_incident, make_participation, make_place

pytestmark = pytest.mark.django_db

PEOPLE = ("nobody", "reader", "api_client", "editor", "lead", "administrator")
People = dict[str, tuple[User | None, Client]]
FOR_ALL = {Need.NOTHING, Need.READER}
KINDS = ("session", "key", "article", "source", "actor", "place", "event", "take-back", "undo")
# What a captured part of an address may be, tried in this order until one fits; a number is that of a thing there is.
SAMPLES: dict[str, list[object]] = {
    "field": ["type"],
    "outcome": ["killed"],
    "zoom": [1],
    "x": [0],
    "y": [0],
    "token": ["1-abc-def"],
    "uidb64": ["MQ"],
    "name": ["incidents.csv", "csv"],
}


@pytest.fixture
def people(reader: User, api_client: User, editor: User, lead: User, administrator: User) -> People:
    everybody: People = {"nobody": (None, Client())}
    for name, user in zip(PEOPLE[1:], (reader, api_client, editor, lead, administrator), strict=True):
        everybody[name] = user, Client()
        everybody[name][1].force_login(user)
    return everybody


@pytest.fixture
def things(editor: User) -> dict[str, int | str]:
    """Rows that addresses name: the kind of thing in an address to its number."""
    incident = make_incident()
    event = make_event(incident=incident, earliest=date(2022, 1, 20))
    make_count(event)
    party = make_participation(event)
    override = editing.correct(incident=Incident.objects.get(), field="type", value="raid", user=editor)
    key = keys.make(owner=editor, name="feed", scopes=["read"])[0]
    return {
        "incident": incident.pk,
        "event": event.pk,
        "article": event.article_id,
        "place": make_place().pk,
        "actor": party.actor_id,
        "source": event.article.source_id,
        "take-back": override.pk,
        "key": key.pk,
        # nobody's in this test: an address that ended the session of who walks would send them to the sign-in from there on
        "session": SignedIn.objects.create(user=editor, session_key="another").pk,
        "undo": 999_999,  # no action: whose it is would matter
    }


def address_of(name: str, captured: list[str], things: dict[str, int | str]) -> str:
    """Return an address of the name with things that are there, where the name says which kind it wants."""
    kind = next((kind for kind in KINDS if kind in name), "incident")
    for number in range(max(map(len, SAMPLES.values()))):
        tried = {part: (SAMPLES.get(part) or [things[kind]])[number % len(SAMPLES.get(part) or [1])] for part in captured}
        try:
            return reverse(name, kwargs=tried)
        except NoReverseMatch:
            continue
    pytest.fail(f"no sample fits the address “{name}” with {captured}: add one to SAMPLES")


def let_in(response: HttpResponseBase) -> bool:
    """Whether the answer is for somebody who may, be it a complaint about what was asked."""
    if response.status_code in (301, 302):
        return "/sign-in/" not in response["Location"] and "/admin/login/" not in response["Location"]
    return response.status_code not in (401, 403)


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_every_role_at_every_address(people: People, things: dict[str, int | str], settings: Any, closed: bool) -> None:
    settings.READERS_NEED_ACCOUNT = closed
    if closed:  # it only parts those without an account from those with one
        people = {who: people[who] for who in ("nobody", "reader")}
    wrong, turns = [], cycle([who for who in people if who != "nobody"])  # where roles do not differ, they take turns
    for name, pattern in addresses():
        needs = access_to(name)
        if needs is None or name.startswith("admin:"):
            continue
        address = "/api/v1/nowhere/" if name == "api:nothing" else address_of(name, list(captured_by(pattern)), things)
        asking = people if set(needs) - FOR_ALL else {who: people[who] for who in ("nobody", next(turns))}
        for (method, need), (who, (user, client)) in product(zip(("get", "post"), needs, strict=True), asking.items()):
            response = getattr(client, method)(address)
            if response.status_code != 405 and let_in(response) != meets(user, need, closed=closed):
                wrong.append(f"{who}: {method} {address} ({name}) answered {response.status_code}; it needs {need}")
            if user and "sign-out" in name:
                client.force_login(user)
    assert not wrong, "\n".join(wrong)


def captured_by(pattern: URLPattern) -> Iterable[str]:
    route = pattern.pattern
    return route.regex.groupindex if isinstance(route, RegexPattern) else route.converters


ADMINISTRATION = ("admin:index", "admin:incidents_incident_changelist", "admin:sources_source_add", "admin:auth_user_changelist")


@pytest.mark.parametrize("name", ADMINISTRATION)
def test_the_administration_is_the_administrators(people: People, name: str) -> None:
    assert [who for who, (_user, client) in people.items() if let_in(client.get(reverse(name)))] == ["administrator"]


def test_no_row_without_an_address() -> None:
    assert set(ACCESS) <= {name for name, _pattern in addresses()}


def test_an_address_in_no_row_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not [message for message in run_checks() if message.id == "incidents.E001"]
    monkeypatch.setattr("config.urls.urlpatterns", [path("new/", lambda request: None, name="new")])  # type: ignore[arg-type,return-value]
    clear_url_caches()
    try:
        assert "“new”" in str(every_address_has_needs(None)[0].msg)
    finally:
        monkeypatch.undo()
        clear_url_caches()


def test_the_roles_rights(reader: User, api_client: User, editor: User, lead: User, administrator: User) -> None:
    rights = {
        user.get_username(): {need for need in Need if meets(user, need)} - {Need.NOTHING, Need.READER, Need.ACCOUNT}
        for user in (reader, api_client, editor, lead, administrator)
    }
    assert rights == {
        "reader": set(),
        "program": {Need.WRITE},
        "editor": {Need.WRITE, Need.CORRECT},
        "lead": {Need.WRITE, Need.CORRECT, Need.LEAD},
        "administrator": {Need.WRITE, Need.CORRECT, Need.LEAD, Need.ADMINISTER},
    }
    administrator.is_active = False
    assert not any(meets(administrator, need, closed=True) for need in Need if need is not Need.NOTHING)


def test_a_closed_desk_leads_back_after_the_sign_in(client: Client, settings: Any) -> None:
    settings.READERS_NEED_ACCOUNT = True
    response = client.get("/incidents/5/?type=raid")
    assert response["Location"] == "/sign-in/?next=/incidents/5/%3Ftype%3Draid"
    answer = client.get("/api/v1/incidents/")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_key_opens_the_closed_desks_api(client: Client, settings: Any, reader: User) -> None:
    settings.READERS_NEED_ACCOUNT = True
    key = keys.make(owner=reader, name="feed", scopes=["read"])[1]
    assert client.get("/api/v1/incidents/", headers={"authorization": f"Bearer {key}"}).status_code == 200


def test_groups_are_roles() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in roles.RIGHTS_OF}
    assert Role.READER not in roles.RIGHTS_OF


def test_whole_texts_are_for_those_with_the_right(people: People, things: dict[str, Any], settings: Any) -> None:
    settings.ARTICLE_TEXT = "accounts"
    settings.EXCERPT_LENGTH = 40
    whole = "Nobody claimed it. The road was closed."
    article = Article.objects.get(pk=things["article"])
    Article.objects.filter(pk=article.pk).update(text=f"{article.text} {whole}")
    page, api = article.get_absolute_url(), f"/api/v1/articles/{article.pk}/"

    def sees(client: Client) -> tuple[bool, bool]:
        return whole in client.get(page).content.decode(), client.get(api).json()["text"] is not None

    expected = {who: (who not in ("nobody", "reader"),) * 2 for who in PEOPLE}
    assert {who: sees(client) for who, (_user, client) in people.items()} == expected
    settings.ARTICLE_TEXT = "open"
    assert {sees(client) for _user, client in people.values()} == {(True, True)}


def test_readers_of_a_closed_text_see_its_evidence(client: Client, things: dict[str, Any], settings: Any) -> None:
    settings.ARTICLE_TEXT = "accounts"
    body = client.get(f"/articles/{things['article']}/").content.decode()
    assert "Gunmen killed five people in Hasakah on Thursday." in body
    assert "accounts with the right to see them" in body
    settings.EXCERPT_LENGTH = 40
    short = client.get(f"/api/v1/articles/{things['article']}/").json()["excerpts"]
    assert short
    assert all(len(excerpt) <= 50 for excerpt in short)
