"""Months and weekdays that stand before a noun group and are no part of it: "on 9 May | gunmen", "last Tuesday | rebels"."""

from typing import Final

from incidents.extraction.lexicons import rows
from incidents.extraction.tokens import Token

MONTHS: Final = frozenset(row[0] for row in rows("time_names") if row[1] == "month")
NAMES: Final = frozenset(row[0] for row in rows("time_names")) | {"christmas", "easter", "eve", "ramadan"}
LEADING: Final = frozenset(("last", "next", "this", "early", "late", "mid"))
PARTS: Final = frozenset(("morning", "afternoon", "evening", "night"))
PREPOSITIONS: Final = frozenset(("on", "in", "since", "by", "until", "early", "late", "last", "during", "of"))


def after_date(tokens: list[Token], first: int, head: int) -> int:
    """Return where a noun group begins without the date before it; a date that opens a name stays ("May 19 Movement")."""
    start = place = first
    while place < head:
        if _is_dated(tokens, place, follows=start == place > first):
            start = place + 1
        elif not (tokens[place].lower in LEADING or tokens[place].text.isdigit()) or tokens[place + 1].lower not in NAMES:
            break
        place += 1
    if start == first:
        return first
    before = tokens[first - 1].lower if first else ""
    return first if tokens[start].text[0].isupper() and before not in PREPOSITIONS else start


def _is_dated(tokens: list[Token], place: int, *, follows: bool) -> bool:
    """Whether a word names a month or weekday, or belongs to the one it follows."""
    token = tokens[place]
    if token.lower in NAMES and token.text[0].isupper():
        return True
    return follows and (token.lower in PARTS or (token.text.isdigit() and _is_of_date(tokens, place)))


def _is_of_date(tokens: list[Token], place: int) -> bool:
    """Whether a figure is the day after a month or the year of a date, not a number of people ("on Tuesday 12 gunmen")."""
    text, before = tokens[place].text, tokens[place - 1].lower
    if len(text) == 4 and text[:2] in ("19", "20"):
        return True
    return before in MONTHS and (place < 2 or not tokens[place - 2].text[:1].isdigit())
