"""A headline says what the fields say: no more precisely, nothing unknown, nothing made up."""

from datetime import date
from typing import Any

import pytest

from incidents.consensus import When, Where
from incidents.headlines import Figure, brief, headline

DAY = When(date(2022, 1, 20), date(2022, 1, 20), "day", "stated")
TOWN = Where("t:1", "Hasakah", "settlement")


def built(**values: Any) -> str:
    known: dict[str, Any] = {
        "kind": "bombing",
        "stage": "accomplished",
        "when": DAY,
        "where": TOWN,
        "country_name": "Syria",
        "totals": {},
    }
    return headline(**(known | values))


def test_it_works() -> None:
    totals = {"killed": Figure(None, 500, 500, "nearly"), "wounded": Figure(3, 3, 3)}
    siege = When(date(2022, 1, 20), date(2022, 1, 31), "days", "stated")
    assert built(totals=totals, when=siege) == "Bombing in Hasakah, Syria: nearly 500 killed, 3 wounded, 20–31 January 2022"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"when": None}, "Bombing in Hasakah, Syria"),
        ({"where": None}, "Bombing in Syria: 20 January 2022"),
        ({"where": None, "country_name": "", "when": None}, "Bombing"),
        ({"where": Where(None, "Syria", "country")}, "Bombing in Syria: 20 January 2022"),
        ({"where": Where("t:2", "Hasakah", "near")}, "Bombing near Hasakah, Syria: 20 January 2022"),
        ({"where": Where("t:3", "Ghwayran prison", "site")}, "Bombing at Ghwayran prison, Syria: 20 January 2022"),
        ({"stage": "foiled"}, "Foiled bombing in Hasakah, Syria: 20 January 2022"),
        ({"when": When(None, date(2022, 2, 8), "upper_bound", "stated")}, "Bombing in Hasakah, Syria: by 8 February 2022"),
        ({"when": When(date(2013, 7, 1), date(2013, 7, 31), "month", "stated")}, "Bombing in Hasakah, Syria: July 2013"),
        (
            {"when": When(date(2021, 12, 30), date(2022, 1, 2), "days", "stated")},
            "Bombing in Hasakah, Syria: 30 December 2021 – 2 January 2022",
        ),
    ],
)
def test_what_is_not_known_is_not_said(values: dict[str, Any], words: str) -> None:
    assert built(**values) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure(9, 11, 13), "9–13 killed"),
        (Figure(9, 9, None), "at least 9 killed"),
        (Figure(9, None, None), "at least 9 killed"),
        (Figure(9, 9, None, "at least"), "at least 9 killed"),
        (Figure(None, None, 40), "at most 40 killed"),
        (Figure(1200, 1200, 1200), "1,200 killed"),
        (Figure(24, None, 99, "dozens"), "24–99 killed"),
    ],
)
def test_figures(figure: Figure, words: str) -> None:
    assert built(totals={"killed": figure}) == f"Bombing in Hasakah, Syria: {words}, 20 January 2022"


def test_a_stated_none_is_no_headline() -> None:
    assert "killed" not in built(totals={"killed": Figure(0, 0, 0)})


def test_what_the_type_is_about_comes_first() -> None:
    totals = {"killed": Figure(1, 1, 1), "abducted": Figure(30, 30, 30), "wounded": Figure(2, 2, 2)}
    assert "30 abducted, 1 killed" in built(kind="kidnapping", totals=totals)


def test_length_has_an_end() -> None:
    assert len(built(where=Where(None, "x" * 900, "settlement"))) == 300


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"totals": {"killed": Figure(5, 9, 1200)}}, "Bombing in Hasakah, Syria"),
        ({"totals": {"killed": Figure(2, 2, 2), "wounded": Figure(3, 3, 3)}}, "Bombing in Hasakah, Syria: 3 wounded"),
        ({"kind": "arrest", "totals": {"captured": Figure(1500, 1500, 1500)}}, "Arrest in Hasakah, Syria: 1,500 captured"),
        ({"when": None}, "Bombing in Hasakah, Syria"),
    ],
)
def test_brief_leaves_out_what_stands_beside(values: dict[str, Any], words: str) -> None:
    assert brief(built(**values), values.get("when", DAY)) == words


def test_brief_leaves_other_words_alone() -> None:
    assert brief("Siege: day two, nobody killed there", DAY) == "Siege: day two, nobody killed there"
