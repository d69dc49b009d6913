"""The rule for best counts does what its page says: every row of docs/best-counts.md is a case."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.extraction.totals import Claim, toll
from incidents.extraction.values import Count, Span, WhoClass

PAGE = Path(__file__).resolve().parents[2] / "docs" / "best-counts.md"
STATEMENT = re.compile(r"(o\d) d(\d) (\S+) ([≥~]?)(\d+)(?:\.\.(\d*))? (\w+)(?: \((\w+)\))?$")
CLASSES: dict[str, WhoClass] = {
    "soldiers": "security_force",
    "civilians": "civilian",
    "militants": "armed_group",
    "fighters": "armed_group",
}


def claim(statement: str) -> Claim:
    """Read one statement of the page's notation."""
    found = STATEMENT.match(statement.strip())
    assert found, statement
    origin, day, claimant, sign, figure, upper, who, mark = found.groups()
    number = int(figure)
    signs: dict[str, tuple[int | None, int | None, int | None]] = {
        "≥": (number, number, None),
        "~": (None, number, number),
        "": (number, number, number),
    }
    low, best, high = signs[sign] if upper is None else (number, None, int(upper) if upper else None)
    count = Count(
        "killed", low, best, high, None, who, CLASSES.get(who, "unknown"), Span(0, 1),
        claimant=None if claimant == "-" else claimant, part_of_whole=mark == "part", supersedes=mark == "later",
        cumulative=mark == "since", further=mark == "further", replaced=mark == "replaced",
    )  # fmt: skip
    return Claim(count, origin, article=origin + day, said_on=date(2022, 1, int(day)))


def rows() -> list[tuple[str, str, str]]:
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| o")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [(statements, f"{low}/{best}/{high}", verdicts) for statements, low, best, high, verdicts in cells]


@pytest.mark.parametrize(("statements", "figures", "verdicts"), rows())
def test_example(statements: str, figures: str, verdicts: str) -> None:
    result = toll([claim(statement) for statement in statements.split(";")])
    total = result.total
    assert "/".join("" if value is None else str(value) for value in (total.low, total.best, total.high)) == figures
    assert ", ".join(judgement.verdict for judgement in result.judgements) == verdicts


def test_the_page_has_examples() -> None:
    assert len(rows()) >= 20


NUMBERS = st.integers(0, 1000)


def claims() -> st.SearchStrategy[Claim]:
    maybe = st.none() | NUMBERS
    ranges = st.tuples(maybe, maybe, maybe).filter(lambda r: (known := [v for v in r if v is not None]) == sorted(known))
    who = st.sampled_from([(None, "unknown"), ("people", "unknown"), ("soldiers", "security_force"), ("villagers", "civilian")])
    marks = st.fixed_dictionaries(
        {name: st.booleans() for name in ("part_of_whole", "supersedes", "cumulative", "further", "replaced")}
        | {"claimant": st.sampled_from([None, "police", "army"])}
    )
    days = st.none() | st.dates(date(2022, 1, 1), date(2022, 1, 5))

    def made(figures: Any, people: Any, flags: dict[str, Any], origin: int, day: date | None) -> Claim:
        low, best, high = figures
        count = Count("killed", low, best, high, None, people[0], people[1], Span(0, 1), **flags)
        return Claim(count, origin, article=(origin, day), said_on=day)

    return st.builds(made, ranges, who, marks, st.integers(1, 3), days)


@given(st.lists(claims(), max_size=8))
def test_every_claim_is_judged_and_the_range_is_in_order(made: list[Claim]) -> None:
    result = toll(made)
    assert len(result.judgements) == len(made)
    total = result.total
    known = [value for value in (total.low, total.best, total.high) if value is not None]
    assert known == sorted(known)
    if total.chosen is not None:
        assert result.judgements[total.chosen].verdict == "best"
