"""Publication dates as documents write them."""

from datetime import date

import pytest

from sources.dates import day_in_name, written_date


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022-02-08", date(2022, 2, 8)),
        ("2022-02-08T23:30:00+05:00", date(2022, 2, 8)),
        ("2022-02-08T23:30:00Z", date(2022, 2, 8)),
        ("Tue, 08 Feb 2022 23:30:00 +0500", date(2022, 2, 8)),
    ],
)
def test_written_date(written: str, day: date) -> None:
    assert written_date(written)[0] == day


@pytest.mark.parametrize("written", ["", "soon", "2022-13-45", "8 Feb", "0001-01-01", "9999-12-31", "Tue, 99 Feb 2022"])
def test_no_date(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        written_date(written)


def test_moment_needs_a_zone() -> None:
    assert written_date("2022-02-08T23:30:00")[1] is None
    assert str(written_date("2022-02-08T23:30:00+05:00")[1]) == "2022-02-08 18:30:00+00:00"


def test_day_at_the_head_of_a_file_name() -> None:
    assert day_in_name("2022-02-08-siege.txt") == date(2022, 2, 8)
    assert day_in_name("2022-02-088.txt") is None
    assert day_in_name("2022-31-31-siege.txt") is None
    assert day_in_name("siege-2022-02-08.txt") is None
