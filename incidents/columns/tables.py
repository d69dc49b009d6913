"""The distinct values that incidents have: each kind, time, region, spot, cast … once, with a number. Pure.

A value comes as the text reading.py makes of it and is taken apart once, when it is first seen.
"""

import json
from abc import ABC, abstractmethod

import numpy as np

from incidents.columns import kernels
from incidents.columns.grid import Cells, key_of
from incidents.columns.growing import Codes, Growing, Mask, Whole
from incidents.columns.numbering import Numbering
from incidents.columns.units import UNITS, number_in
from incidents.extraction.values import OUTCOMES

NONE = -1  # people: not known
NO_DAY = -(2**31)  # days are counted from 1970-01-01


class Names:
    """Words with numbers, in the order they were first seen."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        """Return the word's number; a new word gets the next one."""
        found = self._numbers.setdefault(word, len(self.words))
        if found == len(self.words):
            self.words.append(word)
        return found

    def among(self, words: list[str]) -> Mask:
        """Return for each number whether it stands for one of the words."""
        found = np.zeros(len(self.words), np.bool_)
        found[[self._numbers[word] for word in words if word in self._numbers]] = True
        return found


class Sets:
    """For each distinct value the numbers in its set: `owner` and `member` run in parallel."""

    def __init__(self) -> None:
        self.owner: Growing[np.int32] = Growing(np.int32)
        self.member: Growing[np.int32] = Growing(np.int32)

    def add(self, owner: int, members: set[int]) -> None:
        for member in sorted(members):
            self.owner.append(owner)
            self.member.append(member)

    def holding(self, members: Mask, owners: int) -> Mask:
        """Return for each of the owners whether its set holds any of the members."""
        found = np.zeros(owners, np.bool_)
        kernels.mark_owners(self.owner.values, self.member.values, members, found)
        return found

    def counted(self, counts: Whole, members: int) -> Whole:
        """Return how often each member occurs, where each owner occurs `counts` times."""
        found = np.zeros(members, np.int64)
        kernels.spread(self.owner.values, self.member.values, counts, found)
        return found


class Table(ABC):
    """Distinct values with numbers. Number 0 is the value of the empty text."""

    def __init__(self) -> None:
        self._codes = Numbering()

    def __len__(self) -> int:
        return len(self._codes)

    def code(self, text: str) -> int:
        """Return the number of the value; a new value gets the next one."""
        found = self._codes.find(text)
        if found is None:
            found = self._codes.add(text)
            self.take_in(found, text)
        return found

    @abstractmethod
    def take_in(self, code: int, text: str) -> None:
        """Take a new value apart."""


class Kinds(Table):
    """`type|family|stage|background|review|precision|placed`; "" is what is not visible."""

    FIELDS = ("type", "family", "stage", "background", "review", "precision", "placed")

    def __init__(self) -> None:
        super().__init__()
        self.names = {field: Names() for field in self.FIELDS}
        self.values: dict[str, Growing[np.int32]] = {field: Growing(np.int32) for field in self.FIELDS}
        self.code("")

    def take_in(self, code: int, text: str) -> None:
        for field, word in zip(self.FIELDS, text.split("|") if text else [""] * len(self.FIELDS), strict=True):
            self.values[field].append(self.names[field].number(word))

    def among(self, field: str, words: list[str]) -> Mask:
        return self.names[field].among(words)[self.values[field].values]

    def in_order(self, field: str, words: tuple[str, ...]) -> Codes:
        """Return for each kind the position of its word among the words; 0 where it is none of them."""
        known = self.names[field].words
        positions = np.array([words.index(word) if word in words else 0 for word in known], np.int32)
        found: Codes = positions[self.values[field].values]
        return found

    def visible(self) -> Mask:
        found = np.ones(len(self), np.bool_)
        found[0] = False
        return found

    def news(self) -> Mask:
        """Return for each kind whether it stands where nothing is asked: history told in passing is left out."""
        return self.visible() & self.among("background", ["0"])


