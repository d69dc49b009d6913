"""Values of an exported row: as text for files of text, and as what they are for formats that have types."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

Kind = Literal["text", "code", "whole", "number", "day", "time", "yes_no"]  # a code is text of our own vocabulary
YES = "t"
READ: dict[Kind, Callable[[Any], Any]] = {
    "text": str,
    "code": str,
    "whole": int,
    "number": float,
    "day": date.fromisoformat,
    "time": datetime.fromisoformat,
    "yes_no": YES.__eq__,
}


def iso_time(text: str) -> str:
    """Return a time of the database's, in UTC, to the second: 2022-01-20T06:22:56+00:00."""
    return f"{text[:10]}T{text[11:19]}+00:00"


def true_or_false(text: str) -> str:
    return "true" if text == YES else "false"
