"""Which incidents an event is compared with: found by index alone, cut off, and never more questions as the store grows."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents import candidates, deriving
from incidents.extraction.values import FAMILY_OF
from incidents.joining import find_match
from incidents.matching import Happening, comparable, compare
from incidents.models import Event, Incident, MatchProposal
from incidents.models.events import EventName
from incidents.reports import Reported, report_of
from tests.factories import make_article, make_event, make_place

pytestmark = pytest.mark.django_db


def known(**values: Any) -> Incident:
    row = Incident.objects.create(type="other", family="other")
    make_event(incident=row, **values)
    deriving.derive_incidents([row.pk])
    row.refresh_from_db()
    return row


def new(**values: Any) -> Event:
    return make_event(make_article(published_on=date(2022, 2, 12)), **values)


def compared_with(event: Event) -> set[Incident]:
    return set(candidates.candidates(Reported(event, report_of(event), ())))


def test_near_in_time_and_place() -> None:
    here = known()
    known(place=make_place(id="geonames:1", name="Basra", country="IQ", admin1="Basra", lat=30.5, lon=47.8))
    known(earliest=date(2021, 1, 20))
    assert compared_with(new()) == {here}


def test_only_types_that_may_be_the_same() -> None:
    same = known()
    known(type="curfew")
    assert compared_with(new(type="armed_clash")) == {same}


def test_types_left_out_are_those_that_rule_a_match_out() -> None:
    for one, other in product(FAMILY_OF, repeat=2):
        score = compare(Happening(one, FAMILY_OF[one]), Happening(other, FAMILY_OF[other]))
        assert (other in comparable(one)) != score.parts["type"].rules_out


def test_what_lasted_until_then() -> None:
    siege = known(earliest=date(2022, 1, 1), latest=date(2022, 2, 20))
    known(earliest=date(2022, 1, 1), latest=date(2022, 1, 20))
    assert compared_with(new(earliest=date(2022, 2, 10))) == {siege}


FAR = {"id": "geonames:2", "name": "Deir ez-Zor", "admin1": "Deir ez-Zor", "lat": 35.3, "lon": 40.1}


def test_whoever_names_the_same_people_the_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many bear a name, and however far away: the newest are compared, those too long ago are not."""
    monkeypatch.setattr(candidates, "MOST_BEARERS", 2)
    long_ago = date(2022, 2, 12) - timedelta(days=500)
    days = [date(2021, 11, 3), date(2021, 11, 1), date(2021, 11, 2), long_ago]
    bearers = [known(place=make_place(**FAR), earliest=day, names=["rex omar", "*omar"]) for day in days]
    known(place=make_place(**FAR), earliest=date(2021, 11, 4), names=["ada omar", "*omar"])
    event = new(names=["rex omar", "*omar"], earliest=date(2022, 2, 10))
    assert compared_with(event) == {bearers[0], bearers[2]}


def test_the_index_of_names_follows_the_events() -> None:
    event = known(names=["rex omar", "*omar"]).events.get()
    held = EventName.objects.values_list("name", "day")
    assert list(held.all()) == [("rex omar", date(2022, 1, 20))]
    event.names, event.earliest = ["ada omar", "ben omar"], date(2022, 1, 19)
    event.save()
    assert set(held.all()) == {("ada omar", date(2022, 1, 19)), ("ben omar", date(2022, 1, 19))}
    Event.objects.filter(pk=event.pk).update(names=[])
    assert not held.exists()
    make_event(names=["cy omar"]).delete()
    assert not held.exists()


def test_without_any_day_the_newest_of_the_country(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "NEWEST", 1)
    known(earliest=date(2021, 5, 1))
    newest = known(earliest=date(2021, 5, 2))
    event = make_event(make_article(published_on=None), earliest=None)
    assert compared_with(event) == {newest}


def test_as_many_questions_however_many_incidents() -> None:
    event = new(earliest=date(2022, 1, 20), names=["rex omar"])
    asked = []
    for _ in range(3):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            find_match(event)
        asked.append(len(queries))
        for _ in range(4):
            known(names=["rex omar"])
    assert asked[1] == asked[2]
    assert asked[0] <= asked[1] <= 13


def test_what_people_said_is_the_same_is_joined_without_comparing() -> None:
    """Also where the machine would never have compared the two."""
    other = known(type="curfew", earliest=date(2001, 1, 1))
    event = new()
    MatchProposal.objects.create(event=event, incident=other, score=0, state=MatchProposal.State.SAME)
    assert find_match(event).same == other