class Whens(Table):
    """`earliest|latest|precision|hour` in days since 1970; "" for an end that is open, and for an hour that is not stated."""

    def __init__(self) -> None:
        super().__init__()
        self.earliest: Growing[np.int32] = Growing(np.int32)
        self.latest: Growing[np.int32] = Growing(np.int32)
        self.day: Growing[np.int32] = Growing(np.int32)
        self.precisions = Names()
        self.precision: Growing[np.int32] = Growing(np.int32)
        self._numbers: dict[str, Growing[np.int32]] = {unit: Growing(np.int32) for unit in UNITS}
        self.hour: Growing[np.int32] = Growing(np.int32)  # of the day; NONE where none is stated
        self.code("|||")

    def number_in(self, unit: str) -> Codes:
        """Return of each time the number of its hour, day, week, month or year since 1970, by its first day."""
        numbers = self._numbers[unit]
        if len(numbers) < len(self):
            new = slice(len(numbers), None)
            numbers.extend(number_in(unit, self.day.values[new], self.hour.values[new]))
        return numbers.values

    def take_in(self, code: int, text: str) -> None:
        first, last, precision, hour = text.split("|")
        earliest, latest = (int(day) if day else NO_DAY for day in (first, last))
        self.earliest.append(earliest)
        self.latest.append(latest)
        self.day.append(latest if earliest == NO_DAY else earliest)
        self.precision.append(self.precisions.number(precision))
        self.hour.append(int(hour) if hour else NONE)


class Regions(Table):
    """`country|admin1`."""

    def __init__(self) -> None:
        super().__init__()
        self.names = {"country": Names(), "admin1": Names()}
        self.values: dict[str, Growing[np.int32]] = {"country": Growing(np.int32), "admin1": Growing(np.int32)}
        self.code("|")

    def take_in(self, code: int, text: str) -> None:
        country, _, admin1 = text.partition("|")
        self.values["country"].append(self.names["country"].number(country))
        self.values["admin1"].append(self.names["admin1"].number(admin1))

    def among(self, field: str, words: list[str]) -> Mask:
        return self.names[field].among(words)[self.values[field].values]


class Spots(Table):
    """`lat|lon|radius|area`: a point in degrees, its radius in km or "", whether it stands for an area; "" is no point."""

    def __init__(self) -> None:
        super().__init__()
        self.lat: Growing[np.float64] = Growing(np.float64)
        self.lon: Growing[np.float64] = Growing(np.float64)
        self.radius: Growing[np.float64] = Growing(np.float64)  # NaN: none
        self.key: Growing[np.int64] = Growing(np.int64)  # grid.py
        self._cells: dict[int, Cells] = {}
        self._order: Codes = np.empty(0, np.int32)  # by key
        self.code("")

    def cells(self, zoom: int) -> tuple[Codes, Mask]:
        """Return the cell of each spot at a zoom, and of each cell whether it is one of areas."""
        cells = self._cells.setdefault(zoom, Cells(zoom))
        return cells.of(self.key.values, self.in_order), cells.is_area

    def in_order(self) -> Codes:
        """Return the spots in the order of their keys."""
        if len(self._order) < len(self):
            self._order = np.argsort(self.key.values).astype(np.int32)
        return self._order

    def take_in(self, code: int, text: str) -> None:
        lat, lon, radius, area = text.split("|") if text else ("nan", "nan", "", "0")
        self.lat.append(float(lat))
        self.lon.append(float(lon))
        self.radius.append(float(radius or "nan"))
        self.key.append(key_of(float(lat), float(lon), is_area=area == "1") if text else 0)


