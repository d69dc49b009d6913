"""Taking a correction back: the field follows its reports again, and that too is recorded."""

import pytest
from django.contrib.auth.models import User

from incidents.deriving import derive_incidents
from incidents.editing import correct, reject_event, take_back
from incidents.models import Incident
from tests.factories import make_count, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident() -> Incident:
    row = Incident.objects.create(type="other", family="other")
    make_count(make_event(incident=row), "killed", 5)
    derive_incidents([row.pk])
    row.refresh_from_db()
    return row


def test_it_works(incident: Incident, editor: User) -> None:
    override = correct(incident=incident, field="killed", value={"best": 50}, user=editor)
    take_back(override=override, user=editor, reason="wrong table")
    incident.refresh_from_db()
    assert incident.killed_best == 5
    assert override.taken_back_at is not None
    latest = incident.revisions.first()
    assert latest is not None
    assert (latest.user, latest.why, latest.after) == (editor, "wrong table", {"low": 5, "best": 5, "high": 5})


def test_what_came_meanwhile_counts(incident: Incident, editor: User) -> None:
    """The machine's value of today comes back, not the one of the day of the correction."""
    override = correct(incident=incident, field="type", value="raid", user=editor)
    for _ in range(2):
        make_event(incident=incident, type="bombing")
    take_back(override=override, user=editor)
    incident.refresh_from_db()
    assert incident.type == "bombing"


def test_twice_is_once(incident: Incident, editor: User) -> None:
    override = correct(incident=incident, field="type", value="raid", user=editor)
    take_back(override=override, user=editor)
    take_back(override=override, user=editor)
    assert incident.changes.count() == 3


def test_only_this_field_goes_back(incident: Incident, editor: User) -> None:
    override = correct(incident=incident, field="type", value="raid", user=editor)
    correct(incident=incident, field="wounded", value={"best": 3}, user=editor)
    take_back(override=override, user=editor)
    incident.refresh_from_db()
    assert (incident.type, incident.wounded_best) == ("shooting", 3)


def test_without_reports_a_field_returns_to_what_it_was(incident: Incident, editor: User) -> None:
    """What was known of it stands under the corrections left, the taken back one's value no more."""
    known = (incident.earliest, incident.date_basis)
    correct(incident=incident, field="killed", value={"best": 50}, user=editor)
    reject_event(event=incident.events.get(), user=editor, reason="a film")
    first = correct(incident=incident, field="background", value=True, user=editor)
    take_back(override=first, user=editor)
    day = {"earliest": "2023-03-01", "latest": "2023-03-01", "precision": "day"}
    second = correct(incident=incident, field="date", value=day, user=editor)
    take_back(override=second, user=editor)
    incident.refresh_from_db()
    assert (incident.background, incident.killed_best) == (False, 50)
    assert (incident.earliest, incident.date_basis) == known
