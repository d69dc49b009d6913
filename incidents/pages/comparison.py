"""Two filters side by side: what each comes to, what stands in both, and the difference in words.

In the page's query string every parameter of the filter carries its side: `a.type=raid&b.type=arrest`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geo import country_names
from incidents.aggregates.facets import breakdown
from incidents.columns.summing import in_both
from incidents.extraction.values import FAMILIES, FAMILY_OF
from incidents.filters import Chip, IncidentFilter, Numbers
from incidents.filters.words import sentence
from incidents.pages import words

SIDES = ("a", "b")
SHOWN = 8  # rows of an open vocabulary
MANY = 10  # incidents from which a share in per cent says something


@dataclass(frozen=True, slots=True)
class Side:
    """One filter and what it comes to. `name` is "A" or "B", `counts` is group -> value -> incidents."""

    key: str
    name: str
    asked: IncidentFilter
    words: str
    numbers: Numbers
    counts: Mapping[str, Mapping[str, int]]
    chips: list[Chip]

    @property
    def query(self) -> str:
        """The side's own query string, as desk, API and export understand it."""
        return self.asked.query.urlencode(safe=",")


@dataclass(frozen=True, slots=True)
class Row:
    """One value with its incidents on both sides; widths are hundredths of the longest bar of both sides."""

    label: str
    family: str
    a: int
    b: int
    a_width: float
    b_width: float
    difference: str


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    label: str
    rows: list[Row]


def of_side(query: QueryDict, key: str) -> QueryDict:
    """Return the parameters of one side, without the mark of their side."""
    own = QueryDict(mutable=True)
    for name, values in query.lists():
        if name.startswith(f"{key}."):
            own.setlist(name[2:], [str(value) for value in values])
    return own


def joined(a: QueryDict, b: QueryDict) -> str:
    """Return the page's query string for two filters."""
    both = QueryDict(mutable=True)
    for key, query in zip(SIDES, (a, b), strict=True):
        for name, values in query.lists():
            if name not in ("page", "cursor"):
                both.setlist(f"{key}.{name}", [str(value) for value in values])
    return f"?{both.urlencode(safe=',')}"


def side(query: QueryDict, key: str) -> Side:
    """Read one side of the page's query string and count what stands under it."""
    asked, other = IncidentFilter(of_side(query, key)), of_side(query, "b" if key == "a" else "a")
    counts = breakdown(asked)

    def without(chip: Chip) -> Chip:
        rest = QueryDict(chip.query)
        return Chip(chip.name, chip.label, chip.value, joined(rest, other) if key == "a" else joined(other, rest))

    chips = [without(chip) for chip in asked.chips()]
    return Side(key, key.upper(), asked, sentence(asked.asked), asked.numbers(), counts, chips)


def tables(a: Side, b: Side) -> list[Table]:
    """Return incidents by family, type and country, both sides on one scale; the largest numbers first."""
    titles = {"family": _("Family"), "type": _("Type"), "country": _("Country")}
    found = [Table(name, title, _rows(a.counts[name], b.counts[name], name)) for name, title in titles.items()]
    return [table for table in found if table.rows]


def _rows(a: Mapping[str, int], b: Mapping[str, int], name: str) -> list[Row]:
    values = [value for value in (FAMILIES if name == "family" else {**a, **b}) if value and (a.get(value) or b.get(value))]
    if name != "family":
        values = sorted(values, key=lambda value: (-max(a.get(value, 0), b.get(value, 0)), value))[:SHOWN]
    longest = max((max(a.get(value, 0), b.get(value, 0)) for value in values), default=1)
    return [_row(name, value, a.get(value, 0), b.get(value, 0), longest) for value in values]


def _row(name: str, value: str, a: int, b: int, longest: int) -> Row:
    labels = {"family": lambda: _(value.capitalize()), "type": lambda: words.noun(value).capitalize()}
    label = labels.get(name, lambda: country_names.name_of(value))()
    family = value if name == "family" else FAMILY_OF.get(value, "")
    return Row(label, family, a, b, round(100 * a / longest, 1), round(100 * b / longest, 1), signed(b - a))


def signed(number: int) -> str:
    """Return a difference with its sign: "+12", "−3", "0"."""
    return f"{number:+,}".replace("-", "−") if number else "0"


def differences(a: Side, b: Side) -> list[str]:
    """Return what sets the two apart, in sentences; a difference that the ranges leave open is said to be open."""
    found = [_more(a, b), _toll(a, b), _rate(a, b), _kind(a, b), _both(a, b)]
    return [text for text in found if text]


