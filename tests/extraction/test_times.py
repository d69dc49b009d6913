"""Expressions of time and the day of an act: anchored to the day of writing, the act's day and not the statement's."""

from datetime import date

import pytest

from incidents.extraction import times
from incidents.extraction.tagging import tag
from incidents.extraction.time_expressions import find_expressions
from incidents.extraction.time_heading import reference_day
from incidents.extraction.tokens import Reading, tokenize
from incidents.extraction.values import DateValue, Document

WEDNESDAY = date(2023, 5, 17)


def read(text: str, published: date | None = WEDNESDAY, title: str = "") -> Reading:
    reading = tokenize(Document("1", title, text, published))
    tag(reading)
    return reading


def values(text: str, published: date | None = WEDNESDAY) -> list[DateValue]:
    return [mention.value for mention in times.find(read(text, published))]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It happened on Jan. 20, 2022.", "2022-01-20"),
        ("It happened on 20 January 2022.", "2022-01-20"),
        ("It happened on the 20th of January 2022.", "2022-01-20"),
        ("It happened on January 20.", "2023-01-20"),
        ("It happened on 28 December.", "2022-12-28"),
        ("It happened on 12 JAN 89.", "1989-01-12"),
        ("It happened on 2022-01-20.", "2022-01-20"),
        ("It happened on 4/19/17.", "2017-04-19"),
        ("It happened on 19/04/2017.", "2017-04-19"),
        ("It happened on 03.04.2017.", "2017-04-03"),
        ("It happened on Tuesday.", "2023-05-16"),
        ("It happened on Wednesday.", "2023-05-17"),
        ("It happened last Wednesday.", "2023-05-10"),
        ("It happened late Monday night.", "2023-05-15"),
        ("It happened today.", "2023-05-17"),
        ("It happened yesterday morning.", "2023-05-16"),
        ("It happened last night.", "2023-05-16"),
        ("It happened three days ago.", "2023-05-14"),
        ("It happened on the 9th.", "2023-05-09"),
        ("It happened on the 19th.", "2023-04-19"),
        ("It happened the day before yesterday.", "2023-05-15"),
        ("They will meet on Friday.", "2023-05-19"),
    ],
)
def test_days(text: str, day: str) -> None:
    (value,) = values(text)
    assert value.earliest == value.latest == date.fromisoformat(day)
    assert value.precision == "day"


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("It happened in July 2013.", "2013-07-01", "2013-07-31", "month"),
        ("It happened in December.", "2022-12-01", "2022-12-31", "month"),
        ("It happened last month.", "2023-04-01", "2023-04-30", "month"),
        ("It happened last week.", "2023-05-08", "2023-05-14", "days"),
        ("It happened over the weekend.", "2023-05-13", "2023-05-14", "days"),
        ("It happened overnight.", "2023-05-16", "2023-05-17", "days"),
        ("It happened on May 3-5.", "2023-05-03", "2023-05-05", "days"),
        ("It happened in 2013.", "2013-01-01", "2013-12-31", "longer"),
        ("It happened two years ago.", "2021-01-01", "2021-12-31", "longer"),
    ],
)
def test_spans_of_days(text: str, earliest: str, latest: str, precision: str) -> None:
    (value,) = values(text)
    assert (value.earliest, value.latest, value.precision) == (
        date.fromisoformat(earliest),
        date.fromisoformat(latest),
        precision,
    )


@pytest.mark.parametrize("text", ["He may march.", "The sun sat low.", "Dec fell ill.", "Ages 20 to 25.", "He won 3.5 points."])
def test_words_that_are_no_time(text: str) -> None:
    assert values(text) == []


def test_what_is_stated_and_what_is_relative() -> None:
    assert [value.basis for value in values("On May 3 and on Monday.")] == ["stated", "relative"]


def test_a_clock_time_belongs_to_its_day() -> None:
    (value,) = values("A bomb went off at 6 p.m. on Monday.")
    assert (value.earliest, value.precision, value.time) == (date(2023, 5, 15), "time", "18:00")


def test_without_publication_a_day_without_a_year_stays_open() -> None:
    (value,) = values("It happened on Jan. 20.", None)
    assert (value.earliest, value.month_day) == (None, (1, 20))
    assert values("It happened on Tuesday.", None) == []


@pytest.mark.parametrize(
    "text",
    [
        "ZARIA, Nigeria (May 16, 2023) - Two men fell yesterday.",
        "LIMA, 16 MAY 23 -- [TEXT] TWO MEN FELL YESTERDAY.",
        "2023-05-S-014\n\nZARIA, Nigeria (May 16)\nTwo men fell yesterday.",
        "Published May 16 2023 Two men fell yesterday.",
    ],
)
def test_a_dateline_is_the_day_of_writing(text: str) -> None:
    reading = read(text, None)
    expressions = [find_expressions(sentence) for sentence in reading.sentences]
    assert reference_day(reading, expressions) == date(2023, 5, 16)
    assert times.find(read(text, None))[-1].value.earliest == date(2023, 5, 15)


def day_of(text: str, trigger: str, published: date | None = WEDNESDAY, title: str = "") -> DateValue | None:
    reading = read(text, published, title)
    mentions = times.find(reading)
    for sentence in reading.sentences:
        for token in sentence.tokens:
            if token.text == trigger:
                return times.date_of(reading, sentence.index, token.index, mentions, published)
    raise AssertionError(trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Police said on Tuesday that two men were killed on Sunday.", "killed", "2023-05-14"),
        ("Two men were killed on Sunday, police said on Tuesday.", "killed", "2023-05-14"),
        ("A bomb exploded on Monday and a mine killed a boy on Tuesday.", "exploded", "2023-05-15"),
        ("A bomb exploded on Monday and a mine killed a boy on Tuesday.", "killed", "2023-05-16"),
        ("On Monday gunmen came to the village. They killed two men.", "killed", "2023-05-15"),
        ("Two men were killed in Kano. The attack happened on Sunday.", "killed", "2023-05-14"),
        ("Police on Tuesday were investigating the killing of a boy. He was shot on Monday.", "killing", "2023-05-15"),
        ("Two men were killed, police said on Tuesday.", "killed", "2023-05-16"),
        ("The worst attack since 2013 killed two men on Sunday.", "killed", "2023-05-14"),
    ],
)
def test_the_day_is_that_of_the_act(text: str, trigger: str, day: str) -> None:
    found = day_of(text, trigger)
    assert found is not None
    assert found.earliest == date.fromisoformat(day)


def test_the_title_takes_the_day_of_the_lead() -> None:
    found = day_of("A bomb went off in Kano on Sunday.", "Bomb", title="Bomb in Kano")
    assert found is not None
    assert found.earliest == date(2023, 5, 14)


def test_publication_stands_in_and_says_so() -> None:
    found = day_of("Two men were killed in Kano.", "killed")
    assert found is not None
    assert (found.earliest, found.basis, found.span) == (WEDNESDAY, "published", None)
    assert day_of("Two men were killed in Kano.", "killed", None) is None
