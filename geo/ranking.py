"""Which of the places of one name a text means: all names of a document are resolved together. Pure.

What counts, in this order of force: a containing place named in the same phrase ("Paris, Texas"), what kind of place the
words around say ("Helmand province"), how well known the place is and how much the name is its own, countries and provinces
named anywhere in the text or pointed to by adjectives, and nearness to the other places of the text. One name has one sense
in a text unless its phrases say otherwise. The weights were set by hand.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log10, sqrt
from typing import Final, NamedTuple

from geo.distance import roughly_kilometres
from geo.index import PlaceIndex
from geo.names import fold
from geo.records import PlaceKind, PlaceRecord

KIND_WORTH: Final[dict[str, float]] = {
    "country": 2.2, "continent": 2.2, "sea": 1.6, "adm1": 0.9, "area": 0.9, "settlement": 0.65, "site": 0.3, "adm2": -0.45,
}  # fmt: skip
FAME: Final = 0.8  # for a tenfold population
CAPITAL: Final = 1.4
NAMESAKE_INSIDE: Final = 0.4  # how far a province stays behind the city of its name in it, unless a province is said
COUNTRY: Final = 1.1
PROVINCE: Final = 1.0
NEAR: Final = 1.2
STATED_KIND: Final = 2.5
MOST_SUPPORT: Final = 2.4
NAME_OF_ITS_OWN: Final = 0.5
DIVISIONS: Final = ("adm1", "adm2")
LARGE_PART: Final = 0.2  # of its people that the city of a province's name must hold to be meant before the province
MOST_CANDIDATES: Final = 30
PASSES: Final = 3
SURE: Final = 5.0
SOUNDS_LIKE: Final = 0.6  # what a name that only sounds like the one in the text is worth of it
STRAY_BELOW: Final = 150_000  # people
NAMED_ABOUT: Final = 0.6  # what it must gather for a name that only sounds like one of its places
ABOUT: Final = 2.2  # what a country must gather for a text to be about it
ACTING: Final = 0.5  # what points to a country that acts
HOME: Final = 0.3  # what must point to the country of a town's part, and what is taken from one abroad
ELSEWHERE: Final = 50.0
FAR_BEHIND: Final = 0.8  # a tenfold population
CLOSE_KM: Final = 60.0
SAME_AREA_KM: Final = 160.0
SAME_AREA_DEGREES: Final = 1.45  # of latitude
OUT_OF_REACH: Final = 7.5  # behind the best by itself: more than the company of other names can make up


@dataclass(frozen=True, slots=True)
class Query:
    """One mention. `within` is the name, or the id, of the place said to contain it, `kinds` what the words around allow."""

    name: str
    within: str | None = None
    kinds: frozenset[PlaceKind] | None = None
    acts: bool = False  # said to act, perhaps elsewhere: "a U.S. drone"
    local: bool = False  # a part of a town, and so in a country that the text points to otherwise: "the San Jose neighborhood"


@dataclass(frozen=True, slots=True)
class Ranking:
    """The place chosen, None where the gazetteer knows none, and the best others by id with their scores."""

    place: PlaceRecord | None
    score: float = 0.0
    margin: float = 0.0  # over the next best; how sure the choice is
    others: tuple[tuple[str, float], ...] = ()


class Sketch(NamedTuple):
    """What ranking needs to know of a place."""

    record: PlaceRecord
    country: str | None
    province: tuple[str | None, str | None]
    fame: float


Sense = tuple[str, str | None, frozenset[PlaceKind] | None]  # folded name, folded name of the container, kinds
NOTHING: Final = Ranking(None)


class Group:
    """All mentions of one name in one sense."""

    __slots__ = ("acting", "base", "best", "candidates", "count", "local", "margin", "scores", "sounded")

    def __init__(
        self, candidates: list[Sketch], base: list[float], count: int, *, sounded: bool = False, acting: int = 0
    ) -> None:
        self.sounded, self.acting, self.local = sounded, acting, False
        self.candidates, self.base, self.count = candidates, base, count
        self.scores = base
        self.pick()

    def pick(self) -> None:
        """Take the best candidate by the scores as they are."""
        best = max(self.scores)
        self.best = self.scores.index(best)
        rivals = self.scores[: self.best] + self.scores[self.best + 1 :]
        self.margin = best - max(rivals) if rivals else 3.0

    @property
    def is_abroad(self) -> bool:
        """Whether a town's part has no candidate in a country that the text points to."""
        return self.scores[self.best] < -ELSEWHERE / 2

    @property
    def choice(self) -> Sketch:
        """The candidate chosen so far."""
        return self.candidates[self.best]


