"""Finds expressions of time in a sentence and reads their parts. Nothing is resolved against a calendar here."""

import re
from typing import Final, Literal, NamedTuple

from incidents.extraction import numbers
from incidents.extraction.act_words import act_words
from incidents.extraction.lexicons import classes, rows
from incidents.extraction.numbers import cardinal
from incidents.extraction.tokens import Sentence, Token

Kind = Literal["date", "month", "year", "day_of_month", "weekday", "offset", "period", "weekend", "past", "counted"]
WORDS: Final = classes("time_words")
NAMES: Final = {form: (kind, int(number)) for form, kind, number in rows("time_names")}
# "may", "march", "sun" and the like are months and days only where they are capitalised or a figure stands beside them.
AMBIGUOUS: Final = frozenset({"may", "march", "mar", "sun", "sat", "mon", "wed", "fri", "dec", "jan", "jun", "sep", "oct", "nov"})
BODIES: Final = act_words("bodies") | {"coalition", "martyrs"}
BEFORE_MONTH: Final = frozenset({"in", "last", "since", "of", "late", "early", "on", "until", "mid"})
ISO: Final = re.compile(r"((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})")
SLASHED: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4}|\d{2})[a-z]*")
RUN_ON: Final = re.compile(r"(\d{1,2})((?:19|20)\d\d)")  # "Jul 152015", where a page lost its comma
DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
ORDINAL: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
DAYS: Final = re.compile(r"(\d{1,2})[-–](\d{1,2})")
YEAR: Final = re.compile(r"(?:19|20)\d\d")
UNITS: Final = {"unit_days": "days", "unit_weeks": "weeks", "unit_months": "months", "unit_years": "years", "unit_hours": "hours"}
# Days with a name of their own, by day and month; "'s" is left out of the name.
NAMED_DAYS: Final = {
    ("new", "year", "day"): (1, 1),
    ("valentine", "day"): (14, 2),
    ("christmas", "eve"): (24, 12),
    ("christmas", "day"): (25, 12),
    ("boxing", "day"): (26, 12),
    ("new", "year", "eve"): (31, 12),
}
NAMED_OPENERS: Final = frozenset(name[0] for name in NAMED_DAYS)
OPENERS: Final = frozenset({"a", "an", "the", "same", "overnight", "weekend", *WORDS, *NAMES, *NAMED_OPENERS, *numbers.OPENERS})
SINGLE_DAYS: Final = {"today": 0, "yesterday": -1, "tomorrow": 1}
# Without one of these, or a figure, a sentence has no expression.
NEEDED: Final = frozenset({"overnight", "weekend", *NAMES, *NAMED_OPENERS}).union(
    word for word, kind in WORDS.items() if kind in UNITS or kind in SINGLE_DAYS or kind == "part"
)
AFTER_THE: Final = frozenset({"day", "previous", "following", "next", "same"})


class Expression(NamedTuple):
    """An expression of time in tokens `first` up to, not including, `last`, with the parts that its kind has.

    `date`: day, month and perhaps year; `day_to` for "May 17-18". `weekday`, `month`, `weekend` and `period` may have a `shift`:
    -1 "last", 1 "next", 0 "this". `offset` counts `amount` of `unit` from the day of writing, or, where `narrative` is set, from
    the day the text speaks of; `counted` from a happening named after it ("two weeks after the prison break of 1 May").
    """

    kind: Kind
    first: int
    last: int
    day: int | None = None
    day_to: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    shift: int | None = None
    amount: int = 0
    unit: str = ""
    narrative: bool = False
    overnight: bool = False
    numeric: tuple[int, int] | None = None  # both figures of "4/5/17", whose order is open


def find_expressions(sentence: Sentence) -> list[Expression]:
    """Return the expressions of a sentence from left to right, not overlapping."""
    tokens = sentence.tokens
    found: list[Expression] = []
    opening = [index for index, word in enumerate(sentence.lowers) if word in OPENERS or word[0].isdigit()]
    if not opening or (NEEDED.isdisjoint(sentence.lowers) and not any(sentence.lowers[index][0].isdigit() for index in opening)):
        return found
    free = 0
    for index in opening:
        expression = _at(tokens, index) if index >= free else None
        if expression is None:
            continue
        if not _names_body(tokens, expression):
            expression = _with_part(tokens, expression)
            found.append(expression)
        free = max(index + 1, expression.last)
    return _joined(tokens, found)


