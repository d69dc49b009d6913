"""Hold one event to an expectation. Each check returns what differs, in words, or nothing."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from incidents.extraction.inflection import plural
from incidents.extraction.values import OUTCOMES, Event, Total
from tests.extraction.cases.loading import Expectation

Check = Callable[[Event, Any], bool]
EMPTY = Total(None, None, None)


def event_problems(event: Event, expect: Expectation) -> list[str]:
    """Return a line for every key of the expectation that the event does not meet."""
    return [
        f"{key}: expected {wanted!r}, read {shown(event, key)}"
        for key, wanted in expect.items()
        if not CHECKS[key](event, wanted)
    ]


def shown(event: Event, key: str) -> str:
    """Say what the event holds under the key, for the reader of a failing test."""
    if key in OUTCOMES:
        total = event.totals.get(key, EMPTY)
        return f"low {total.low}, best {total.best}, high {total.high}"
    if key.startswith(("date", "time", "month")):
        return repr(event.date)
    if key in {"place", "country", "admin1", "place_precision"}:
        return repr(event.place)
    if key in {"type", "stage"}:
        return str(getattr(event, key))
    if key in {"claimant", "claimants", "part", "who_class", "no_claimant"}:
        return repr([(count.outcome, count.best, count.who_class, count.claimant, count.part_of_whole) for count in event.counts])
    return repr(
        [(actor.role, actor.name, actor.claimant, actor.denied) for actor in event.actors] + [w.name for w in event.weapons]
    )


def alternatives(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def plain(text: str) -> str:
    """Fold case, accents and marks away, so that spelling alone never fails a case."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[\w']+", bare))


def names(text: str | None, wanted: Any) -> bool:
    """Whether one of the wanted names stands in the text as whole words."""
    return text is not None and any(f" {plain(name)} " in f" {plain(text)} " for name in alternatives(wanted))


def _type(event: Event, wanted: Any) -> bool:
    return event.type in alternatives(wanted)


def _stage(event: Event, wanted: Any) -> bool:
    return event.stage in alternatives(wanted)


def _outcome(outcome: str) -> Check:
    def check(event: Event, wanted: Any) -> bool:
        total = event.totals.get(outcome, EMPTY)
        return any(_total_is(total, option) for option in alternatives(wanted))

    return check


def _total_is(total: Total, wanted: Any) -> bool:
    if wanted == "none":
        return total.low is None and total.best is None and total.high is None
    if isinstance(wanted, int):
        return bool(total.best == wanted)
    return all(_bound_is(getattr(total, bound), figure) for bound, figure in wanted.items())


def _bound_is(read: int | None, wanted: Any) -> bool:
    return any(read == (None if option == "none" else option) for option in alternatives(wanted))


def _date(event: Event, wanted: Any) -> bool:
    read = (event.date.earliest, event.date.latest) if event.date else (None, None)
    return any(read == _bounds(option) for option in alternatives(wanted))


def _bounds(wanted: str) -> tuple[date | None, date | None]:
    """ "2023-05-16" is a day, "a..b" a span, "..b" has no beginning, "none" is open."""
    if wanted == "none":
        return None, None
    first, dots, last = wanted.partition("..")
    earliest = date.fromisoformat(first) if first else None
    return earliest, date.fromisoformat(last) if dots else earliest


def _date_field(field: str) -> Check:
    return lambda event, wanted: event.date is not None and getattr(event.date, field) in alternatives(wanted)


def _month_day(event: Event, wanted: Any) -> bool:
    return event.date is not None and event.date.month_day == tuple(wanted)


def _place(event: Event, wanted: Any) -> bool:
    if wanted == "none":
        return event.place is None or event.place.precision == "none"
    return event.place is not None and names(event.place.name, wanted)


def _place_field(field: str) -> Check:
    return lambda event, wanted: event.place is not None and getattr(event.place, field) in alternatives(wanted)


def _role(role: str) -> Check:
    def check(event: Event, wanted: Any) -> bool:
        found = [actor.name for actor in event.actors if actor.role == role]
        return not found if wanted == "none" else any(names(name, wanted) for name in found)

    return check


def _by(event: Event, wanted: Any) -> bool:
    return _role("perpetrator")(event, wanted) or _role("security_force")(event, wanted)


def _not_perpetrator(event: Event, wanted: Any) -> bool:
    return not any(actor.role == "perpetrator" and names(actor.name, wanted) for actor in event.actors)


def _n_perpetrators(event: Event, wanted: Any) -> bool:
    return bool(len({plain(actor.name) for actor in event.actors if actor.role == "perpetrator"}) == wanted)


def _attributed_by(event: Event, wanted: Any) -> bool:
    return any(actor.role == "perpetrator" and names(actor.claimant, wanted) for actor in event.actors)


def _denied(event: Event, wanted: Any) -> bool:
    return any(actor.denied and names(actor.name, wanted) for actor in event.actors)


def _weapon(event: Event, wanted: Any) -> bool:
    """Whether a weapon is named so, in the number that the text has it in: "machetes" is the machete."""
    either = [form for name in alternatives(wanted) for form in (name, plural(name))]
    return any(names(weapon.name, either) for weapon in event.weapons)


def _who_class(event: Event, wanted: Any) -> bool:
    return any(count.who_class in alternatives(wanted) for count in event.counts)


def _claimant(event: Event, wanted: Any) -> bool:
    return any(names(count.claimant, wanted) for count in event.counts)


def _claimants(event: Event, wanted: dict[str, int]) -> bool:
    return all(
        any(count.best == figure and names(count.claimant, name) for count in event.counts) for name, figure in wanted.items()
    )


def _no_claimant(event: Event, wanted: Any) -> bool:
    return all(count.claimant is None for count in event.counts if count.outcome == wanted)


def _part(event: Event, wanted: dict[str, int]) -> bool:
    parts = {(count.outcome, count.best) for count in event.counts if count.part_of_whole}
    return set(wanted.items()) <= parts


def _keyed(keys: Iterable[str], maker: Callable[[str], Check]) -> dict[str, Check]:
    return {key: maker(key) for key in keys}


CHECKS: dict[str, Check] = {
    "type": _type,
    "stage": _stage,
    "date": _date,
    "date_precision": _date_field("precision"),
    "date_basis": _date_field("basis"),
    "time": _date_field("time"),
    "month_day": _month_day,
    "place": _place,
    "country": _place_field("country"),
    "admin1": _place_field("admin1"),
    "place_precision": _place_field("precision"),
    "by": _by,
    "not_perpetrator": _not_perpetrator,
    "n_perpetrators": _n_perpetrators,
    "claimed_by": _attributed_by,
    "attributed_by": _attributed_by,
    "denied": _denied,
    "weapon": _weapon,
    "who_class": _who_class,
    "claimant": _claimant,
    "claimants": _claimants,
    "no_claimant": _no_claimant,
    "part": _part,
}
CHECKS |= _keyed(OUTCOMES, _outcome) | _keyed(("perpetrator", "target", "victim", "security_force", "captive"), _role)
