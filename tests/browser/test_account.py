"""An account's pages, agreement and the machine's record in a browser: nothing that axe finds, nothing that overflows a phone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page

from incidents import blind, keys, sessions
from incidents.deriving import derive_incidents
from incidents.models import Incident, SignedIn
from tests.factories import make_count, make_event

PATHS = ("account/", "account/password/", "account/keys/", "agreement/", "agreement/{reading}/", "machine/")


@pytest.fixture
def reading(editor: User) -> int:
    """Return a question to the editor, who leads too, with rows on every page."""
    editor.groups.add(Group.objects.get_or_create(name="lead editors")[0])
    other = User.objects.create_user("second", password="a-long-password-6")
    other.groups.add(Group.objects.get(name="editors"))
    incident = Incident.objects.create(type="other", family="other")
    make_count(make_event(incident=incident))
    derive_incidents([incident.pk])
    row = keys.make(owner=editor, name="nightly feed reader", scopes=["read", "articles:text"], days=90)[0]
    keys.rotate(row)
    keys.revoke(keys.make(owner=editor, name="old", scopes=["read"])[0])
    return blind.ask(incident=incident, editors=[editor, other], by=editor).pk


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    page: Page, live_desk: str, sign_in: Callable[[User], None], editor: User, reading: int, scheme: str
) -> None:
    page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    sign_in(editor)
    for path in PATHS:
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{live_desk}/{path.format(reading=reading)}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than {width}"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    assert len(sessions.live(editor)) == SignedIn.objects.filter(user=editor).count() == 1


def test_a_key_is_made_and_copied(page: Page, live_desk: str, sign_in: Callable[[User], None], reader: User) -> None:
    sign_in(reader)
    page.goto(f"{live_desk}/account/keys/")
    page.get_by_label("Name").fill("map of the week")
    page.get_by_role("button", name="Make the key").click()
    key = page.get_by_label("Key", exact=True).input_value()
    assert keys.find(key) is not None
    page.goto(f"{live_desk}/account/keys/")
    assert key not in page.content()
