"""Correcting a field: the value stands, is recorded, survives what the machine reads later; impossible values change nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from incidents.deriving import derive_incidents
from incidents.editing import FIELDS, correct, take_back
from incidents.extraction.values import OUTCOMES
from incidents.models import Change, Incident, Override, Revision
from tests.factories import make_count, make_event, make_incident, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident() -> Incident:
    row = Incident.objects.create(type="other", family="other")
    make_count(make_event(incident=row), "killed", 5)
    derive_incidents([row.pk])
    row.refresh_from_db()
    return row


def test_it_works(incident: Incident, editor: User) -> None:
    override = correct(
        incident=incident, field="killed", value={"low": 6, "best": 7, "high": 9}, user=editor, reason="morgue list"
    )
    assert (incident.killed_low, incident.killed_best, incident.killed_high) == (6, 7, 9)
    assert incident.review_status == "reviewed"
    assert incident.headline == "Shooting in Al Hasakah, Syria: 6–9 killed, 20 January 2022"
    assert (override.made_by, override.reason, override.taken_back_at) == (editor, "morgue list", None)
    revision = incident.revisions.get()
    assert (revision.user, revision.field, revision.why) == (editor, "killed", "morgue list")
    assert (revision.before, revision.after) == ({"low": 5, "best": 5, "high": 5}, {"low": 6, "best": 7, "high": 9})
    assert revision.change is not None
    assert revision.change.number == incident.version == 2


def test_every_field_can_be_corrected() -> None:
    assert set(FIELDS) == {"type", "stage", "background", "date", "place", "actors", *OUTCOMES}


@pytest.mark.parametrize(
    ("field", "value", "columns"),
    [
        ("type", "bombing", {"type": "bombing", "family": "attack"}),
        ("stage", "foiled", {"stage": "foiled"}),
        ("background", True, {"background": True}),
        ("date", None, {"earliest": None, "date_precision": ""}),
        ("place", {"precision": "none"}, {"place_precision": "none", "lat": None, "country": "", "cell": None}),
        ("killed", None, {"killed_best": None, "totals": {}}),
        ("released", {"low": 0, "best": 0, "high": 0}, {}),
        (
            "place",
            {"name": "Al-Nour farm", "country": "sy", "lat": 36.4, "lon": 40.6, "precision": "site"},
            {"place_name": "Al-Nour farm", "country": "SY", "lat": 36.4, "place_id": None, "place_precision": "site"},
        ),
    ],
)
def test_value_stands(incident: Incident, editor: User, field: str, value: Any, columns: dict[str, Any]) -> None:
    correct(incident=incident, field=field, value=value, user=editor)
    assert {column: getattr(incident, column) for column in columns} == columns


def test_country_of_the_gazetteer_is_no_point(incident: Incident, editor: User) -> None:
    make_place(id="t:sy", name="Syria", kind="country", lat=35.0, lon=38.0, admin1="")
    correct(incident=incident, field="place", value={"place_id": "t:sy", "precision": "country", "radius_km": None}, user=editor)
    assert (incident.place_name, incident.country, incident.lat, incident.cell) == ("Syria", "SY", None, None)


def test_correction_outlives_new_reports(incident: Incident, editor: User) -> None:
    correct(incident=incident, field="type", value="raid", user=editor)
    for _ in range(3):
        make_event(incident=incident, type="bombing")
    derive_incidents([incident.pk])
    incident.refresh_from_db()
    assert (incident.type, incident.article_count) == ("raid", 4)


def test_second_correction_replaces_the_first(incident: Incident, editor: User, administrator: User) -> None:
    first = correct(incident=incident, field="type", value="raid", user=editor)
    with pytest.raises(ValidationError, match="Edda Itor set this value: say why"):
        correct(incident=incident, field="type", value="riot", user=administrator)
    correct(incident=incident, field="type", value="riot", user=administrator, reason="seen on film")
    first.refresh_from_db()
    assert incident.type == "riot"
    assert first.taken_back_at is not None
    assert Override.objects.get(taken_back_at=None).made_by == administrator


def test_other_words_for_the_same_value_are_no_change(incident: Incident, editor: User) -> None:
    """The override is kept, for it protects the value; nothing visible but the review changed."""
    correct(incident=incident, field="type", value="shooting", user=editor)
    assert incident.overrides.count() == 1
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("headline", "Mine", "no field"),
        ("type", "bombin", "not in the vocabulary"),
        ("type", ["bombing"], "not in the vocabulary"),
        ("stage", None, "not in the vocabulary"),
        ("background", "yes", "yes or no"),
        ("date", {"earliest": "2022-02-30", "latest": None, "precision": "day"}, "no day “2022-02-30”"),
        ("date", {"earliest": "2022-02-02", "latest": "2022-02-01", "precision": "days"}, "before the first"),
        ("date", {"earliest": "2022-02-01", "latest": "2022-02-02", "precision": "day"}, "same first and last day"),
        ("date", {"earliest": "0022-02-01", "latest": "0022-02-01"}, "too far"),
        ("date", {"earliest": "9999-01-01", "latest": "9999-01-01"}, "too far"),
        ("date", {"earliest": "2022-02-01", "latest": "2022-02-01", "precision": "exact"}, "no precision"),
        ("date", "2022-02-01", "Expected these parts"),
        ("killed", {"low": 9, "best": 5, "high": None}, "Best lies below low"),
        ("killed", {"low": 9, "high": 5}, "High lies below low"),
        ("killed", {"best": -1}, "negative"),
        ("killed", {"best": 1.5}, "whole number"),
        ("killed", {"best": True}, "whole number"),
        ("killed", {"best": 10**12}, "more people than can be stored"),
        ("killed", 5, "Expected these parts"),
        ("place", {"name": "Nowhere", "lat": 91, "lon": 0, "precision": "site"}, "Latitude must be a number from -90 to 90"),
        ("place", {"name": "Nowhere", "lat": 1, "lon": float("nan"), "precision": "site"}, "Longitude"),
        ("place", {"name": "Nowhere", "lat": 1, "precision": "site"}, "both latitude and longitude"),
        ("place", {"lat": 1, "lon": 1, "precision": "site"}, "Name the place"),
        ("place", {"name": "Nowhere", "country": "XX", "precision": "site"}, "country code"),
        ("place", {"name": "Nowhere", "precision": "near"}, "needs a radius"),
        ("place", {"place_id": "geonames:0", "precision": "site"}, "no place “geonames:0”"),
        ("place", {"place_id": "t:1", "precision": "exact"}, "no precision"),
    ],
)
def test_impossible_value_changes_nothing(incident: Incident, editor: User, field: str, value: Any, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        correct(incident=incident, field=field, value=value, user=editor)
    assert not Override.objects.exists()
    assert Change.objects.count() == 1


@pytest.mark.parametrize(("values", "words"), [({"deleted_at": timezone.now()}, "deleted"), ({}, "merged into I-")])
def test_gone_incident_is_not_corrected(editor: User, values: dict[str, Any], words: str) -> None:
    gone = make_incident(**(values or {"merged_into": make_incident()}))
    with pytest.raises(ValidationError, match=words):
        correct(incident=gone, field="type", value="raid", user=editor)


def test_reason_has_an_end(incident: Incident, editor: User) -> None:
    with pytest.raises(ValidationError, match="longer than 500"):
        correct(incident=incident, field="type", value="raid", user=editor, reason="x" * 501)


def test_a_time_of_day_is_set_shown_and_taken_back(incident: Incident, editor: User) -> None:
    day = {"earliest": "2022-01-20", "latest": "2022-01-20", "precision": "time", "time": "18:40"}
    override = correct(incident=incident, field="date", value=day, user=editor)
    assert (override.value, str(incident.time_of_day)) == (day, "18:40:00")
    take_back(override=override, user=editor)
    incident.refresh_from_db()
    assert (incident.date_precision, incident.time_of_day) == ("day", None)


@pytest.mark.parametrize(("clock", "precision", "words"), [("25:00", "time", "no time"), ("18:40", "day", "to the hour")])
def test_a_time_of_day_that_cannot_be(incident: Incident, editor: User, clock: str, precision: str, words: str) -> None:
    day = {"earliest": "2022-01-20", "latest": "2022-01-20", "precision": precision, "time": clock}
    with pytest.raises(ValidationError, match=words):
        correct(incident=incident, field="date", value=day, user=editor)
