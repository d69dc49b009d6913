"""Corrections come back as labelled cases through the loader of the engine's own."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from incidents import editing
from incidents.correction_cases import expected
from incidents.extraction import read
from incidents.models import Incident
from tests.extraction.cases.loading import Case, load_cases
from tests.extraction.cases.record_checks import case_problems
from tests.factories import make_article, make_event, make_incident, make_place

pytestmark = pytest.mark.django_db
TEXT = 'Gunmen killed five people in the town of "Hasakah" on Thursday, police said.\n\n\\ The\x7f 😀 end.'


def exported(tmp_path: Path, *options: str) -> list[Case]:
    call_command("export_corrections", str(tmp_path / "corrections.toml"), *options, verbosity=0)
    return load_cases(tmp_path)


def make_reported(text: str = TEXT, ordinal: int = 0) -> Incident:
    incident = make_incident()
    make_event(make_article(text), incident=incident, ordinal=ordinal)
    return incident


def test_it_works(tmp_path: Path, editor: User) -> None:
    incident = make_reported()
    five = {"low": 5, "best": 5, "high": 5}
    for field, value in {"type": "attack", "killed": five, "wounded": None, "date": {
        "earliest": "2022-01-20", "latest": "2022-01-20", "precision": "day"
    }}.items():  # fmt: skip
        editing.correct(incident=incident, field=field, value=value, user=editor)
    (case,) = exported(tmp_path)
    assert (case.document.text, str(case.document.published)) == (TEXT, "2022-01-22")
    assert case.id == f"corrections-{incident.events.get().article_id}"
    assert case.expect == {
        "type": "attack", "killed": 5, "wounded": "none", "date": "2022-01-20", "date_precision": "day",
    }  # fmt: skip
    assert case_problems(case, read(case.document)) == []


def test_the_engine_is_held_to_them(tmp_path: Path, editor: User) -> None:
    editing.correct(incident=make_reported(), field="type", value="kidnapping", user=editor)
    (case,) = exported(tmp_path)
    assert case_problems(case, read(case.document)) == ["type: expected 'kidnapping', read attack"]


def test_only_what_one_article_is_sure_to_say(tmp_path: Path, editor: User) -> None:
    incident = make_reported()
    other = make_article("Six people died in Hasakah.")
    make_event(other, incident=incident)
    editing.correct(incident=incident, field="type", value="raid", user=editor)
    assert exported(tmp_path) == []
    shown = [{"article": other.pk, "span": [0, 10]}]
    editing.correct(incident=incident, field="stage", value="foiled", user=editor, evidence=shown)
    assert [(case.document.text, case.expect) for case in exported(tmp_path)] == [(other.text, {"stage": "foiled"})]


def test_other_events_and_history_have_their_own_tables(tmp_path: Path, editor: User) -> None:
    second = make_reported(ordinal=1)
    past = make_incident()
    make_event(second.events.get().article, incident=past, ordinal=2)
    editing.correct(incident=second, field="type", value="arrest", user=editor)
    editing.correct(incident=past, field="background", value=True, user=editor)
    (case,) = exported(tmp_path)
    assert case.expect == {"events": [{"type": "arrest"}], "background": [{"type": "shooting"}]}


def test_taken_back_or_older_ones_stay_out(tmp_path: Path, editor: User) -> None:
    incident = make_reported()
    override = editing.correct(incident=incident, field="type", value="raid", user=editor)
    assert exported(tmp_path, "--since", "2999-01-01") == []
    assert len(exported(tmp_path, "--since", "2020-01-01")) == 1
    editing.take_back(override=override, user=editor)
    assert exported(tmp_path) == []


@pytest.mark.parametrize(
    ("field", "value", "expectation"),
    [
        ("date", None, {"date": "none"}),
        ("date", {"earliest": None, "latest": "2022-01-05", "precision": "upper_bound"},
         {"date": "..2022-01-05", "date_precision": "upper_bound"}),
        ("date", {"earliest": "2022-01-01", "latest": "2022-01-31", "precision": "month"},
         {"date": "2022-01-01..2022-01-31", "date_precision": "month"}),
        ("place", {"place_id": "geonames:173480", "precision": "settlement", "radius_km": None},
         {"place": "Al Hasakah", "place_precision": "settlement", "country": "SY"}),
        ("place", None, {"place": "none"}),
        ("killed", {"low": 3, "best": 5, "high": None}, {"killed": {"low": 3, "best": 5}}),
        ("killed", {"low": None, "best": None, "high": None}, {"killed": "none"}),
        ("headline", "x", None),
    ],
)  # fmt: skip
def test_values_as_labels(field: str, value: Any, expectation: Any) -> None:
    make_place()
    assert expected(field, value) == expectation


@pytest.mark.parametrize("name", ["corrections.csv", "Ab-c.toml", "nowhere/corrections.toml"])
def test_a_name_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match=r"name it|no such folder"):
        call_command("export_corrections", str(tmp_path / name))


def test_a_day_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="give a day"):
        call_command("export_corrections", str(tmp_path / "corrections.toml"), "--since", "yesterday")
