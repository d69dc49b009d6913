"""Numbers in digits and words: low, best and high figure as the words allow."""

import pytest

from incidents.extraction.numbers import Quantity, find_numbers
from incidents.extraction.tokens import tokenize
from incidents.extraction.values import Document


def numbers(text: str) -> list[Quantity]:
    return [quantity for sentence in tokenize(Document("1", "", text)).sentences for quantity in find_numbers(sentence)]


@pytest.mark.parametrize(
    ("text", "low", "best", "high"),
    [
        ("12 men", 12, 12, 12),
        ("1,100 men", 1100, 1100, 1100),
        ("2\u00a0500 men", 2500, 2500, 2500),
        ("twenty-three men", 23, 23, 23),
        ("two hundred and fifty men", 250, 250, 250),
        ("a hundred and four men", 104, 104, 104),
        ("3 thousand men", 3000, 3000, 3000),
        ("1.2 million people", 1_200_000, 1_200_000, 1_200_000),
        ("a dozen men", 12, 12, 12),
        ("three dozen men", 36, 36, 36),
        ("half a dozen men", 6, 6, 6),
        ("a couple of men", 2, 2, 2),
        ("both men", 2, 2, 2),
        ("no men", 0, 0, 0),
        ("no one", 0, 0, 0),
        ("nobody", 0, 0, 0),
        ("at least 12 men", 12, 12, None),
        ("no fewer than 15 men", 15, 15, None),
        ("more than 70 men", 70, 70, None),
        ("20 or more men", 20, 20, None),
        ("nearly 500 men", None, 500, 500),
        ("up to 30 men", None, 30, 30),
        ("about 40 men", None, 40, None),
        ("between 3,500 and 5,000 men", 3500, 3500, 5000),
        ("10 to 15 men", 10, 10, 15),
        ("10–15 men", 10, 10, 15),
        ("two or three men", 2, 2, 3),
        ("dozens of men", 24, None, 99),
        ("scores of men", 40, None, 99),
        ("hundreds of men", 200, None, 999),
        ("tens of thousands of people", 20000, None, 99999),
        ("several men", 3, 3, 9),
        ("several hundred men", 300, None, 999),
    ],
)
def test_number(text: str, low: int | None, best: int | None, high: int | None) -> None:
    (found,) = numbers(text)
    assert (found.low, found.best, found.high) == (low, best, high)


@pytest.mark.parametrize("text", ["the 19th man", "a 15-year-old", "10:30", "March 1994", "the first man"])
def test_no_number(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize("text", ["another five men", "five others", "five more men", "a further 12"])
def test_further_people(text: str) -> None:
    (found,) = numbers(text)
    assert found.further


def test_two_numbers_stay_two() -> None:
    assert [quantity.best for quantity in numbers("It killed 12 and wounded 30; of 5, 3 fled.")] == [12, 30, 5, 3]
