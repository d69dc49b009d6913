"""Incidents over time: bins by family, lasting ones as bars, vague ones apart."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from incidents.aggregates import timeline as module
from incidents.aggregates.timeline import Window, timeline
from incidents.filters import IncidentFilter
from tests.factories import make_incident

pytestmark = pytest.mark.django_db


def answer(unit: str = "month", query: str = "", **window: Any) -> dict[str, Any]:
    return timeline(IncidentFilter(QueryDict(query)), Window(unit, **window))


def test_it_works() -> None:
    make_incident(earliest=date(2022, 1, 3))
    make_incident(earliest=date(2022, 1, 30), type="arrest")
    make_incident(earliest=date(2022, 3, 1))
    found = answer()
    assert found["bins"] == [
        {"start": date(2022, 1, 1), "families": {"attack": 1, "captivity": 1}},
        {"start": date(2022, 3, 1), "families": {"attack": 1}},
    ]
    assert (found["unit"], found["first"], found["last"]) == ("month", date(2022, 1, 3), date(2022, 3, 1))


@pytest.mark.parametrize(("unit", "start"), [("day", date(2022, 1, 5)), ("week", date(2022, 1, 3)), ("year", date(2022, 1, 1))])
def test_unit(unit: str, start: date) -> None:
    make_incident(earliest=date(2022, 1, 5))
    assert answer(unit)["bins"][0]["start"] == start


def test_siege_of_a_week_is_a_bar() -> None:
    siege = make_incident(earliest=date(2022, 1, 20), latest=date(2022, 1, 31), date_precision="days")
    make_incident(earliest=date(2022, 1, 20), latest=date(2022, 1, 21), date_precision="days")
    (bar,) = answer("day")["lasting"]
    assert (bar["id"], bar["earliest"], bar["latest"]) == (siege.pk, date(2022, 1, 20), date(2022, 1, 31))


def test_month_is_no_day() -> None:
    """What is known to the month stands apart from bins of days, and in those of months."""
    make_incident(earliest=date(2022, 1, 1), latest=date(2022, 1, 31), date_precision="month")
    days, months = answer("day"), answer("month")
    assert (days["bins"], days["lasting"]) == ([], [])
    assert days["imprecise"] == [{"start": date(2022, 1, 1), "count": 1, "unit": "month"}]
    assert (len(months["bins"]), months["imprecise"]) == (1, [])


def test_undated_is_counted() -> None:
    make_incident(earliest=None, latest=None)
    assert answer()["undated"] == 1


def test_window_bounds_bins_but_not_the_ends() -> None:
    make_incident(earliest=date(2020, 1, 1))
    make_incident(earliest=date(2022, 1, 1))
    found = answer("day", first=date(2021, 1, 1), last=date(2023, 1, 1))
    assert len(found["bins"]) == 1
    assert found["first"] == date(2020, 1, 1)


def test_too_fine_a_unit_is_coarsened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BINS", 10)
    make_incident(earliest=date(2020, 1, 1))
    make_incident(earliest=date(2021, 1, 1))
    assert answer("day")["unit"] == "year"


def test_empty() -> None:
    found = answer()
    assert (found["bins"], found["first"], found["undated"]) == ([], None, 0)


def test_bins_by_the_gravest_outcome() -> None:
    """Each incident stands once, by the worst that it states; a stated nobody is no missing figure."""
    day = date(2022, 1, 3)
    for killed, totals in (
        ({"killed_best": 0}, {"killed": 0, "wounded": 3}),
        ({"killed_low": 2}, {"killed": 2, "abducted": 9}),
        ({"killed_best": 0}, {"killed": 0}),
        ({}, {"captured": 4}),
        ({}, {}),
    ):
        figures = {outcome: {"low": None, "best": best, "high": best} for outcome, best in totals.items()}
        make_incident(earliest=day, totals=figures, **killed)
    (found,) = timeline(IncidentFilter(QueryDict()), Window("day", by="outcome"))["bins"]
    assert found == {"start": day, "outcomes": {"killed": 1, "wounded": 1, "held": 1, "none": 1, "unstated": 1}}