def _more(a: Side, b: Side) -> str:
    left, right = a.numbers.incidents, b.numbers.incidents
    if left == right:
        return _("As many incidents in A as in B.")
    more, less, name = (left, right, a.name) if left > right else (right, left, b.name)
    text = ngettext("%(n)s incident more in %(side)s", "%(n)s incidents more in %(side)s", more - less)
    text %= {"n": words.figure(more - less), "side": name}
    times = _(" (%(times).1f times as many)") % {"times": more / less} if less >= MANY else ""
    return f"{text}{times}."


def _toll(a: Side, b: Side) -> str:
    left, right = a.numbers, b.numbers
    if left.incidents == left.without_toll or right.incidents == right.without_toll:
        return _("No toll is stated on at least one side, so people killed cannot be compared.")
    if left.killed_low > right.killed_high and not right.open_end:
        return _more_killed(a, b)
    if right.killed_low > left.killed_high and not left.open_end:
        return _more_killed(b, a)
    if left.open_end or right.open_end:
        return _("In which of them more people were killed is open: the ranges overlap or have no upper end.")
    return _("In which of them more people were killed is open: the ranges overlap.")


def _more_killed(more: Side, less: Side) -> str:
    """Say that the figures of one side are above the other's; what the other does not state may still be more."""
    said = _("More people killed in %(side)s, whichever figures hold") % {"side": more.name}
    silent = less.numbers.without_toll
    if not silent:
        return f"{said}."
    without = ngettext("%(n)s incident of %(side)s states none", "%(n)s incidents of %(side)s state none", silent)
    return f"{said}; {without % {'n': words.figure(silent), 'side': less.name}}."


def _days(one: Side) -> int:
    asked = one.asked.asked
    return (asked["until"] - asked["since"]).days + 1 if asked["since"] and asked["until"] else 0


def _rate(a: Side, b: Side) -> str:
    if not (_days(a) and _days(b)) or _days(a) == _days(b):
        return ""
    values = {"a": a.numbers.incidents / _days(a), "b": b.numbers.incidents / _days(b), "m": _days(a), "n": _days(b)}
    return _("The stretches differ in length (%(m)s and %(n)s days): %(a).2f incidents a day in A, %(b).2f in B.") % values


def _kind(a: Side, b: Side) -> str:
    """Name the type whose share of all differs most; small numbers have no shares worth comparing."""
    left, right = a.numbers.incidents, b.numbers.incidents
    if left < MANY or right < MANY:
        return ""

    def apart(kind: str) -> float:
        return a.counts["type"].get(kind, 0) / left - b.counts["type"].get(kind, 0) / right

    kind = max({**a.counts["type"], **b.counts["type"]}, key=lambda kind: (abs(apart(kind)), kind))
    if abs(apart(kind)) < 0.05:
        return ""
    of_a, of_b = a.counts["type"].get(kind, 0), b.counts["type"].get(kind, 0)
    values = {"kinds": words.plural(kind), "a": of_a, "b": of_b, "pa": 100 * of_a / left, "pb": 100 * of_b / right}
    return _("They differ most in %(kinds)s: %(a)s in A (%(pa).0f%%), %(b)s in B (%(pb).0f%%).") % values


def _both(a: Side, b: Side) -> str:
    common = in_both(a.asked.asked, b.asked.asked)
    if not common:
        return _("No incident stands in both.")
    text = ngettext("%(n)s incident stands in both.", "%(n)s incidents stand in both.", common)
    return text % {"n": words.figure(common)}


def suggestions(a: Side) -> list[tuple[str, str]]:
    """Return what A may be compared with: label and the page's query string."""
    own, asked = a.asked.query, a.asked.asked
    found = []
    if asked["since"] and asked["until"]:
        length = asked["until"] - asked["since"] + timedelta(days=1)
        if asked["since"] - date.min >= length:  # there is no day before the year 1
            found.append((_("the stretch before"), _moved(own, asked["since"] - length, asked["since"] - timedelta(days=1))))
        if asked["since"].year > 1:
            found.append((_("a year before"), _moved(own, _year_before(asked["since"]), _year_before(asked["until"]))))
    for name, label in (("country", _("everywhere")), ("type", _("every type")), ("actor", _("any actor"))):
        if asked[name]:
            wider = own.copy()
            wider.pop(name)
            found.append((label, joined(own, wider)))
    found.append((_("the same as A"), joined(own, own)))
    return [*found, (_("all incidents"), joined(own, QueryDict()))]


def _moved(own: QueryDict, since: date, until: date) -> str:
    other = own.copy()
    other["since"], other["until"] = str(since), str(until)
    return joined(own, other)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
