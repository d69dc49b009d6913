"""Publication dates as documents write them. Pure."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

LEADING_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")
YEARS = range(1800, 2101)  # what lies outside is a typing error


def written_date(written: str) -> tuple[date, datetime | None]:
    """Return the day as the publisher's own calendar has it, and the moment where a time and a zone are given.

    Reads ISO 8601 ("2022-02-08", "2022-02-08T23:30:00+05:00") and RFC 5322 ("Tue, 08 Feb 2022 23:30:00 +0500").
    Raises ValueError on anything else, and on years no news is from.
    """
    written = written.strip()
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        try:
            moment = parsedate_to_datetime(written)
        except (TypeError, IndexError, OverflowError):
            raise ValueError(written) from None
    if moment.year not in YEARS:
        raise ValueError(written)
    return moment.date(), moment.astimezone(UTC) if moment.tzinfo else None


def day_in_name(name: str) -> date | None:
    """Return the day a file's name begins with: "2022-02-08-siege.txt"."""
    found = LEADING_DAY.match(name)
    try:
        return written_date(found[1])[0] if found else None
    except ValueError:
        return None