class Support:
    """What the places chosen so far say for countries, provinces and neighbourhoods."""

    def __init__(self, groups: Iterable[Group], hints: Mapping[str, float], weak: Mapping[str, float] | None = None) -> None:
        self.weak: dict[str | None, float] = defaultdict(float)
        self.weak.update(weak or {})
        self.country: dict[str | None, float] = defaultdict(float)
        self.country.update(hints)
        self.province: dict[tuple[str | None, str | None], float] = defaultdict(float)
        self.points: list[tuple[Group, PlaceRecord]] = []
        for group in groups:
            if group.acting and group.choice.record.kind == "country":
                self.weak[group.choice.country] += ACTING * sqrt(group.acting)
            country, province = self.given(group)
            self.country[group.choice.country] += country
            self.province[group.choice.province] += province
            record = group.choice.record
            if record.kind in ("settlement", "site", "adm2") or (record.radius_km or 999) < SAME_AREA_KM:
                self.points.append((group, record))

    @staticmethod
    def given(group: Group) -> tuple[float, float]:
        """What one group's choice is worth as evidence for its country and its province."""
        kind = group.choice.record.kind
        sure = min(1.0, max(0.25, group.margin))
        often = sqrt(min(group.count, 9))
        if kind == "country":
            return 1.2 * sqrt(min(group.count - group.acting, 9)) * sure, 0.0
        return 0.6 * often * sure, (1.3 if kind == "adm1" else 0.6) * often * sure

    def scores(self, group: Group) -> list[float]:
        """Return the scores of a group's candidates with what the other groups say for each."""
        own_country, own_province = self.given(group)
        chosen = group.choice
        least = max(group.base) - FAR_BEHIND
        at_home = group.local and any(
            weight - (own_country if code == chosen.country else 0.0) >= HOME for code, weight in self.country.items() if code
        )
        scores = []
        for candidate, score in zip(group.candidates, group.base, strict=True):
            if candidate.country:
                country = self.country.get(candidate.country, 0.0) - (own_country if candidate.country == chosen.country else 0.0)
                country += self.weak.get(candidate.country, 0.0) if score >= least else 0.0
                score += COUNTRY * min(MOST_SUPPORT, max(0.0, country))
                if at_home and (country < HOME or self.is_apart(group, candidate)):
                    score -= ELSEWHERE
                if candidate.province[1]:
                    province = self.province.get(candidate.province, 0.0)
                    province -= own_province if candidate.province == chosen.province else 0.0
                    score += PROVINCE * min(MOST_SUPPORT, max(0.0, province))
            scores.append(score + NEAR * self.nearness(group, candidate.record))
        return scores

    def is_stray(self, group: Group) -> bool:
        """Whether a little-known place lies in a country that nothing else in a text about another country points to."""
        sketch = group.choice
        if group.sounded:
            return self.country[sketch.country] - self.given(group)[0] < NAMED_ABOUT
        if sketch.record.kind in ("country", "continent", "sea", "area", "adm1") or sketch.record.population > STRAY_BELOW:
            return False
        pointed = self.country[sketch.country] + self.weak.get(sketch.country, 0.0)
        return pointed - self.given(group)[0] < 0.1 and max(self.country.values()) >= ABOUT

    def is_apart(self, group: Group, candidate: Sketch) -> bool:
        """Whether a little-known place is far from all towns that the text names in its country."""
        record = candidate.record
        if record.population > STRAY_BELOW or self.nearness(group, record):
            return False
        towns = (point for other, point in self.points if other is not group and point.kind == "settlement")
        return any(town.country == candidate.country for town in towns)

    def nearness(self, group: Group, record: PlaceRecord) -> float:
        """Return how close the other places of the text are, 0 to 2."""
        if record.kind in ("country", "continent", "sea"):
            return 0.0
        total, lat = 0.0, record.lat
        for other, point in self.points:
            if -SAME_AREA_DEGREES < point.lat - lat < SAME_AREA_DEGREES and other is not group:
                distance = roughly_kilometres(lat, record.lon, point.lat, point.lon)
                total += 0.7 if distance < CLOSE_KM else 0.35 if distance < SAME_AREA_KM else 0.0
        return min(total, 2.0)


def resolve(
    index: PlaceIndex,
    queries: Sequence[Query],
    hints: Mapping[str, float] | None = None,
    known: Sequence[PlaceRecord] = (),
    weak: Mapping[str, float] | None = None,
) -> list[Ranking]:
    """Return a Ranking for each query.

    `hints` are countries by code with the weight of what points to them; `known` are places of the text that need no
    ranking ("Ky.", "D.C.") and only tell of the others. `weak` are countries that may act abroad ("a U.S. drone"): they decide
    between places that are about as well known, and draw no name away from one that is far better known.
    """
    senses = _senses(queries)
    counts: dict[Sense, int] = defaultdict(int)
    acting: dict[Sense, int] = defaultdict(int)
    local: dict[Sense, bool] = defaultdict(lambda: True)
    for sense, query in zip(senses, queries, strict=True):
        counts[sense] += 1
        acting[sense] += query.acts
        local[sense] &= query.local
    groups: dict[Sense, Group] = {}
    for sense, count in counts.items():
        candidates, base = _meanings(index, sense)
        if candidates:
            groups[sense] = Group(candidates, base, count, sounded=not index.knows(sense[0]), acting=acting[sense])
            groups[sense].local = local[sense]
    fixed = [Group([sketch(record)], [SURE], 1) for record in known]
    asked = len(groups) + len(fixed) > 1 or hints or weak or any(local.values())
    for _ in range(PASSES if asked else 0):
        support = Support([*groups.values(), *fixed], hints or {}, weak)
        for group in groups.values():
            if len(group.candidates) > 1 or group.local:
                group.scores = support.scores(group)
        for group in groups.values():
            group.pick()
    evidence = Support([*groups.values(), *fixed], hints or {}, weak)
    made = {
        sense: NOTHING
        if group.is_abroad or (evidence.is_stray(group) and not _is_inside(index, sense[1], group))
        else _ranking(group)
        for sense, group in groups.items()
    }
    return [made.get(sense, NOTHING) for sense in senses]


