"""One expression of time in a text, with the days it means and what it is the day of."""

from dataclasses import dataclass

from incidents.extraction.time_expressions import Expression
from incidents.extraction.values import DateValue


@dataclass(frozen=True, slots=True)
class TimeMention:
    """One expression with its resolved value. `statement` says that it dates what somebody said, not what happened."""

    sentence: int
    first: int
    last: int
    value: DateValue
    expression: Expression
    statement: bool = False
    bound: bool = False  # after "since", "until": a limit, not the day of an act
    dateline: bool = False
    toll: bool = False  # the day of a count, by which the act had happened
    told: range = range(0)  # tokens of the happening that another day is counted from
    starts: bool = False  # whether this is that day

    def may_date(self, token_index: int) -> bool:
        """Whether it may be the day of an act at a token of its sentence."""
        return (token_index in self.told) == self.starts
