"""The mentions of one happening, which kinds of act may be one, and when days and places exclude each other."""

from bisect import insort
from dataclasses import dataclass, field
from typing import Final

from incidents.extraction.clauses import asserts, is_aside
from incidents.extraction.counts import CountMention
from incidents.extraction.mentions import Mention
from incidents.extraction.values import DateValue, PlaceValue

# Acts that may be one happening under several names.
MEMBERS: Final = {
    "violence": (
        "attack", "armed_clash", "shooting", "bombing", "suicide_bombing", "shelling", "air_strike", "drone_strike",
        "assassination", "execution", "chemical_attack", "casualties",
    ),
    "taking": ("kidnapping", "hostage_taking"),
    "operation": ("arrest", "raid", "weapons_seizure"),
    "unrest": ("protest", "riot"),
}  # fmt: skip
KINDS: Final = {member: kind for kind, members in MEMBERS.items() for member in members}
STRENGTH: Final = {"strong": 3.0, "plain": 2.0, "weak": 1.0, "support": 0.5}
TITLE: Final = 2.5
PLACES: Final = ((1, 2.5), (2, 2.0), (5, 1.4))  # up to this sentence of the document, this weight
ATTRIBUTE: Final = 0.4  # "22 kidnapped pupils" is told of something else
COARSE: Final = ("country", "area", "adm1", "none")


@dataclass(slots=True)
class Cluster:
    """The mentions of one happening, in text order."""

    kind: str  # the class of acts all its mentions belong to
    mentions: list[Mention] = field(default_factory=list)
    counts: list[CountMention] = field(default_factory=list)
    settled_date: DateValue | None = None
    settled_place: PlaceValue | None = None

    _looked_at: int = 0  # mentions whose day and place are in the next five
    _date: DateValue | None = None
    _aside: DateValue | None = None  # a month or year of which only an aside speaks
    _asserted: bool = False
    _place: PlaceValue | None = None
    _fine_places: dict[str, PlaceValue] = field(default_factory=dict)

    @property
    def date(self) -> DateValue | None:
        """The first stated date; a month that an aside gives ("her husband, who was arrested in May") where all are asides."""
        self._look()
        return self._date or (None if self._asserted else self._aside)

    @property
    def place(self) -> PlaceValue | None:
        """The first place that is finer than a country, else the first."""
        self._look()
        return next(iter(self._fine_places.values()), self._place)

    def is_elsewhere(self, place: PlaceValue | None) -> bool:
        """Whether a place excludes every place that the happening is told of at, its lead's as well as its headline's."""
        self._look()
        return all(places_apart(place, own) for own in self._fine_places.values() or (self._place,))

    def insert(self, mention: Mention) -> None:
        """Add a mention at its place in the text."""
        insort(self.mentions, mention, key=position_of)
        if mention.date or mention.place:
            self._forget()
        elif self._looked_at:
            self._looked_at += 1

    def give(self, moved: list[Mention], to: "Cluster") -> None:
        """Move some of the mentions to another happening."""
        gone = set(map(id, moved))
        self.mentions = [mention for mention in self.mentions if id(mention) not in gone]
        to.mentions = sorted([*to.mentions, *moved], key=position_of)
        for cluster in (self, to):
            cluster._forget()

    def _forget(self) -> None:
        self._looked_at, self._date, self._place, self._fine_places = 0, None, None, {}
        self._aside, self._asserted = None, False

    def _look(self) -> None:
        """Look at the mentions added since the last time, so that a long text costs no more a mention than a short one."""
        for mention in self.mentions[self._looked_at :]:
            self._asserted = self._asserted or asserts(mention)
            if self._date is None and mention.date and mention.date.basis != "published":
                if is_close(mention.date) or not is_aside(mention):
                    self._date = mention.date
                else:
                    self._aside = self._aside or mention.date
            if mention.place:
                self._place = self._place or mention.place
                if is_fine(mention.place):
                    self._fine_places.setdefault(mention.place.name, mention.place)
        self._looked_at = len(self.mentions)


def position_of(mention: Mention) -> tuple[int, int]:
    """Return where a mention stands: its sentence, and its first token there."""
    return mention.sentence.index, mention.first


def kind_of(mention: Mention) -> str:
    """Return the class of acts that may be one happening with this one."""
    return KINDS.get(mention.type, mention.type)


def weight_of(mention: Mention) -> float:
    """Return how much a mention says about what the article is about: its strength, more in the headline and the lead."""
    sentence = mention.sentence
    place = TITLE if sentence.in_title else next((weight for last, weight in PLACES if sentence.index <= last), 1.0)
    return (
        STRENGTH[mention.trigger.act.strength]
        * place
        * (0.3 if mention.background_cue else 1.0)
        * (1.0 if mention.reality.real else 0.3)
        * (ATTRIBUTE if mention.trigger.voice == "adjective" else 1.0)
    )


def is_close(date: DateValue | None) -> bool:
    """Whether a day is known to within some days."""
    return date is not None and date.precision in ("time", "day", "days")


def dates_apart(one: DateValue | None, other: DateValue | None) -> bool:
    """Whether two stated dates exclude each other."""
    if one is None or other is None or "published" in (one.basis, other.basis):
        return False
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return bool(one.month_day and other.month_day and one.month_day != other.month_day)
    return one.earliest > other.latest or other.earliest > one.latest


def places_apart(one: PlaceValue | None, other: PlaceValue | None) -> bool:
    """Whether two places exclude each other: different countries, or two different fine places of one country."""
    if one is None or other is None:
        return False
    if one.place_id == other.place_id:
        return is_fine(one) and is_fine(other) and "," in one.name and "," in other.name and _own(one) != _own(other)
    if one.country and other.country and one.country != other.country:
        return True
    if is_fine(one) and is_fine(other):
        unlisted = "adm1" in (one.precision, other.precision)
        return one.name != other.name and not _contains(one, other) and (unlisted or _far(one, other))
    if _is_in_province(one) and _is_in_province(other):  # a town, and another province
        return one.admin1 != other.admin1 if one.admin1 and other.admin1 else one.precision == other.precision
    return False


def _is_in_province(place: PlaceValue) -> bool:
    return place.precision == "adm1" or is_fine(place)


def is_fine(place: PlaceValue) -> bool:
    """Whether it is finer than a province: by the gazetteer, or by a name that it lacks ("San Ramon, Usulutan Department")."""
    return place.precision not in COARSE or (place.precision == "adm1" and "," in place.name)


def _own(place: PlaceValue) -> str:
    return place.name.partition(",")[0]


def _contains(one: PlaceValue, other: PlaceValue) -> bool:
    return "adm2" in (one.precision, other.precision) and one.admin1 == other.admin1


def _far(one: PlaceValue, other: PlaceValue) -> bool:
    if one.lat is None or other.lat is None or one.lon is None or other.lon is None:
        return False
    return abs(one.lat - other.lat) + abs(one.lon - other.lon) > 0.3