def _is_inside(index: PlaceIndex, within: str | None, group: Group) -> bool:
    """Whether the place chosen lies in the country, at least, of what is said to contain it."""
    return within is not None and any(box.country == group.choice.country for box in _containers(index, within))


def _containers(index: PlaceIndex, within: str) -> list[PlaceRecord]:
    """What a container's name or id may mean."""
    stated = index.get(within)
    return [stated] if stated else [index.record(match.place) for match in index.matches(within)[:6]]


def _senses(queries: Sequence[Query]) -> list[Sense]:
    """The sense of each query: a name said once to lie somewhere lies there whenever nothing else is said."""
    stated: dict[str, str] = {}
    for query in queries:
        if query.within:
            stated.setdefault(fold(query.name), _container_key(query.within))
    senses: list[Sense] = []
    for query in queries:
        key = fold(query.name)
        senses.append((key, _container_key(query.within) if query.within else stated.get(key), query.kinds))
    return senses


def _container_key(within: str) -> str:
    return within if ":" in within else fold(within)


@lru_cache(maxsize=20_000)
def _meanings(index: PlaceIndex, sense: Sense) -> tuple[list[Sketch], list[float]]:
    """The places that a name can mean in one sense, with the score of each by itself."""
    candidates = _candidates(index, sense[0], sense[1])
    base = _base(index, candidates, sense[2])
    least = max(base, default=0.0) - OUT_OF_REACH
    kept = [n for n, score in enumerate(base) if score >= least]
    return [candidates[n][0] for n in kept], [base[n] for n in kept]


def _candidates(index: PlaceIndex, key: str, within: str | None) -> list[tuple[Sketch, float]]:
    matches = index.matches(key) or tuple(match._replace(weight=match.weight * SOUNDS_LIKE) for match in index.sounding_like(key))
    if within and len(matches) > 1:
        containers = _containers(index, within)
        countries = {box.country for box in containers}
        inside = [m for m in matches if any(contains(box, index.record(m.place)) for box in containers)]
        matches = tuple(inside) or tuple(m for m in matches if index.record(m.place).country in countries) or matches
    return [(sketch(index.record(match.place)), match.weight) for match in matches[:MOST_CANDIDATES]]


def contains(box: PlaceRecord, record: PlaceRecord) -> bool:
    """Whether `record` lies in `box`, by country and division where they are known, else by distance."""
    if box.id == record.id:
        return False
    if box.kind == "country":
        return box.country == record.country
    if box.kind == "adm1":
        return box.country == record.country and box.admin1 == record.admin1 and record.kind != "adm1"
    if box.kind == "adm2" and record.admin2 and box.admin2 == record.admin2 and box.admin1 == record.admin1:
        return True
    return roughly_kilometres(box.lat, box.lon, record.lat, record.lon) <= (box.radius_km or 10.0) + 15.0


@lru_cache(maxsize=20_000)
def sketch(record: PlaceRecord) -> Sketch:
    """Return the part of a record that ranking works with."""
    return Sketch(record, record.country, (record.country, record.admin1), FAME * log10(record.population + 10))


def _base(index: PlaceIndex, candidates: list[tuple[Sketch, float]], kinds: frozenset[PlaceKind] | None) -> list[float]:
    """Score each candidate by itself: fame, how much the name is its own, kind."""
    scores = []
    cities: dict[tuple[str | None, str | None], tuple[float, int]] = {}
    for candidate, weight in candidates:
        record = candidate.record
        score = weight * candidate.fame + KIND_WORTH[record.kind] - 1.5 * (1.0 - weight)
        if record.id in index.capitals:
            score += CAPITAL
        if kinds and record.kind in kinds:
            score += STATED_KIND
        if record.kind == "settlement" and weight >= NAME_OF_ITS_OWN:
            cities[candidate.province] = max(cities.get(candidate.province, (0.0, 0)), (score, record.population))
        scores.append(score)
    if not kinds:
        for number, (candidate, _) in enumerate(candidates):
            score, people = cities.get(candidate.province, (0.0, 0))
            if candidate.record.kind in DIVISIONS and people >= LARGE_PART * candidate.record.population:
                scores[number] = min(scores[number], score - NAMESAKE_INSIDE)
    return scores


def _ranking(group: Group) -> Ranking:
    order = sorted(range(len(group.scores)), key=lambda n: (-group.scores[n], n))
    others = tuple((group.candidates[n].record.id, round(group.scores[n], 2)) for n in order if n != group.best)[:5]
    return Ranking(group.choice.record, round(group.scores[group.best], 2), round(group.margin, 2), others)
