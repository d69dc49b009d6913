"""Makes one happening of a kidnapping and the killing of who was kidnapped.

The worst a captive suffers belongs to the kidnapping: in GTD's codebook one that ends in death stays a kidnapping, with its dead.
"""

from typing import Final

from incidents.extraction.clusters import Cluster
from incidents.extraction.mentions import Mention
from incidents.extraction.parties import PRONOUNS, Party
from incidents.extraction.person_names import is_one_name, name_words

KILLINGS: Final = frozenset(("casualties", "assassination", "execution", "shooting", "attack"))
DEADLY: Final = frozenset(
    (
        "kill", "murder", "execute", "assassinate", "slay", "assassination", "execution", "killing",
        "shoot to death", "shoot * dead", "shoot and kill", "gun down", "beat to death", "find * dead",
    )
)  # fmt: skip


class _Captives:
    """Whom a kidnapping's mentions name, by sentence and by each word of a name, so that a long text costs no more a mention."""

    def __init__(self, taking: Cluster) -> None:
        self.told: dict[int, list[Mention]] = {}
        self.named: dict[str, dict[tuple[str, ...], set[int]]] = {}
        for mention in taking.mentions:
            if mention.reality.real:
                self.told.setdefault(mention.sentence.index, []).append(mention)
                name = tuple(_victim_name(mention))
                for word in name:
                    self.named.setdefault(word, {}).setdefault(name, set()).add(mention.sentence.index)

    def include(self, killing: Mention) -> bool:
        """Whether a mention tells the death of one of them: by the same words, by a pronoun in or after them, or by name."""
        if killing.type not in KILLINGS or killing.trigger.voice == "adjective" or not killing.reality.real:
            return False
        here = killing.sentence.index
        if any(_are_one_victim(killing, taking) for taking in self.told.get(here, ())):
            return True
        patient, deadly = killing.parties.patient, killing.trigger.act.name in DEADLY
        if deadly and _is_pronoun(killing, patient) and any(taking.parties.patient for taking in self.told.get(here - 1, ())):
            return True
        name = _victim_name(killing)
        known = (pair for word in name for pair in self.named.get(word, {}).items())
        return any(is_one_name(name, other) and not told <= {here} for other, told in known)


def with_killed_captives(found: list[Cluster]) -> list[Cluster]:
    """Move what is told of a captive's death to the kidnapping, all of it where nobody else's death is told with it."""
    for taking in [cluster for cluster in found if cluster.kind == "taking"]:
        captives = _Captives(taking)
        for other in [cluster for cluster in found if cluster.kind == "violence"]:
            if moved := _told_with(captives, other):
                _move(moved, other, taking)
    return [cluster for cluster in found if cluster.mentions]


def _told_with(captives: _Captives, other: Cluster) -> list[Mention]:
    """The mentions that go with those of the captive: all, or those of the same sentences where others suffer too."""
    parted = [(mention, captives.include(mention)) for mention in other.mentions]
    shared = {mention.sentence.index for mention, is_captives in parted if is_captives}
    rest = [mention for mention, is_captives in parted if not is_captives]
    victims = {mention.sentence.index for mention in rest if mention.type in KILLINGS and _victim_name(mention)}
    if not shared or not (victims or any(mention.weapons for mention in rest)):
        return list(other.mentions) if shared else []
    alone = shared - victims
    return [mention for mention, is_captives in parted if is_captives or mention.sentence.index in alone]


def _move(moved: list[Mention], other: Cluster, taking: Cluster) -> None:
    """Give the mentions to the kidnapping; the captive is found dead on another day, in another place."""
    for mention in moved:
        mention.date = None if taking.date else mention.date
        mention.place = None if taking.place else mention.place
    other.give(moved, taking)


def _are_one_victim(killing: Mention, taking: Mention) -> bool:
    """Whether two acts of one sentence have one victim: by the same words, or by a pronoun."""
    one, other = killing.parties.patient, taking.parties.patient
    deadly = killing.trigger.act.name in DEADLY
    if deadly and _is_pronoun(taking, other):  # "was shot dead after he was kidnapped"
        return one is not None or killing.trigger.voice == "passive"
    if other is not None and other.first <= killing.first < other.last:  # "the death of four men kidnapped"
        return True
    return one is not None and other is not None and (one.head == other.head or (deadly and _is_pronoun(killing, one)))


def _victim_name(mention: Mention) -> list[str]:
    return _name(mention, mention.parties.patient) if mention.parties.patient else []


def _name(mention: Mention, party: Party) -> list[str]:
    tokens = mention.sentence.tokens[party.first : party.last]
    return name_words(" ".join(token.text for token in tokens if token.tag[:3] == "NNP"))


def _is_pronoun(mention: Mention, party: Party | None) -> bool:
    return party is not None and mention.sentence.tokens[party.head].tag in PRONOUNS
