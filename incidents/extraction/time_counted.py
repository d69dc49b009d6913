"""Days counted from another happening whose day is stated: "two weeks after the prison break of 1 May, police shot …"."""

from datetime import date
from typing import Final, NamedTuple

from incidents.extraction.time_anchor import resolve
from incidents.extraction.time_expressions import Expression
from incidents.extraction.tokens import Sentence
from incidents.extraction.values import DateValue

ENDS: Final = frozenset((",", ";", ":", "--"))
REACH: Final = 14  # tokens between "after" and the day counted from


class Counted(NamedTuple):
    """A day counted from the day `start`; `told` are the tokens that tell of the happening it is counted from."""

    value: DateValue
    start: Expression
    told: range


def counted(sentence: Sentence, expression: Expression, others: list[Expression], reference: date | None) -> Counted | None:
    """Return the day that an expression counts from one stated in the same phrase; None where none is."""
    last = expression.last
    while last < len(sentence.tokens) and sentence.tokens[last].text not in ENDS:
        last += 1
    reach = min(last, expression.last + REACH)
    start = next((other for other in others if expression.last <= other.first < reach), None)
    if start is None or start.kind == "counted":
        return None
    known = resolve(start, sentence.span(start.first, start.last), reference, None)
    if known is None or known.earliest is None or known.precision != "day":
        return None
    weeks = expression.unit == "weeks"
    offset = expression._replace(
        kind="offset",
        narrative=True,
        amount=expression.amount * 7 if weeks else expression.amount,
        unit="days" if weeks else expression.unit,
    )
    told = range(expression.first, max(last, start.last))
    span = sentence.span(expression.first, start.last)
    value = resolve(offset, span, reference or known.earliest, known.earliest)
    return Counted(value, start, told) if value else None
