"""Values in words: unknown is never zero."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from incidents.pages import words
from incidents.templatetags.desk import figures, short


@pytest.mark.parametrize(
    ("low", "best", "high", "quantifier", "said"),
    [
        (5, 5, 5, "", "5"),
        (None, 500, 500, "nearly", "nearly 500"),
        (332, 332, None, "at least", "at least 332"),
        (1100, None, None, "", "at least 1,100"),
        (None, None, 30, "", "at most 30"),
        (20, None, 30, "", "20–30"),
        (24, None, 99, "dozens", "“dozens”"),
        (0, 0, 0, "no", "none"),
        (None, None, None, "", "not known"),
        (1_234_567, 1_234_567, 1_234_567, "", "1,234,567"),
    ],
)
def test_a_statement(low: int | None, best: int | None, high: int | None, quantifier: str, said: str) -> None:
    assert words.statement(low, best, high, quantifier) == said


@pytest.mark.parametrize(
    ("value", "quantifier", "said"),
    [
        (None, "", "not stated"),
        ({}, "", "not known"),
        ({"low": None, "best": None, "high": None}, "", "not known"),
        ({"low": 0, "best": 0, "high": 0}, "", "0"),
        ({"low": 5, "best": 5, "high": 5}, "", "5"),
        ({"low": 332, "best": 500, "high": 500}, "nearly", "332 – nearly 500"),
        ({"low": 332, "best": 500, "high": None}, "", "332 – 500+"),
        ({"low": 60, "best": 150, "high": None}, "more than", "60 – more than 150"),
        ({"low": 1100, "best": 1100, "high": None}, "", "1,100+"),
        ({"low": None, "best": 500, "high": 500}, "nearly", "nearly 500"),
        ({"low": 24, "best": None, "high": 99}, "", "24 – 99"),
        ({"low": None, "best": None, "high": 30}, "", "at most 30"),
    ],
)
def test_a_total(value: dict[str, Any] | None, quantifier: str, said: str) -> None:
    assert words.total(value, quantifier) == said


@pytest.mark.parametrize(
    ("earliest", "latest", "precision", "said"),
    [
        (date(2022, 1, 20), date(2022, 1, 20), "day", "20 Jan 2022"),
        (date(2022, 1, 20), date(2022, 1, 31), "days", "20–31 Jan 2022"),
        (date(2022, 1, 30), date(2022, 2, 2), "days", "30 Jan – 2 Feb 2022"),
        (date(2021, 12, 30), date(2022, 1, 2), "days", "30 Dec 2021 – 2 Jan 2022"),
        (date(2013, 7, 1), date(2013, 7, 31), "month", "Jul 2013"),
        (None, date(2022, 2, 8), "upper_bound", "by 8 Feb 2022"),
        (date(2022, 2, 1), date(2022, 2, 8), "upper_bound", "by 8 Feb 2022"),
        (date(2022, 2, 1), None, "longer", "from 1 Feb 2022"),
        (None, None, "", "not known"),
    ],
)
def test_days(earliest: date | None, latest: date | None, precision: str, said: str) -> None:
    assert words.days(earliest, latest, precision) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "not stated"),
        ({"earliest": "2022-01-20", "latest": "2022-01-20", "precision": "day"}, "20 Jan 2022"),
        ({"earliest": None, "latest": None, "month_day": [1, 20]}, "20 Jan, year not known"),
        ({"earliest": None, "latest": None, "month_day": [1, None]}, "Jan, year not known"),
        ({"earliest": None, "latest": None, "month_day": [13, 1]}, "not known"),
        ({"earliest": "x", "latest": 5}, "not known"),
    ],
)
def test_a_stored_date(value: dict[str, Any] | None, said: str) -> None:
    assert words.stored_date(value) == said


@pytest.mark.parametrize(
    ("name", "country", "precision", "admin1", "said"),
    [
        ("Mosul", "Iraq", "settlement", "Nineveh", "Mosul, Nineveh, Iraq"),
        ("Mosul", "Iraq", "near", "", "near Mosul, Iraq"),
        ("Mosul, Nineveh", "Iraq", "settlement", "Nineveh", "Mosul, Nineveh, Iraq"),
        ("Idlib", "Syria", "adm1", "Idlib", "Idlib, Syria"),
        ("somewhere", "Syria", "country", "", "Syria"),
        ("", "", "settlement", "", "not known"),
        ("Mosul", "Iraq", "none", "", "not known"),
    ],
)
def test_a_place(name: str, country: str, precision: str, admin1: str, said: str) -> None:
    assert words.place(name, country, precision, admin1) == said


def test_a_confidence_is_never_certainty() -> None:
    assert [words.confidence(value) for value in (0.912, 1.0, 0.0)] == [".91", ".99", ".00"]


@pytest.mark.parametrize(("language", "said"), [("en", "1,234,567"), ("de", "1.234.567"), ("fr", "1\xa0234\xa0567")])
def test_a_number_is_parted_as_its_language_does_and_stands_out_whole(language: str, said: str) -> None:
    with override(language):
        assert words.figure(1_234_567) == said
        assert short(1_234) == said[:5]  # exact below 10,000
        assert figures(f"{said}–{said} killed.") == f"<b>{said}–{said}</b> killed."
