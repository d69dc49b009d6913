"""One filter: what each parameter asks for, in words and in rows; nothing in a query string breaks it."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from incidents.deriving import derive_incidents
from incidents.filters import IncidentFilter
from incidents.models import Incident
from tests.factories import make_article, make_count, make_event, make_incident, make_place, make_source

pytestmark = pytest.mark.django_db


def asked(query: str) -> IncidentFilter:
    return IncidentFilter(QueryDict(query))


def found(query: str) -> list[Incident]:
    return list(asked(query).apply(Incident.objects.visible()))


def test_it_works() -> None:
    bombing = make_incident(type="bombing", killed_low=5, killed_best=6, killed_high=9)
    make_incident(type="shooting", killed_best=7)
    assert found("type=bombing&country=SY&min=5") == [bombing]


KABUL = {"id": "t:kabul", "name": "Kabul", "country": "AF", "admin1": "Kabul", "lat": 34.53, "lon": 69.17}


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("since=2023", {"earliest": date(2023, 3, 1)}),
        ("until=2021-12", {"earliest": date(2021, 12, 31)}),
        ("since=2022-01-25", {"earliest": date(2022, 1, 20), "latest": date(2022, 1, 31)}),
        ("until=2022-01-10", {"earliest": None, "latest": date(2022, 1, 8), "date_precision": "upper_bound"}),
        ("type=curfew,riot", {"type": "riot"}),
        ("type=curfew&type=riot", {"type": "curfew"}),
        ("family=captivity", {"type": "arrest"}),
        ("outcome=captured&min=10", {"totals": {"captured": {"low": 12, "best": None, "high": None}}}),
        ("outcome=killed", {"killed_best": 1}),
        ("outcome=wounded&min=3", {"totals": {"wounded": {"low": 1, "best": 3, "high": 9}}}),
        ("admin1=Kabul", {"place": KABUL}),
        ("country=af", {"place": KABUL}),
        ("near=34.5,69.2,10", {"place": KABUL}),
        ("bbox=60,30,70,35", {"place": KABUL}),
        ("bbox=170,-20,-170,-10", {"lat": -16.5, "lon": -179.9}),
        ("bbox=170,-20,190,-10", {"lat": -16.5, "lon": -179.9}),
        ("near=-16.5,179.9,60", {"lat": -16.5, "lon": -179.9}),
        ("near=89,0,400", {"lat": 88.0, "lon": 180.0}),
        ("placed=no", {"lat": None, "lon": None}),
        ("actor=Armed group", {"actors": [{"actor": 7, "name": "Armed group", "role": "target", "origins": 1}]}),
        ("actor=7&role=target", {"actors": [{"actor": 7, "name": "Armed group", "role": "target", "origins": 1}]}),
        ("role=captive", {"actors": [{"actor": 7, "name": "Armed group", "role": "captive", "origins": 1}]}),
        ("stage=foiled", {"stage": "foiled"}),
        ("review=reviewed", {"review_status": "reviewed"}),
        ("confidence=0.9", {"confidence": 0.95}),
        ("precision=site", {"place_precision": "site"}),
        ("background=only", {"background": True}),
    ],
)
def test_parameter_chooses(query: str, values: dict[str, Any]) -> None:
    """Of two incidents the one that fits is found and the other is not."""
    if "place" in values:
        values = values | {"place": make_place(**values["place"])}
    make_incident()
    fits = make_incident(**values)
    assert found(query) == [fits]


def test_unknown_toll_is_not_zero() -> None:
    make_incident()
    none = make_incident(killed_low=0, killed_best=0, killed_high=0)
    assert found("outcome=killed&min=0") == [none]


def test_background_is_left_out_unless_asked_for() -> None:
    now, then = make_incident(), make_incident(background=True)
    assert found("") == [now]
    assert set(found("background=1")) == {now, then}


def test_source_and_claimant_look_behind_the_incident() -> None:
    make_incident()
    incident = make_incident()
    source = make_source("Levant Daily")
    make_count(make_event(make_article(source=source), incident=incident), claimant="police")
    derive_incidents([incident.pk])
    assert found("source=Levant Daily") == found(f"source={source.pk}") == found("claimant=police") == [incident]
    assert found("source=Levant Daily&claimant=the army") == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [("", "bac"), ("date", "bac"), ("oldest", "cab"), ("killed", "abc"), ("origins", "cba"), ("changed", "cba")],
)
def test_sort(sort: str, order: str) -> None:
    rows = {
        "a": make_incident(earliest=date(2022, 1, 2), killed_best=9, origin_count=1),
        "b": make_incident(earliest=date(2022, 1, 3), killed_best=1, origin_count=2),
        "c": make_incident(earliest=date(2022, 1, 1), origin_count=3),
    }
    assert found(f"sort={sort}") == [rows[name] for name in order]


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("type=bombin", "type", "did you mean “bombing”"),
        ("country=Syria", "country", "two letters"),
        ("min=five", "min", "whole number"),
        ("since=yesterday", "since", "try 2022-01-20"),
        ("since=2022-02-30", "since", "There is no day"),
        ("since=0000", "since", "There is no day"),
        ("since=2022&until=2021", "until", "before"),
        ("near=91,0,5", "near", "not on the earth"),
        ("near=1,2", "near", "lat,lon,km"),
        ("near=nan,0,5", "near", "lat,lon,km"),
        ("bbox=1,50,2,40", "bbox", "South"),
        ("confidence=2", "confidence", "less than or equal to 1"),
        ("sort=size", "sort", "size"),
        ("q=%00", "q", "Null characters"),
        ("actor=%00", "actor", "Null characters"),
        ("min=99999999999999999999", "min", "less than or equal"),
    ],
)
def test_bad_value_is_explained_and_not_applied(query: str, field: str, words: str) -> None:
    incident = make_incident()
    assert words in asked(query).errors[field][0]
    assert found(query) == [incident]


def test_unknown_parameter_is_named_gently() -> None:
    incidents = asked("tpye=bombing&xyz=1&page=2")
    assert incidents.unknown == ["tpye", "xyz"]
    assert "“tpye” (did you mean “type”?)" in incidents.notice()
    assert asked("page=2").notice() == ""


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Everything: 2 incidents, 96–131 killed"),
        (
            "type=bombing&country=SY&since=2022-01-01&until=2022-01-31&min=5",
            "Bombings in Syria, 1–31 Jan 2022, at least 5 killed: 2 incidents, 96–131 killed",
        ),
        ("family=captivity", "Captivity: 0 incidents"),
        ("near=36.5,40.7,50&q=prison", "Everything within 50 km of 36.5, 40.7, with the words “prison”: 0 incidents"),
        ("actor=Islamic State&role=perpetrator", "Everything, with Islamic State as perpetrator: 0 incidents"),
        ("actor=gunmen&actor=police", "Everything, with gunmen or police: 0 incidents"),
        ("role=unknown", "Everything, with an actor of unknown role: 0 incidents"),
        ("claimant=army&claimant=police", "Everything, with figures from army or police: 0 incidents"),
        ("stage=foiled,planned", "Everything, foiled or planned: 0 incidents"),
        (
            "precision=settlement&country=GB,FR",
            "Everything in the United Kingdom and France, placed in a settlement or closer: 0 incidents",
        ),
        ("type=shooting&family=people", "Shootings, family people: 0 incidents"),
        ("background=only", "Everything, only history told in passing: 0 incidents"),
    ],
)
def test_summary(query: str, words: str) -> None:
    make_incident(type="bombing", killed_low=90, killed_best=100, killed_high=120)
    make_incident(type="bombing", killed_low=6, killed_best=6, killed_high=11)
    assert asked(query).summary() == words


def test_summary_says_what_is_not_known() -> None:
    make_incident(killed_low=10)
    make_incident()
    assert asked("").summary() == "Everything: 2 incidents, 10 or more killed; 1 with no toll"


def test_chips_take_themselves_away() -> None:
    chips = asked("type=bombing,riot&country=SY&outcome=killed&min=5&since=2022-01-01&until=2022-01-31&page=3").chips()
    shown = [(chip.label, chip.value) for chip in chips]
    when, toll = ("When", "1–31 Jan 2022"), ("Toll", "at least 5 killed")
    assert shown == [when, toll, ("Type", "bombing"), ("Type", "riot"), ("Country", "Syria")]
    assert chips[0].query == "type=bombing,riot&country=SY&outcome=killed&min=5"
    assert "min" not in chips[1].query
    assert "outcome" not in chips[1].query
    assert QueryDict(chips[2].query).getlist("type") == ["riot"]
    assert "SY" not in chips[4].query


def test_an_actors_role_stands_in_a_chip_of_its_own() -> None:
    chips = asked("actor=Islamic+State&role=perpetrator").chips()
    assert [(chip.label, chip.value) for chip in chips] == [("Actor", "Islamic State"), ("As", "perpetrator")]
    assert [chip.query for chip in chips] == ["role=perpetrator", "actor=Islamic%20State"]


def test_a_source_asked_for_by_number_is_told_by_name() -> None:
    number = make_source("Levant Daily").pk
    by_number = asked(f"source={number}")
    assert by_number.summary() == "Everything, reported by Levant Daily: 0 incidents"
    assert [(chip.value, chip.query) for chip in by_number.chips()] == [("Levant Daily", "")]
    assert asked("source=99999999999").summary() == "Everything, reported by 99999999999: 0 incidents"
