"""Hours on the timeline: those that are stated, by the clocks of the place; a day never pretends to one."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.http import QueryDict

from incidents.aggregates.timeline import Window, timeline
from incidents.filters import IncidentFilter
from tests.factories import make_incident

pytestmark = pytest.mark.django_db
DAY = date(2022, 1, 20)


def hours(**window: Any) -> dict[str, Any]:
    return timeline(IncidentFilter(QueryDict()), Window("hour", **window))


def test_an_hour_holds_what_is_stated_for_it() -> None:
    make_incident(earliest=DAY, date_precision="time", time_of_day=time(18, 40))
    make_incident(earliest=DAY, date_precision="time", time_of_day=time(18, 5), type="arrest")
    make_incident(earliest=date(1966, 3, 1), date_precision="time", time_of_day=time(0, 0))
    found = hours(first=date(2022, 1, 18), last=date(2022, 1, 22))
    assert found["unit"] == "hour"
    assert found["bins"] == [{"start": datetime(2022, 1, 20, 18), "families": {"attack": 1, "captivity": 1}}]  # noqa: DTZ001
    assert hours(first=date(1966, 3, 1), last=date(1966, 3, 1))["bins"][0]["start"].isoformat() == "1966-03-01T00:00:00"


def test_what_is_known_to_the_day_stands_in_its_day_and_in_no_hour() -> None:
    make_incident(earliest=DAY)
    make_incident(earliest=DAY, date_precision="time")  # to the hour, but which one is not known
    make_incident(earliest=date(2022, 1, 1), latest=date(2022, 1, 31), date_precision="month")
    found = hours()
    assert found["bins"] == []
    assert found["imprecise"] == [
        {"start": DAY, "count": 2, "unit": "day"},
        {"start": date(2022, 1, 1), "count": 1, "unit": "month"},
    ]


def test_a_long_window_has_days_instead() -> None:
    make_incident(earliest=DAY, date_precision="time", time_of_day=time(18, 40))
    found = hours(first=date(2021, 11, 1), last=date(2022, 3, 1))
    assert (found["unit"], found["bins"][0]["start"], found["imprecise"]) == ("day", DAY, [])
