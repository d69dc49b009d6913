"""Days counted in weeks, months and years since 1970, and back. Pure."""

from typing import Any

import numpy as np

from incidents.columns.growing import Whole

UNITS = ("day", "week", "month", "year")
_CODES = {"month": "M", "year": "Y"}
_THURSDAY = 3  # 1970-01-01 was one; weeks begin on Monday


def number_in(unit: str, days: Any) -> Whole:
    """Return the number of the week, month or year since 1970 that each day (days since 1970) lies in."""
    days = days.astype(np.int64)
    if unit == "day":
        return days  # type: ignore[no-any-return]
    if unit == "week":
        return (days + _THURSDAY) // 7  # type: ignore[no-any-return]
    return days.astype("datetime64[D]").astype(f"datetime64[{_CODES[unit]}]").astype(np.int64)  # type: ignore[no-any-return]


def first_days(unit: str, numbers: Any) -> Whole:
    """Return the first day, in days since 1970, of each numbered week, month or year."""
    if unit == "day":
        return numbers  # type: ignore[no-any-return]
    if unit == "week":
        return numbers * 7 - _THURSDAY  # type: ignore[no-any-return]
    return numbers.astype(f"datetime64[{_CODES[unit]}]").astype("datetime64[D]").astype(np.int64)  # type: ignore[no-any-return]
