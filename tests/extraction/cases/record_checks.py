"""Hold a whole record to a case: the main event, the others, history, toponyms and relevance."""

from typing import Any

from incidents.extraction.values import Event, Record
from tests.extraction.cases.event_checks import CHECKS, alternatives, event_problems, plain
from tests.extraction.cases.loading import Case, Expectation


def case_problems(case: Case, record: Record) -> list[str]:
    """Return a line for everything in which the record differs from what the case expects."""
    of_main = {key: wanted for key, wanted in case.expect.items() if key in CHECKS}
    problems = _main_problems(record, of_main) if of_main else []
    for key, wanted in case.expect.items():
        if key not in CHECKS:
            problems += _record_problems(case, record, key, wanted)
    return problems


def news(record: Record) -> list[Event]:
    return [event for event in record.events if not event.background]


def _main_problems(record: Record, expect: Expectation) -> list[str]:
    events = news(record)
    return event_problems(events[0], expect) if events else [f"no event, expected {expect}"]


def _record_problems(case: Case, record: Record, key: str, wanted: Any) -> list[str]:
    history = [event for event in record.events if event.background]
    match key:
        case "relevant":
            fits = record.relevant == wanted and bool(news(record)) == wanted
        case "n_events":
            fits = len(news(record)) in (wanted if isinstance(wanted, list) else [wanted])
        case "n_background":
            fits = len(history) == wanted
        case "language":
            fits = record.language == wanted
        case "events":
            fits = _distinct(wanted, news(record))
        case "background":
            fits = _any(wanted, history)
        case "any":
            fits = _any(wanted, record.events)
        case "not_any":
            fits = not _any(wanted, news(record))
        case "toponyms" | "not_toponyms":
            return _toponym_problems(case, record, key, wanted)
        case _:
            raise KeyError(f"{case.id}: nothing checks {key!r}")
    return [] if fits else [f"{key}: expected {wanted!r}, read {_outline(record)}"]


def _any(expect: Expectation, events: Any) -> bool:
    return any(not event_problems(event, expect) for event in events)


def _distinct(expectations: list[Expectation], events: list[Event]) -> bool:
    """Whether each expectation can be given an event of its own."""
    if not expectations:
        return True
    first, *rest = expectations
    fitting = [event for event in events if not event_problems(event, first)]
    return any(_distinct(rest, [other for other in events if other is not event]) for event in fitting)


def _toponym_problems(case: Case, record: Record, key: str, wanted: list[str]) -> list[str]:
    document = case.document
    surfaces = [(document.title if t.span.in_title else document.text)[t.span.start : t.span.end] for t in record.toponyms]
    found = {plain(surface) for surface in surfaces}
    wrong = [name for name in alternatives(wanted) if (plain(name) in found) != (key == "toponyms")]
    return [f"{key}: {wrong} among {surfaces}"] if wrong else []


def _outline(record: Record) -> str:
    lines = [
        f"{'background ' if event.background else ''}{event.stage} {event.type}"
        f" at {event.place and event.place.name} on {event.date and (event.date.earliest, event.date.latest)}"
        f" { ({outcome: total.best for outcome, total in event.totals.items()}) }"
        for event in record.events
    ]
    return f"relevant={record.relevant} language={record.language} [{'; '.join(lines)}]"
