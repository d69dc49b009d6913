"""Undoing a correction."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from incidents.deriving import derive_incidents
from incidents.editing import correct
from incidents.models import Incident, Override
from tests.factories import make_count, make_event
from tests.web.pages import tags_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def override(editor: User) -> Override:
    incident = Incident.objects.create(type="other", family="other")
    make_count(make_event(incident=incident), best=5)
    derive_incidents([incident.pk])
    return correct(incident=incident, field="killed", value={"low": 9, "best": 9, "high": 9}, user=editor)


def undo(override: Override) -> str:
    return f"/corrections/{override.pk}/take-back/"


def test_it_works(signed_in: Callable[[User], Client], editor: User, override: Override) -> None:
    client = signed_in(editor)
    page = client.get(override.incident.get_absolute_url())
    assert [form for form in tags_of(page, "form") if form.get("action") == undo(override)]
    response = client.post(undo(override))
    assert response["Location"] == f"/incidents/{override.incident_id}/#field-killed"
    override.incident.refresh_from_db()
    assert override.incident.killed_best == 5
    page = client.get(override.incident.get_absolute_url())
    assert "Undone. The field follows its reports again" in text_of(page)
    assert "Edda Itor killed 9 → 5 correction taken back" in text_of(page)
    assert not [form for form in tags_of(page, "form") if form.get("action") == undo(override)]


def test_a_colleagues_value_goes_back_with_a_reason_alone(
    signed_in: Callable[[User], Client], administrator: User, override: Override
) -> None:
    client = signed_in(administrator)
    page = client.get(override.incident.get_absolute_url())
    assert "Why (a colleague set or confirmed it)" in text_of(page)
    assert "say why it should change" in text_of(client.post(undo(override), follow=True))
    override.refresh_from_db()
    assert override.taken_back_at is None
    client.post(undo(override), {"reason": "The hospital was another one."})
    override.refresh_from_db()
    assert override.taken_back_at is not None
    assert override.incident.revisions.filter(why="The hospital was another one.").exists()


def test_twice_does_no_more(signed_in: Callable[[User], Client], editor: User, override: Override) -> None:
    client = signed_in(editor)
    client.post(undo(override))
    changes = override.incident.changes.count()
    assert client.post(undo(override)).status_code == 302
    assert override.incident.changes.count() == changes


def test_opening_the_address_undoes_nothing(signed_in: Callable[[User], Client], editor: User, override: Override) -> None:
    assert signed_in(editor).get(undo(override)).status_code == 405


@pytest.mark.parametrize(("who", "status"), [("anonymous", 302), ("reader", 403), ("administrator", 302)])
def test_who_may(client: Client, override: Override, request: pytest.FixtureRequest, who: str, status: int) -> None:
    if who != "anonymous":
        client.force_login(request.getfixturevalue(who))
    assert client.post(undo(override), {"reason": "Read wrongly."}).status_code == status
    override.refresh_from_db()
    assert (override.taken_back_at is not None) == (who == "administrator")


def test_in_a_merged_incident_it_says_why_not(signed_in: Callable[[User], Client], editor: User, override: Override) -> None:
    other = Incident.objects.create(type="other", family="other")
    Incident.objects.filter(pk=override.incident_id).update(merged_into=other)
    client = signed_in(editor)
    client.post(undo(override))
    assert f"merged into I-{other.pk}" in text_of(client.get(other.get_absolute_url()))


def test_an_unknown_one_is_not_found(signed_in: Callable[[User], Client], editor: User) -> None:
    assert signed_in(editor).post("/corrections/987654/take-back/").status_code == 404