def _names_body(tokens: list[Token], expression: Expression) -> bool:
    """Whether a day is part of an organisation's name: "the March 23 Movement"."""
    after = tokens[expression.last] if expression.last < len(tokens) else None
    dated = expression.kind == "date" and expression.year is None
    return dated and after is not None and after.text[0].isupper() and after.lower in BODIES


def _joined(tokens: list[Token], found: list[Expression]) -> list[Expression]:
    """Take "Friday" and "28 April" of "Friday 28 April" as one date."""
    kept: list[Expression] = []
    for expression in found:
        before = kept[-1] if kept else None
        between = [token.text for token in tokens[before.last : expression.first]] if before else []
        if (
            before
            and before.kind == "weekday"
            and before.shift is None
            and expression.kind == "date"
            and between in ([], [","], ["the"])
        ):
            kept[-1] = expression._replace(first=before.first)
        else:
            kept.append(expression)
    return kept


def _word(tokens: list[Token], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def _at(tokens: list[Token], index: int) -> Expression | None:
    token = tokens[index]
    word = token.lower
    if word[0].isdigit():
        return _from_figure(tokens, index)
    name = _name(tokens, index)
    if name is not None:
        return (
            _from_month(tokens, index, name[1])
            if name[0] == "month"
            else Expression("weekday", index, index + 1, weekday=name[1])
        )
    if word in NAMED_OPENERS and (named := _named_day(tokens, index)):
        return named
    kind = WORDS.get(word)
    if kind in SINGLE_DAYS:
        return Expression("offset", index, index + 1, amount=SINGLE_DAYS[kind], unit="days")
    if word == "overnight":
        return Expression("offset", index, index + 1, unit="days", overnight=True)
    if kind in ("last", "next", "this"):
        return _shifted(tokens, index, {"last": -1, "next": 1, "this": 0}[kind])
    if word == "the":
        return _after_the(tokens, index)
    if word == "weekend":
        return Expression("weekend", index, index + 1, shift=0)
    if word == "same" and _word(tokens, index + 1) == "day":
        return Expression("offset", index, index + 2, unit="days", narrative=True)
    return _offset(tokens, index)


def _named_day(tokens: list[Token], index: int) -> Expression | None:
    """ "New Year's Day", "Christmas Eve 2021"."""
    words = [token.lower for token in tokens[index : index + 4]]
    for length in (4, 3, 2):
        name = tuple(word for word in words[:length] if word not in ("'s", "’s"))
        if (found := NAMED_DAYS.get(name)) and tokens[index].text[0].isupper():
            year, last = _year_at(tokens, index + length)
            return Expression("date", index, last, day=found[0], month=found[1], year=year)
    return None


def _name(tokens: list[Token], index: int) -> tuple[str, int] | None:
    """The month or weekday that a word names, its capital or a figure beside it proving the ambiguous ones."""
    token = tokens[index]
    name = NAMES.get(token.lower)
    if name is None or token.lower not in AMBIGUOUS:
        return name
    before = _word(tokens, index - 1)
    beside = before[:1].isdigit() or _word(tokens, index + 1)[:1].isdigit()
    full = len(token.text) > 3 or token.text == "May"
    return name if beside or (token.text[0].isupper() and full and before in BEFORE_MONTH) else None


def _year_at(tokens: list[Token], index: int) -> tuple[int | None, int]:
    """A year at `index`, a comma before it allowed, and the index after it."""
    at = index + 1 if _word(tokens, index) == "," else index
    word = _word(tokens, at)
    if YEAR.fullmatch(word):
        return int(word), at + 1
    return None, index


def _from_month(tokens: list[Token], index: int, month: int) -> Expression:
    """An expression that begins with a month: "Jan. 20, 2022", "May 17-18", "July 2013", "December"."""
    after = _word(tokens, index + 1)
    run_on = RUN_ON.fullmatch(after)
    if run_on and int(run_on[1]) <= 31:
        return Expression("date", index, index + 2, day=int(run_on[1]), month=month, year=int(run_on[2]))
    days = DAYS.fullmatch(after)
    day = DAY.fullmatch(after)
    if days or (day and int(day[1]) <= 31 and _word(tokens, index + 2) not in ("people", "percent", "%")):
        first_day, day_to = _days(after)
        spanned = None if days else _last_of_days(tokens, index, first_day)
        year, last = _year_at(tokens, index + (4 if spanned else 2))
        return Expression("date", index, last, day=first_day, day_to=spanned or day_to, month=month, year=year)
    at = index + 2 if after in ("of", ",") else index + 1
    word = _word(tokens, at)
    if YEAR.fullmatch(word):
        return Expression("month", index, at + 1, month=month, year=int(word))
    return Expression("month", index, index + 1, month=month)


def _last_of_days(tokens: list[Token], index: int, first_day: int | None) -> int | None:
    """The day after a month's first one in "May 17 to 18" and "between May 17 and 18"; None where it counts something."""
    link = _word(tokens, index + 2)
    if link != "to" and not (link == "and" and _word(tokens, index - 1) == "between"):
        return None
    day = DAY.fullmatch(_word(tokens, index + 3))
    counts = index + 4 < len(tokens) and tokens[index + 4].tag.startswith(("NN", "JJ"))
    return int(day[1]) if day and first_day and first_day < int(day[1]) <= 31 and not counts else None


def _from_figure(tokens: list[Token], index: int) -> Expression | None:
    """An expression that begins with a figure: ISO and slashed dates, "20 January 2022", "3 Jan 90", a year, "two weeks ago"."""
    word = tokens[index].lower
    iso = ISO.fullmatch(word)
    if iso:
        return _valid(Expression("date", index, index + 1, day=int(iso[3]), month=int(iso[2]), year=int(iso[1])))
    slashed = SLASHED.fullmatch(word)
    if slashed:
        return _from_slashed(slashed, index)
    span = _from_span(tokens, index)
    if span is not None:
        return span
    day, days = DAY.fullmatch(word), DAYS.fullmatch(word)
    month_at = index + 2 if _word(tokens, index + 1) == "of" else index + 1
    name = _name(tokens, month_at) if month_at < len(tokens) else None
    if name is not None and name[0] == "month" and (day or days):
        year, last = _year_at(tokens, month_at + 1)
        if year is None and _is_short_year(tokens, last):
            year, last = _full_year(_word(tokens, last)), last + 1
        first_day, day_to = _days(word)
        return _valid(Expression("date", index, last, day=first_day, day_to=day_to, month=name[1], year=year))
    if YEAR.fullmatch(word) and _word(tokens, index - 1) in (
        "in",
        "since",
        "of",
        "during",
        "from",
        "until",
        "by",
        "mid",
        "early",
        "late",
        "the",
    ):
        return Expression("year", index, index + 1, year=int(word))
    return _offset(tokens, index)


def _from_span(tokens: list[Token], index: int) -> Expression | None:
    """ "3 to 6 May", "3 and 6 May" after "from" or "between"."""
    first, second = DAY.fullmatch(_word(tokens, index)), DAY.fullmatch(_word(tokens, index + 2))
    if not (first and second and _word(tokens, index + 1) in ("to", "and", "until", "through")):
        return None
    if _word(tokens, index - 1) not in ("from", "between") or index + 3 >= len(tokens):
        return None
    name = _name(tokens, index + 3)
    if name is None or name[0] != "month":
        return None
    year, last = _year_at(tokens, index + 4)
    return _valid(Expression("date", index, last, day=int(first[1]), day_to=int(second[1]), month=name[1], year=year))


def _is_short_year(tokens: list[Token], index: int) -> bool:
    """Whether two figures after a month are a year: too great for a day, or closing a dateline ("16 MAY 23 --")."""
    word = _word(tokens, index)
    return len(word) == 2 and word.isdigit() and (int(word) > 31 or _word(tokens, index + 1) in ("--", "—", "(", "[", ""))


def _from_slashed(match: re.Match[str], index: int) -> Expression | None:
    year, first, second = _full_year(match[4]), int(match[1]), int(match[3])
    if match[2] in ".-" and second <= 12:  # dots and dashes are continental: the day comes first
        return _valid(Expression("date", index, index + 1, day=first, month=second, year=year))
    return Expression("date", index, index + 1, year=year, numeric=(first, second))


def _days(word: str) -> tuple[int | None, int | None]:
    """The day, or first and last day, that "20", "20th" and "17-18" give."""
    pair = DAYS.fullmatch(word)
    if pair:
        return int(pair[1]), int(pair[2])
    single = DAY.fullmatch(word)
    return (int(single[1]) if single else None), None


def _full_year(figures: str) -> int:
    year = int(figures)
    return year if year > 99 else 2000 + year if year < 50 else 1900 + year


def _valid(expression: Expression) -> Expression | None:
    day, month = expression.day or 0, expression.month or 0
    return expression if 1 <= day <= 31 and 1 <= month <= 12 else None


def _shifted(tokens: list[Token], index: int, shift: int) -> Expression | None:
    """ "last Thursday", "this morning", "last night", "next week", "last July", "last year"."""
    word = _word(tokens, index + 1)
    name = NAMES.get(word)
    if name is not None and name[0] == "weekday":
        return Expression("weekday", index, index + 2, weekday=name[1], shift=shift)
    if name is not None:
        return _from_month(tokens, index + 1, name[1])._replace(first=index, shift=shift)
    kind = WORDS.get(word)
    if shift < 0 and (word in numbers.OPENERS or word[:1].isdigit()):
        amount, at = _amount(tokens, index + 1)
        unit = UNITS.get(WORDS.get(_word(tokens, at), ""))
        return Expression("past", index, at + 1, amount=amount, unit=unit) if unit and amount and amount < 400 else None
    if kind == "part":
        return Expression("offset", index, index + 2, amount=-1 if shift < 0 else 0, unit="days")
    if word == "weekend":
        return Expression("weekend", index, index + 2, shift=shift)
    if kind in UNITS and not word.endswith("s") and kind != "unit_hours":
        if kind == "unit_days":
            return Expression("offset", index, index + 2, amount=-1, unit="days", narrative=True)
        return Expression("period", index, index + 2, shift=shift, unit=UNITS[kind])
    return None


def _after_the(tokens: list[Token], index: int) -> Expression | None:
    """ "the 19th", "the day before yesterday", "the previous day", "the following day", "the weekend"."""
    word = _word(tokens, index + 1)
    if word not in AFTER_THE and not word[:1].isdigit():
        return None
    second, third = _word(tokens, index + 2), _word(tokens, index + 3)
    ordinal = ORDINAL.fullmatch(word)
    if ordinal and int(ordinal[1]) <= 31:
        if second == "of" and NAMES.get(third, ("", 0))[0] == "month":
            return None  # read from the figure on
        alone = second in (".", ",", ";", "")
        return (
            Expression("day_of_month", index, index + 2, day=int(ordinal[1]))
            if alone and _word(tokens, index - 1) == "on"
            else None
        )
    if word == "day":
        if second == "before":
            return (
                Expression("offset", index, index + 4, amount=-2, unit="days")
                if third == "yesterday"
                else _narrative(index, index + 3, -1)
            )
        return _narrative(index, index + 3, 1) if second == "after" else None
    if second == "day" and word in ("previous", "following", "next", "same"):
        return _narrative(index, index + 3, {"previous": -1, "same": 0}.get(word, 1))
    return None


def _narrative(first: int, last: int, amount: int) -> Expression:
    return Expression("offset", first, last, amount=amount, unit="days", narrative=True)


def _amount(tokens: list[Token], index: int) -> tuple[int | None, int]:
    """A number of units at `index`, "a few" and "a couple of" among them, and the index after it."""
    word = tokens[index].lower
    if word not in ("a", "an"):
        return cardinal(tokens, index)
    vague = _word(tokens, index + 1)
    if vague not in ("few", "couple"):
        return 1, index + 1
    return (3 if vague == "few" else 2), index + (3 if _word(tokens, index + 2) == "of" else 2)


def _offset(tokens: list[Token], index: int) -> Expression | None:
    """ "two weeks ago", "a day earlier", "three days later", "a year ago", "four years since gunmen killed …"."""
    amount, at = _amount(tokens, index)
    if amount is None or amount > 400:
        return None
    unit = UNITS.get(WORDS.get(_word(tokens, at), ""))
    if unit is None:
        return None
    direction = _word(tokens, at + 1)
    if direction in ("before", "after") and (at + 2 < len(tokens) and tokens[at + 2].text[0].isalnum()):
        return Expression("counted", index, at + 2, amount=-amount if direction == "before" else amount, unit=unit)
    if direction == "ago" or (direction == "since" and at + 2 < len(tokens) and tokens[at + 2].text[0].isalpha()):
        return Expression("offset", index, at + 2, amount=-amount, unit=unit)
    if direction in ("earlier", "before", "previously"):
        return Expression("offset", index, at + 2, amount=-amount, unit=unit, narrative=True)
    if direction in ("later", "after"):
        return Expression("offset", index, at + 2, amount=amount, unit=unit, narrative=True)
    return None


def _with_part(tokens: list[Token], expression: Expression) -> Expression:
    """Take in the part of day after a day ("Monday night") and "early", "late" before it."""
    first, last = expression.first, expression.last
    if WORDS.get(_word(tokens, last)) == "part":
        last += 1
    if first and WORDS.get(_word(tokens, first - 1)) == "early_late":
        first -= 1
    return expression if (first, last) == expression[1:3] else expression._replace(first=first, last=last)
