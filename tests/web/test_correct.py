"""Correcting a field: the form on the incident's page, what it refuses, and what it asks."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from incidents.deriving import derive_incidents
from incidents.editing import correct
from incidents.models import Incident
from incidents.pages.fields import current, initial
from tests.factories import make_article, make_count, make_event, make_place, span_of
from tests.web.pages import tags_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident() -> Incident:
    """One incident with one report: five killed in Al Hasakah on 20 January 2022."""
    row = Incident.objects.create(type="other", family="other")
    article = make_article("Gunmen shot five people dead at the ford.")
    make_count(make_event(article, incident=row, trigger=span_of(article, "shot")), best=5, span=span_of(article, "five people"))
    derive_incidents([row.pk])
    row.refresh_from_db()
    return row


@pytest.fixture
def desk(signed_in: Callable[[User], Client], editor: User) -> Client:
    return signed_in(editor)


def address(incident: Incident, field: str) -> str:
    return f"/incidents/{incident.pk}/correct/{field}/"


def filled(incident: Incident, field: str, **values: Any) -> dict[str, Any]:
    """Return what a browser would send: the form as it was opened, with some of it changed."""
    start = {name: "" if value is None else value for name, value in initial(incident, field).items()}
    return start | values


def test_it_works(desk: Client, incident: Incident, editor: User) -> None:
    response = desk.post(address(incident, "killed"), filled(incident, "killed", low=6, best=7, high=9, reason="morgue list"))
    assert (response.status_code, response["Location"]) == (302, f"/incidents/{incident.pk}/#field-killed")
    incident.refresh_from_db()
    assert (incident.killed_low, incident.killed_best, incident.killed_high) == (6, 7, 9)
    page = text_of(desk.get(incident.get_absolute_url()))
    assert "Saved. It stands through every new reading until it is undone." in page
    assert "Edda Itor killed 5 → 6 – 9, best 7 morgue list Undo" in page


@pytest.mark.parametrize(
    ("field", "values", "becomes"),
    [
        ("type", {"type": "bombing"}, {"type": "bombing", "family": "attack"}),
        ("stage", {"stage": "foiled"}, {"stage": "foiled"}),
        ("background", {"background": "yes"}, {"background": True}),
        ("date", {"earliest": "2022-01-18", "latest": "2022-01-19", "precision": "days"}, {"date_precision": "days"}),
        ("date", {"earliest": "2022-01-18", "latest": "", "precision": "day"}, {"date_precision": "day"}),
        ("date", {"earliest": "", "latest": "2022-01-19", "precision": "upper_bound"}, {"earliest": None}),
        ("date", {"precision": "none"}, {"earliest": None, "latest": None, "date_precision": ""}),
        ("place", {"place": "desk:ford", "precision": "site"}, {"place_id": "desk:ford", "place_precision": "site"}),
        ("place", {"place": "Long Ford", "precision": "near", "radius_km": "4.5"}, {"radius_km": 4.5}),
        ("place", {"precision": "none"}, {"place_precision": "none", "lat": None}),
        ("wounded", {"low": "", "best": 3, "high": "", "means": "numbers"}, {"wounded_best": 3}),
        ("wounded", {"means": "unknown"}, {"wounded_best": None}),
        ("killed", {"low": 0, "best": 0, "high": 0}, {"killed_best": 0}),
        ("killed", {"means": "unstated"}, {"killed_best": None}),
    ],
)
def test_each_field_takes_its_value(
    desk: Client, incident: Incident, field: str, values: dict[str, Any], becomes: dict[str, Any]
) -> None:
    make_place(id="desk:ford", name="Long Ford", kind="site", lat=36.6, lon=40.7)
    response = desk.post(address(incident, field), filled(incident, field, **values))
    assert response.status_code == 302, text_of(response)
    incident.refresh_from_db()
    assert {name: getattr(incident, name) for name in becomes} == becomes


def test_not_known_and_not_stated_stay_apart(desk: Client, incident: Incident) -> None:
    desk.post(address(incident, "wounded"), filled(incident, "wounded", means="unknown"))
    assert "Wounded not known" in text_of(desk.get(incident.get_absolute_url()))
    incident.refresh_from_db()
    desk.post(address(incident, "wounded"), filled(incident, "wounded", means="unstated"))
    assert "Wounded not stated" in text_of(desk.get(incident.get_absolute_url()))


@pytest.mark.parametrize(
    ("field", "values", "says"),
    [
        ("type", {"type": "picnic"}, "picnic is not one of the available choices"),
        ("date", {"earliest": "2022-02-30", "precision": "day"}, "There is no such day in the calendar"),
        (
            "date",
            {"earliest": "2022-01-20", "latest": "2022-01-19", "precision": "days"},
            "The last day lies before the first one.",
        ),
        (
            "date",
            {"earliest": "2022-01-20", "latest": "2022-01-25", "precision": "day"},
            "One day has the same first and last day",
        ),
        ("date", {"earliest": "0042-01-20", "latest": "0042-01-20", "precision": "day"}, "lies too far from today"),
        ("date", {"earliest": "", "latest": "", "precision": "day"}, "Give a day"),
        ("place", {"place": "Xyzzyville", "precision": "site"}, "The gazetteer has no place of this name."),
        ("place", {"place": "", "precision": "site"}, "Name a place"),
        ("place", {"place": "Al Hasakah", "precision": "near", "radius_km": ""}, "Say how many kilometres around it."),
        ("place", {"place": "Al Hasakah", "precision": "near", "radius_km": "-3"}, "greater than or equal to 0.1"),
        ("killed", {"low": 9, "best": 5, "high": 9}, "Best lies below low."),
        ("killed", {"low": "", "best": -1, "high": ""}, "People are counted from 0"),
        ("killed", {"low": "", "best": 10**12, "high": ""}, "more people than can be stored"),
        ("killed", {"low": "", "best": "many", "high": ""}, "Give a whole number of people"),
        ("killed", {"low": "", "best": "", "high": "", "means": "numbers"}, "Give a number"),
        ("killed", {"best": 5, "reason": "x" * 501}, "at most 500 characters"),
    ],
)
def test_what_cannot_stand_comes_back_with_the_reason(
    desk: Client, incident: Incident, field: str, values: dict[str, Any], says: str
) -> None:
    response = desk.post(address(incident, field), filled(incident, field, **values))
    assert response.status_code == 422
    assert says in text_of(response)
    assert not incident.overrides.exists()
    sent = {str(tag.get("value")) for tag in tags_of(response, "input")}
    assert {
        str(value) for name, value in values.items() if name in ("low", "best", "high", "place", "latest", "reason")
    } <= sent | {""}


def test_a_name_of_several_places_asks_which(desk: Client, incident: Incident) -> None:
    make_place(id="desk:a", name="Twin", lat=1, lon=1, population=50)
    make_place(id="desk:b", name="Twin", lat=2, lon=2, population=900)
    response = desk.post(address(incident, "place"), filled(incident, "place", place="twin", precision="settlement"))
    assert response.status_code == 422
    assert "2 places bear this name: choose one." in text_of(response)
    choices = [tag["value"] for tag in tags_of(response, "input") if tag.get("type") == "radio"]
    assert choices == ["desk:b", "desk:a"]
    sent = filled(incident, "place", place="twin", precision="settlement", candidate="desk:a")
    assert desk.post(address(incident, "place"), sent).status_code == 302
    incident.refresh_from_db()
    assert incident.place_id == "desk:a"


def test_a_value_that_changed_meanwhile_is_shown_and_asked_about(desk: Client, incident: Incident, administrator: User) -> None:
    opened = filled(incident, "killed", low=6, best=6, high=6, reason="my count")
    correct(incident=incident, field="killed", value={"low": 8, "best": 8, "high": 8}, user=administrator, reason="theirs")
    response = desk.post(address(incident, "killed"), opened)
    assert response.status_code == 409
    page = text_of(response)
    assert "Changed meanwhile. It is now 8 (administrator). You entered 6." in page
    incident.refresh_from_db()
    assert incident.killed_best == 8
    seen = next(tag["value"] for tag in tags_of(response, "input") if tag.get("id") == "killed-seen")
    assert json.loads(str(seen)) == current(incident, "killed")
    assert desk.post(address(incident, "killed"), opened | {"seen": seen}).status_code == 302
    incident.refresh_from_db()
    assert incident.killed_best == 6


def test_a_change_of_another_field_does_not_stand_in_the_way(desk: Client, incident: Incident, administrator: User) -> None:
    opened = filled(incident, "killed", low=6, best=6, high=6)
    correct(incident=incident, field="stage", value="foiled", user=administrator)
    assert desk.post(address(incident, "killed"), opened).status_code == 302


@pytest.mark.parametrize("seen", ["", "{", "null", "[1]"])
def test_a_form_that_does_not_say_what_it_saw_is_asked_about(desk: Client, incident: Incident, seen: str) -> None:
    response = desk.post(address(incident, "killed"), filled(incident, "killed", low=6, best=6, high=6, seen=seen))
    assert response.status_code == 409


def test_another_persons_value_is_not_replaced_without_a_word(desk: Client, incident: Incident, administrator: User) -> None:
    correct(incident=incident, field="stage", value="foiled", user=administrator)
    sent = filled(incident, "stage", stage="planned")
    response = desk.post(address(incident, "stage"), sent)
    assert response.status_code == 422
    assert "administrator set this value: say why it should change." in text_of(response)
    assert desk.post(address(incident, "stage"), sent | {"reason": "It was only planned"}).status_code == 302


def test_a_merged_incident_says_which_one_to_correct(desk: Client, incident: Incident) -> None:
    sent = filled(incident, "stage", stage="foiled")
    other = Incident.objects.create(type="other", family="other")
    Incident.objects.filter(pk=incident.pk).update(merged_into=other)
    response = desk.post(address(incident, "stage"), sent)
    assert response.status_code == 422
    assert f"merged into I-{other.pk}" in text_of(response)


@pytest.mark.parametrize(("who", "status"), [("anonymous", 302), ("reader", 403), ("editor", 302), ("administrator", 302)])
def test_who_may(client: Client, incident: Incident, request: pytest.FixtureRequest, who: str, status: int) -> None:
    if who != "anonymous":
        client.force_login(request.getfixturevalue(who))
    response = client.post(address(incident, "stage"), filled(incident, "stage", stage="foiled"))
    assert response.status_code == status
    assert incident.overrides.exists() == (who in ("editor", "administrator"))
    if who == "anonymous":
        assert response["Location"].startswith("/sign-in/?next=")
    if who == "reader":
        assert "An administrator can add it to the group" in text_of(response)


def test_it_needs_the_forms_token(incident: Incident, editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(address(incident, "stage"), filled(incident, "stage", stage="foiled")).status_code == 403
    assert not incident.overrides.exists()


def test_opening_its_address_leads_to_the_form(desk: Client, incident: Incident) -> None:
    assert desk.get(address(incident, "stage"))["Location"] == f"/incidents/{incident.pk}/#field-stage"


@pytest.mark.parametrize("field", ["headline", "merged_into", "x"])
def test_what_is_no_field_is_not_found(desk: Client, incident: Incident, field: str) -> None:
    assert desk.post(address(incident, field), {}).status_code == 404


def test_hostile_values_come_back_as_text(desk: Client, incident: Incident) -> None:
    sent = filled(incident, "place", place='"><script>alert(1)</script>', precision="site", reason="<b>")
    body = desk.post(address(incident, "place"), sent).content.decode()
    assert "<script>alert(1)" not in body
    assert 'value="<b>"' not in body


def test_a_place_as_its_article_spells_it_can_be_saved_with_another_precision(
    signed_in: Callable[[User], Client], editor: User, incident: Incident
) -> None:
    town = make_place()
    Incident.objects.filter(pk=incident.pk).update(place=town, place_name="Hasakah, in the north", place_precision="settlement")
    incident.refresh_from_db()
    sent = {"place": "Hasakah, in the north", "precision": "site", "seen": json.dumps(current(incident, "place"))}
    assert signed_in(editor).post(f"/incidents/{incident.pk}/correct/place/", sent).status_code == 302
    incident.refresh_from_db()
    assert (incident.place_id, incident.place_precision) == (town.pk, "site")
