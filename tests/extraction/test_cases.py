"""The engine reads the project's own labelled cases right, save those on the list of known gaps, which only shrinks."""

from collections import Counter

import pytest

from incidents.extraction import read
from incidents.extraction.values import FAMILY_OF, Event, Record, Span, Total
from tests.extraction.cases.loading import Case, load_cases, load_known_gaps
from tests.extraction.cases.record_checks import case_problems

CASES = load_cases()
GAPS = load_known_gaps()
GAP = pytest.mark.xfail(raises=AssertionError, strict=True, reason="a known gap")


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id, marks=[GAP] if case.id in GAPS else []) for case in CASES])
def test_case_is_read_right(case: Case) -> None:
    problems = case_problems(case, read(case.document))
    assert not problems, "\n".join([f"{case.document.title}\n{case.document.text}", *problems])


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_every_value_points_into_the_text(case: Case) -> None:
    for span in spans(read(case.document)):
        source = case.document.title if span.in_title else case.document.text
        assert 0 <= span.start < span.end <= len(source), span
        assert source[span.start : span.end].strip(), span


def spans(record: Record) -> list[Span]:
    found = [toponym.span for toponym in record.toponyms]
    for event in record.events:
        found += [*event.evidence, *(actor.span for actor in event.actors), *(weapon.span for weapon in event.weapons)]
        found += [count.span for count in event.counts]
        found += [value.span for value in (event.date, event.place) if value and value.span]
        found += [count.claimant_span for count in event.counts if count.claimant_span]
    return found


def test_a_wrong_reading_is_told_in_words() -> None:
    case = next(case for case in CASES if case.id == "acts-shooting")
    died = Event(
        "bombing", "accomplished", background=False, confidence=1, date=None, place=None, totals={"killed": Total(3, 4, None)}
    )
    problems = case_problems(case, Record(case.id, relevant=True, events=(died, died), toponyms=()))
    assert problems[:2] == ["type: expected 'shooting', read bombing", "killed: expected 3, read low 3, best 4, high None"]
    assert problems[2].startswith("n_events: expected 1")


def test_history_alone_does_not_answer_for_the_news() -> None:
    case = next(case for case in CASES if case.id == "acts-shooting")
    history = Event(
        "shooting", "accomplished", background=True, confidence=1, date=None, place=None, totals={"killed": Total(3, 3, 3)}
    )
    assert case_problems(case, Record(case.id, relevant=False, events=(history,), toponyms=()))


def test_there_are_many_cases_and_each_has_its_own_id_and_text() -> None:
    assert len(CASES) >= 330
    assert not [name for name, times in Counter(case.id for case in CASES).items() if times > 1]
    texts = Counter((case.document.title, case.document.text, case.document.published) for case in CASES if case.document.text)
    assert not [text for text, times in texts.items() if times > 1]


def test_cases_are_named_after_their_phenomenon() -> None:
    assert not [case.id for case in CASES if not case.id.startswith(f"{case.phenomenon}-")]


def test_every_type_has_a_case_of_its_own() -> None:
    wanted: set[str] = set()
    for case in CASES:
        kinds = [part["type"] for part in [case.expect, *case.expect.get("events", [])] if "type" in part]
        wanted |= {kind for kind in kinds if isinstance(kind, str)}
    assert set(FAMILY_OF) - wanted <= {"other"}


def test_known_gaps_are_cases_listed_once() -> None:
    assert len(set(GAPS)) == len(GAPS)
    assert set(GAPS) <= {case.id for case in CASES}
