"""Days counted in hours, weeks, months and years since 1970, and back. Pure."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from incidents.columns.growing import Whole

UNITS = ("hour", "day", "week", "month", "year")
EPOCH = date(1970, 1, 1)
_CODES = {"month": "M", "year": "Y"}
_THURSDAY = 3  # 1970-01-01 was one; weeks begin on Monday


def number_in(unit: str, days: Any, hours: Any = 0) -> Whole:
    """Return the number of the hour, week, month or year since 1970 that each day (days since 1970) lies in."""
    days = days.astype(np.int64)
    match unit:
        case "hour":
            # What has no day, or no hour, is asked for in no hour: any number will do that fits.
            return np.clip(days * 24 + np.maximum(hours, 0), -(2**31), 2**31 - 1)  # type: ignore[no-any-return]
        case "day":
            return days  # type: ignore[no-any-return]
        case "week":
            return (days + _THURSDAY) // 7  # type: ignore[no-any-return]
    return days.astype("datetime64[D]").astype(f"datetime64[{_CODES[unit]}]").astype(np.int64)  # type: ignore[no-any-return]


def first_days(unit: str, numbers: Any) -> Whole:
    """Return the first day, in days since 1970, of each numbered week, month or year."""
    if unit == "day":
        return numbers  # type: ignore[no-any-return]
    if unit == "week":
        return numbers * 7 - _THURSDAY  # type: ignore[no-any-return]
    return numbers.astype(f"datetime64[{_CODES[unit]}]").astype("datetime64[D]").astype(np.int64)  # type: ignore[no-any-return]


def starts(unit: str, numbers: Any) -> list[date]:
    """Return the first day of each numbered unit, or where the unit is the hour its first minute (a datetime)."""
    if unit == "hour":
        first = datetime.combine(EPOCH, datetime.min.time())
        return [first + timedelta(hours=number) for number in numbers.tolist()]
    return [EPOCH + timedelta(days=day) for day in first_days(unit, numbers).tolist()]
