"""Values in words, the way every page says them. Unknown is never zero: see `total`."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any
from unicodedata import bidirectional

from django.utils.formats import date_format, get_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from incidents import vocabulary
from incidents.consensus import clock_of

NOT_STATED = "not stated"
NOT_KNOWN = "not known"
PRECISIONS = {
    "time": "to the hour",
    "day": "to the day",
    "days": "within days",
    "month": "to the month",
    "longer": "over a longer time",
    "upper_bound": "at the latest",
}
BASES = {
    "stated": "as stated",
    "relative": "counted from the day of publication",
    "published": "nothing stated: the day of publication stands in",
    "editor": "set by a person",
}
PLACE_PRECISIONS = {
    "site": "site",
    "settlement": "settlement",
    "near": "near this place",
    "adm2": "district",
    "adm1": "province",
    "area": "area",
    "country": "country only",
    "sea": "at sea",
    "none": "no place",
}
FIELD_NAMES = {
    "type": "Type", "stage": "Stage", "background": "Background", "date": "Date", "place": "Place", "actors": "Actors",
    "reports": "Reports",
}  # fmt: skip


def label(word: str) -> str:
    """Return a vocabulary word as people write it: "security_force" is "security force"."""
    return _(vocabulary.label(word)) if word else ""


def noun(kind: str) -> str:
    """Return an event type in the singular: "suicide bombing"."""
    return _(vocabulary.noun(kind))


def plural(kind: str) -> str:
    return _(vocabulary.plural(kind))


def listed(parts: Sequence[str]) -> str:
    """Return "Syria, Iraq and Lebanon"."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def either(parts: Sequence[str]) -> str:
    """Return "army, police or Gulf Wire"."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s or %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def isolated(text: str) -> str:
    """Return a name for use inside a sentence, kept apart where it may read in the other direction than the sentence does."""
    if get_language_bidi() or any(bidirectional(letter) in ("R", "AL") for letter in text):
        return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
    return text


def according_to(*claimants: str) -> str:
    return _("according to %(who)s") % {"who": ", ".join(map(isolated, claimants))}


def figure(number: int) -> str:
    """Return a number with its thousands parted as the reader's language parts them, in half the time of `intcomma`."""
    return f"{number:,}".replace(",", get_format("THOUSAND_SEPARATOR"))


def between(low: int | None, high: int | None) -> str:
    """Return a range in words; "" where neither end is known."""
    if low is not None and high is not None:
        return figure(low) if low == high else f"{figure(low)}–{figure(high)}"
    if low is not None:
        return _("at least %(n)s") % {"n": figure(low)}
    if high is not None:
        return _("at most %(n)s") % {"n": figure(high)}
    return ""


def statement(low: int | None, best: int | None, high: int | None, quantifier: str = "") -> str:
    """Return one statement's number as it was said: "nearly 500", "none", "“dozens”", "20–30"."""
    if best == 0 and not high:
        return _("none")
    number = best if best is not None else low if high is None else high if low is None else None
    if number is None:
        return f"“{quantifier}”" if quantifier else between(low, high) or _(NOT_KNOWN)
    if not quantifier:
        return figure(number) if best is not None else between(low, high)
    return f"{quantifier} {figure(number)}"


def total(value: Mapping[str, Any] | None, quantifier: str = "") -> str:
    """Return what the statements of an outcome come to.

    Nothing said at all is "not stated"; said, but without a number that stands, "not known"; a stated none is "0".
    """
    if value is None:
        return _(NOT_STATED)
    low, best, high = value.get("low"), value.get("best"), value.get("high")
    if low is None and best is None and high is None:
        return _(NOT_KNOWN)
    top = high if high is not None else best
    if low is not None and top is not None and low != top:
        # "more than 150" is open already; a bare figure shows it by a plus.
        return f"{figure(low)} – {_quantified(top, quantifier)}" + ("+" if high is None and not quantifier else "")
    if best is not None and high is not None:
        return _quantified(best, quantifier)
    if low is not None or (high is None and best is not None):
        return f"{figure(low if low is not None else best or 0)}+"
    return between(low, high)


def total_with_best(value: Mapping[str, Any] | None, quantifier: str = "") -> str:
    """Return what the statements come to with the best figure inside a range, for whoever compares or changes it."""
    said, known = total(value, quantifier), value or {}
    best = known.get("best")
    if best is None or known.get("low") in (None, known.get("high")):
        return said
    return _("%(range)s, best %(n)s") % {"range": said, "n": figure(best)}


def _quantified(number: int, quantifier: str) -> str:
    return f"{quantifier} {figure(number)}" if quantifier else figure(number)


def day(value: date) -> str:
    return date_format(value, "j M Y")


def days(earliest: date | None, latest: date | None, precision: str = "day", clock: time | None = None) -> str:
    """Return a stretch of days as short as it can be said: "20–31 Jan 2022", "20 Jan 2022, 18:00", "Jan 2022", "by 8 Feb"."""
    if precision == "upper_bound" and latest:
        return _("by %(day)s") % {"day": day(latest)}
    if earliest is None or latest is None:
        known = latest or earliest
        if known is None:
            return _(NOT_KNOWN)
        return (_("by %(day)s") if latest else _("from %(day)s")) % {"day": day(known)}
    if precision == "month" and (earliest.year, earliest.month) == (latest.year, latest.month):
        return date_format(earliest, "M Y")
    return _stretch(earliest, latest) + (f", {clock:%H:%M}" if clock else "")


def _stretch(earliest: date, latest: date) -> str:
    if earliest == latest:
        return day(earliest)
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest.day}–{day(latest)}"
    start = date_format(earliest, "j M") if earliest.year == latest.year else day(earliest)
    return f"{start} – {day(latest)}"


def open_day(month_day: Any) -> str:
    """Return a month and a day whose year is not known: "20 Jan, year not known"."""
    if not isinstance(month_day, list | tuple) or len(month_day) != 2 or month_day[0] not in range(1, 13):
        return _(NOT_KNOWN)
    month, number = month_day
    name = date_format(date(2000, month, 1), "M")
    return _("%(day)s, year not known") % {"day": f"{number} {name}" if number else name}


def iso(value: Any) -> date | None:
    """Return the day of an ISO date as the engine writes it, None for anything else."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def stored_date(value: Mapping[str, Any] | None) -> str:
    """Return an event's stored date in words."""
    if not value:
        return _(NOT_STATED)
    earliest, latest = iso(value.get("earliest")), iso(value.get("latest"))
    if earliest is None and latest is None:
        return open_day(value.get("month_day"))
    return days(earliest, latest, value.get("precision") or "day", clock_of(value.get("time")))


def place(name: str, country_name: str, precision: str, admin1: str = "") -> str:
    """Return a place with what lies around it, never said more exactly than it is known."""
    if precision in ("", "none") or not (name or country_name):
        return _(NOT_KNOWN)
    if precision == "country":
        return country_name or name
    head = _("near %(place)s") % {"place": name} if precision == "near" else name
    return ", ".join([head, *around(name, admin1, country_name)])


def around(name: str, *wider: str) -> list[str]:
    """Return the wider places that the name does not say itself ("Peshawar, Khyber Pakhtunkhwa" says its province)."""
    said = name.split(", ")
    return [part for part in dict.fromkeys(wider) if part and part not in said]


def confidence(value: float) -> str:
    """Return a confidence of 0 to 1 as the pages print it: ".91"."""
    return f"{min(value, 0.99):.2f}".removeprefix("0")
