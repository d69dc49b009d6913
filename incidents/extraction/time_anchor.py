"""Resolves expressions of time against the day of writing and the day the text speaks of (HeidelTime's two-step way)."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from incidents.extraction.time_expressions import Expression
from incidents.extraction.values import DateBasis, DatePrecision, DateValue, Span


def resolve(
    expression: Expression, span: Span, reference: date | None, narrated: date | None, *, future: bool = False
) -> DateValue | None:
    """Return the day or days an expression means; None where they cannot be known.

    `reference` is the day of writing, `narrated` the last day the text spoke of, `future` that the verb beside it is one.
    """
    if expression.kind == "date":
        return _date(expression, span, reference)
    if expression.kind == "year":
        year = expression.year or 1
        return _value(date(year, 1, 1), date(year, 12, 31), "longer", "stated", span)
    if expression.kind == "month":
        return _month(expression, span, reference, future=future)
    if reference is None:
        return None
    if expression.kind == "weekday":
        day = _weekday(expression, reference, future=future)
        return _value(day, day, "day", "relative", span)
    if expression.kind == "day_of_month":
        return _day_of_month(expression, span, reference)
    if expression.kind == "past":
        return _past(expression, span, reference)
    if expression.kind == "offset":
        return _offset(expression, span, reference, narrated)
    return _period(expression, span, reference)


def _value(earliest: date | None, latest: date | None, precision: DatePrecision, basis: DateBasis, span: Span) -> DateValue:
    return DateValue(earliest, latest, precision, basis, span)


def _safe(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def _date(expression: Expression, span: Span, reference: date | None) -> DateValue | None:
    if expression.numeric is not None:
        return _numeric(expression, span, reference)
    month, day = expression.month or 1, expression.day or 1
    if expression.year is None and reference is None:
        return DateValue(None, None, "day", "stated", span, month_day=(month, day))
    start = _safe(expression.year, month, day) if expression.year else _nearest_past(month, day, reference)
    if start is None:
        return None
    last = _safe(start.year, start.month, expression.day_to) if expression.day_to else start
    if last is None or last < start:
        last = start
    return _value(start, last, "days" if last > start else "day", "stated", span)


def _numeric(expression: Expression, span: Span, reference: date | None) -> DateValue | None:
    """ "4/5/17": the order that gives a real day, of two real ones the day nearest before publication, else month first."""
    first, second = expression.numeric or (0, 0)
    year = expression.year or 1
    days = [day for day in (_safe(year, first, second), _safe(year, second, first)) if day is not None]
    if not days:
        return None
    if reference is not None:
        days.sort(key=lambda day: (day > reference, abs((reference - day).days)))
    return _value(days[0], days[0], "day", "stated", span)


def _nearest_past(month: int, day: int, reference: date | None) -> date | None:
    """A day without a year in news is the last one not after publication; up to a month ahead it may be announced instead."""
    if reference is None:
        return None
    options = [found for year in (reference.year - 1, reference.year, reference.year + 1) if (found := _safe(year, month, day))]
    close = [found for found in options if found - reference <= timedelta(days=31)]
    return max(close, default=None)


def _month(expression: Expression, span: Span, reference: date | None, *, future: bool) -> DateValue | None:
    month, year = expression.month or 1, expression.year
    if year is None:
        if reference is None:
            return DateValue(None, None, "month", "stated", span, month_day=(month, None))
        year = reference.year if future or month <= reference.month else reference.year - 1
        if expression.shift == -1 and month == reference.month:
            year -= 1
        if expression.shift == 1 and month <= reference.month:
            year = reference.year + 1
    return _value(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month", "stated", span)


def _weekday(expression: Expression, reference: date, *, future: bool) -> date:
    """The last such day; on the day itself the day itself, unless "last" is said. "next" and future verbs look ahead."""
    weekday = expression.weekday or 0
    back = (reference.weekday() - weekday) % 7
    if expression.shift == 1 or (future and expression.shift is None):
        return reference + timedelta(days=(-back) % 7 or (7 if expression.shift == 1 else 0))
    if expression.shift == -1 and back == 0:
        back = 7
    return reference - timedelta(days=back)


def _day_of_month(expression: Expression, span: Span, reference: date) -> DateValue | None:
    """ "the 19th": of this month, or of the one before where this month's is still to come."""
    day = expression.day or 1
    this = _safe(reference.year, reference.month, day)
    before = reference.replace(day=1) - timedelta(days=1)
    found = this if this is not None and this <= reference else _safe(before.year, before.month, day)
    return _value(found, found, "day", "relative", span) if found else None


UNIT_DAYS: Final = {"hours": 1 / 24, "days": 1, "weeks": 7, "months": 30, "years": 365}


def _past(expression: Expression, span: Span, reference: date) -> DateValue:
    """ "the past 24 hours", "the last three weeks": from then until the day of writing."""
    days = max(1, round(expression.amount * UNIT_DAYS[expression.unit]))
    precision: DatePrecision = "days" if days <= 7 else "month" if days <= 31 else "longer"
    return _value(reference - timedelta(days=days), reference, precision, "relative", span)


def _offset(expression: Expression, span: Span, reference: date, narrated: date | None) -> DateValue | None:
    anchor = (narrated or reference) if expression.narrative else reference
    if expression.overnight:
        return _value(anchor - timedelta(days=1), anchor, "days", "relative", span)
    amount = expression.amount
    if expression.unit == "hours":
        return _value(anchor, anchor, "day", "relative", span) if abs(amount) <= 12 else None
    if expression.unit == "days":
        return _day(anchor, amount, span)
    if expression.unit == "weeks":
        value = _day(anchor, amount * 7, span)
        return value if expression.amount in (1, -1) or value is None else _around(value, 3)
    if expression.unit == "months":
        index = anchor.year * 12 + anchor.month - 1 + amount
        year, month = divmod(index, 12)
        return _value(date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1]), "month", "relative", span)
    year = anchor.year + amount
    return _value(date(year, 1, 1), date(year, 12, 31), "longer", "relative", span) if 1 < year < 9999 else None


def _day(anchor: date, days: int, span: Span) -> DateValue:
    day = anchor + timedelta(days=days)
    return _value(day, day, "day", "relative", span)


def _around(value: DateValue, days: int) -> DateValue:
    """A day counted in weeks is known to within some days."""
    if value.earliest is None or value.span is None:
        return value
    return _value(value.earliest - timedelta(days=days), value.earliest + timedelta(days=days), "days", value.basis, value.span)


def _period(expression: Expression, span: Span, reference: date) -> DateValue:
    """ "last week", "this month", "last year", "the weekend"."""
    shift = expression.shift or 0
    monday = reference - timedelta(days=reference.weekday())
    if expression.kind == "weekend":
        saturday = monday + timedelta(days=5)
        if saturday > reference or (shift == -1 and reference.weekday() >= 5):
            saturday -= timedelta(days=7)
        return _value(saturday, saturday + timedelta(days=1), "days", "relative", span)
    if expression.unit == "weeks":
        start = monday + timedelta(days=7 * shift)
        end = start + timedelta(days=6)
        return _value(start, min(end, reference) if shift == 0 else end, "days", "relative", span)
    if expression.unit == "months":
        year, month = divmod(reference.year * 12 + reference.month - 1 + shift, 12)
        last = date(year, month + 1, monthrange(year, month + 1)[1])
        return _value(date(year, month + 1, 1), min(last, reference) if shift == 0 else last, "month", "relative", span)
    year = reference.year + shift
    last = min(date(year, 12, 31), reference) if shift == 0 else date(year, 12, 31)
    return _value(date(year, 1, 1), last, "longer", "relative", span)
