"""Is it the same happening? Pure: joined when sure, proposed when plausible, apart otherwise, and the reasons in words."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from incidents.matching import Happening, compare

DAY = date(2022, 3, 4)
KNOWN = Happening(
    type="bombing", family="attack", earliest=DAY, latest=DAY, date_precision="day", date_basis="stated", place_id="t:1",
    place_precision="settlement", country="PK", admin1="Khyber Pakhtunkhwa", lat=34.0, lon=71.5, tolls={"killed": (56, 56)},
    origins=frozenset({1}), readings=frozenset({(1, "rules")}),
)  # fmt: skip
EVENT = replace(KNOWN, said=DAY, origins=frozenset({2}), readings=frozenset({(2, "rules")}), tolls={})


def decision(**values: Any) -> str:
    return compare(replace(EVENT, **values), KNOWN).decision


def test_it_works() -> None:
    score = compare(EVENT, KNOWN)
    assert score.decision == "join"
    assert {name: part.words for name, part in score.parts.items()} == {
        "type": "the same type",
        "date": "the same day",
        "place": "the same place",
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"type": "suicide_bombing"}, "join"),
        ({"type": "attack"}, "join"),
        ({"type": "casualties", "family": "casualties"}, "join"),
        ({"type": "arrest", "family": "captivity"}, "apart"),
        ({"type": "shooting"}, "propose"),
        ({"tolls": {"killed": (56, 56)}}, "join"),
        ({"tolls": {"killed": (1, 1)}, "type": "suicide_bombing"}, "join"),
        ({"tolls": {"killed": (1, 1)}, "place_id": "t:2", "lat": 34.1}, "propose"),
        ({"stage": "planned"}, "apart"),
        ({"earliest": DAY + timedelta(1), "latest": DAY + timedelta(1)}, "propose"),
        ({"earliest": DAY + timedelta(9), "latest": DAY + timedelta(9)}, "apart"),
        ({"country": "AF", "place_id": "t:2"}, "apart"),
        ({"place_id": "t:2", "lat": 34.02}, "join"),
        ({"place_id": "t:2", "lat": 37.0}, "apart"),
        ({"place_id": "t:3", "place_precision": "adm1"}, "propose"),
        ({"place_id": "t:3", "place_precision": "adm1", "admin1": "Sindh"}, "apart"),
        ({"place_id": None, "place_precision": "none", "country": "", "admin1": "", "lat": None}, "propose"),
        ({"earliest": None, "latest": None, "date_precision": ""}, "join"),
        ({"earliest": None, "latest": None, "date_precision": "", "said": DAY - timedelta(5)}, "apart"),
    ],
)
def test_decision(values: dict[str, Any], expected: str) -> None:
    assert decision(**values) == expected


def test_toll_update_of_the_next_day_joins() -> None:
    """A report dated only by its own appearance, with a higher toll, follows the incident before it."""
    next_day = DAY + timedelta(1)
    update = {"earliest": next_day, "latest": next_day, "date_basis": "published", "tolls": {"killed": (61, 61)}}
    assert decision(type="casualties", family="casualties", **update) in ("join", "propose")
    assert decision(**update) == "join"


def test_shared_names_decide_where_the_day_is_doubtful() -> None:
    blurred = replace(
        EVENT, earliest=DAY + timedelta(2), latest=DAY + timedelta(2), date_basis="published", names=frozenset({"nadia q khan"})
    )
    assert compare(blurred, KNOWN).decision != "apart"
    named = compare(blurred, replace(KNOWN, names=frozenset({"nadia q khan"})))
    assert named.decision == "join"
    assert named.parts["names"].words == "both name nadia q khan"


def test_a_name_all_candidates_share_tells_nothing_apart() -> None:
    both = frozenset({"nadia khan"})
    rare = compare(replace(EVENT, names=both), replace(KNOWN, names=both))
    common = compare(replace(EVENT, names=both), replace(KNOWN, names=both), {"nadia khan": 50})
    assert common.points < rare.points - 1


def test_one_article_that_tells_two_apart_is_believed() -> None:
    assert decision(readings=KNOWN.readings) == "propose"
    assert decision(readings=KNOWN.readings, type="casualties", family="casualties") == "join"


def test_copies_of_one_report_are_the_same_happening() -> None:
    vague = {"place_id": None, "place_precision": "country", "admin1": "", "lat": None, "origins": KNOWN.origins}
    assert decision(**vague) == "join"
