"""Days that stand together: "from Friday to Sunday", "on Sunday morning and again on Monday morning"."""

from dataclasses import replace
from typing import Final

from incidents.extraction.time_mentions import TimeMention
from incidents.extraction.tokens import Sentence
from incidents.extraction.values import DatePrecision, DateValue

RANGE_WORDS: Final = frozenset({"and", "to", "until", "till", "through"})
RANGE_LINKS: Final = RANGE_WORDS | {",", "again", "on", "then", "the"}
DAYS: Final = ("day", "time")


def with_range(sentence: Sentence, own: list[TimeMention], stated: TimeMention) -> DateValue:
    """Return the value of the stretch of days in which a day stands, or of the day alone; `own` are those of its sentence."""
    days = [mention for mention in own if not mention.statement]
    first = last = days.index(stated)
    while first and _runs_on(sentence, days[first - 1], days[first]):
        first -= 1
    while last + 1 < len(days) and _runs_on(sentence, days[last], days[last + 1]):
        last += 1
    start, end = days[first].value.earliest, days[last].value.latest
    if first == last or start is None or end is None or RANGE_WORDS.isdisjoint(_link(sentence, days[last - 1], days[last])):
        return stated.value
    precision: DatePrecision = "days" if (end - start).days < 7 else "longer"
    return replace(
        days[first].value, latest=end, precision=precision, time=None, span=sentence.span(days[first].first, days[last].last)
    )


def _link(sentence: Sentence, one: TimeMention, other: TimeMention) -> list[str]:
    return sentence.lowers[one.last : other.first]


def _runs_on(sentence: Sentence, one: TimeMention, other: TimeMention) -> bool:
    """Whether nothing but "and", "to" or a comma stands between two days, the earlier of them first."""
    start, end = one.value.earliest, other.value.earliest
    known = one.value.precision in DAYS and other.value.precision in DAYS
    return known and start is not None and end is not None and start < end and RANGE_LINKS.issuperset(_link(sentence, one, other))