class Casts(Table):
    """An incident's actors in their roles, as its row has them (JSON)."""

    def __init__(self) -> None:
        super().__init__()
        self.names, self.roles = Names(), Names()
        self.of_names, self.of_roles, self.of_parts = Sets(), Sets(), Sets()
        self._parts: dict[tuple[int, int, int], int] = {}
        self._names_and_roles: list[tuple[int, int]] = []
        self.actor: Growing[np.int64] = Growing(np.int64)  # of each part: actor's id, name and role
        self.name: Growing[np.int32] = Growing(np.int32)
        self.role: Growing[np.int32] = Growing(np.int32)
        self.code("[]")

    def take_in(self, code: int, text: str) -> None:
        actors = json.loads(text)
        parts = {self._part(each.get("actor") or 0, each.get("name") or "", each.get("role") or "") for each in actors}
        self.of_parts.add(code, parts)
        self.of_names.add(code, {self._names_and_roles[part][0] for part in parts})
        self.of_roles.add(code, {self._names_and_roles[part][1] for part in parts})

    def _part(self, actor: int, name: str, role: str) -> int:
        key = actor, self.names.number(name), self.roles.number(role)
        found = self._parts.setdefault(key, len(self._parts))
        if found == len(self.actor):
            self.actor.append(key[0])
            self.name.append(key[1])
            self.role.append(key[2])
            self._names_and_roles.append(key[1:])
        return found


class Lists(Table):
    """A JSON list of words or numbers: an incident's sources, its claimants, or the reasons for which it waits for review."""

    def __init__(self) -> None:
        super().__init__()
        self.names, self.of = Names(), Sets()
        self.code("[]")

    def take_in(self, code: int, text: str) -> None:
        self.of.add(code, {self.names.number(str(each)) for each in json.loads(text)})


class Tolls(Table):
    """`low|best|high` of the killed, then of each other outcome in their order, or nothing where none is stated."""

    BOUNDS = ("low", "best", "high")

    def __init__(self) -> None:
        super().__init__()
        self._people: dict[tuple[str, str], Growing[np.int64]] = {
            (outcome, bound): Growing(np.int64) for outcome in OUTCOMES for bound in self.BOUNDS
        }
        self.code("||")

    def take_in(self, code: int, text: str) -> None:
        numbers = text.split("|")
        numbers += [""] * (len(self._people) - len(numbers))
        for column, number in zip(self._people.values(), numbers, strict=True):
            column.append(int(number) if number else NONE)

    def known(self, outcome: str) -> Whole:
        """Return for each value the best figure of an outcome, else the least that is stated; NONE where neither is known."""
        return self.first_known(outcome, "best", "low")

    def first_known(self, outcome: str, *order: str) -> Whole:
        """Return for each value the first of an outcome's bounds that is known; NONE where none is."""
        found = np.full(len(self), NONE, np.int64)
        for bound in reversed(order):
            values = self._people[outcome, bound].values
            found = np.where(values != NONE, values, found)
        return found

    def bounds(self, outcome: str) -> Whole:
        """Return for each value low, best and high of an outcome, one that is not known by another; NONE where none is."""
        orders = (("low", "best", "high"), ("best", "low", "high"), ("high", "best", "low"))
        return np.stack([self.first_known(outcome, *order) for order in orders], axis=1)


class Numbers(Table):
    """A number as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.number: Growing[np.float64] = Growing(np.float64)
        self.code("0")

    def take_in(self, code: int, text: str) -> None:
        self.number.append(float(text))


class Tables:
    """All distinct values, by the name of their column."""

    def __init__(self) -> None:
        self.kind, self.when, self.region, self.spot, self.cast = Kinds(), Whens(), Regions(), Spots(), Casts()
        self.source, self.claimant, self.toll, self.confidence = Lists(), Lists(), Tolls(), Numbers()
        self.waits = Lists()  # why it waits in the review queue

    def __getitem__(self, name: str) -> Table:
        table: Table = getattr(self, name)
        return table


COLUMNS = ("kind", "when", "region", "spot", "cast", "source", "claimant", "toll", "confidence", "waits")

__all__ = ["COLUMNS", "NONE", "NO_DAY", "Codes", "Names", "Sets", "Table", "Tables"]
