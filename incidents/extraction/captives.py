"""Makes one happening of a kidnapping and the killing of who was kidnapped.

The worst a captive suffers belongs to the kidnapping: in GTD's codebook one that ends in death stays a kidnapping, with its dead.
"""

from incidents.extraction.clusters import Cluster
from incidents.extraction.mentions import Mention
from incidents.extraction.parties import PRONOUNS, Party
from incidents.extraction.person_names import is_one_name, name_words

KILLINGS = frozenset(("casualties", "assassination", "execution", "shooting", "attack"))
DEADLY = frozenset(
    (
        "kill", "murder", "execute", "assassinate", "slay", "assassination", "execution", "killing",
        "shoot to death", "shoot * dead", "shoot and kill", "gun down", "beat to death", "find * dead",
    )
)  # fmt: skip


def with_killed_captives(found: list[Cluster]) -> list[Cluster]:
    """Move what is told of a captive's death to the kidnapping, all of it where nobody else's death is told with it."""
    for taking in [cluster for cluster in found if cluster.kind == "taking"]:
        for other in [cluster for cluster in found if cluster.kind == "violence"]:
            shared = [mention for mention in other.mentions if _is_of_captive(mention, taking)]
            if shared:
                _move(_told_with(shared, other), other, taking)
    return [cluster for cluster in found if cluster.mentions]


def _told_with(shared: list[Mention], other: Cluster) -> list[Mention]:
    """The mentions that go with those of the captive: all, or those of the same sentences where others suffer too."""
    victims = [mention for mention in other.mentions if _victim_name(mention) and mention not in shared]
    if not victims and not any(mention.weapons for mention in other.mentions if mention not in shared):
        return list(other.mentions)
    sentences = {mention.sentence.index for mention in shared} - {mention.sentence.index for mention in victims}
    return [mention for mention in other.mentions if mention in shared or mention.sentence.index in sentences]


def _move(moved: list[Mention], other: Cluster, taking: Cluster) -> None:
    """Give the mentions to the kidnapping; the captive is found dead on another day, in another place."""
    for mention in moved:
        mention.date = None if taking.date else mention.date
        mention.place = None if taking.place else mention.place
    other.give(moved, taking)


def _is_of_captive(mention: Mention, taking: Cluster) -> bool:
    """Whether a mention tells the death of one who was kidnapped."""
    if mention.type not in KILLINGS or mention.trigger.voice == "adjective" or not mention.reality.real:
        return False
    return any(_are_one_victim(mention, other) for other in taking.mentions if other.reality.real)


def _are_one_victim(killing: Mention, taking: Mention) -> bool:
    """By the same words of one sentence, by a pronoun in it or right after it, or by name."""
    one, other = killing.parties.patient, taking.parties.patient
    apart = killing.sentence.index - taking.sentence.index
    deadly = killing.trigger.act.name in DEADLY
    if apart == 0 and deadly and _is_pronoun(taking, other):  # "was shot dead after he was kidnapped"
        return one is not None or killing.trigger.voice == "passive"
    if other is not None and apart == 0 and other.first <= killing.first < other.last:  # "the death of four men kidnapped"
        return True
    if one is None or other is None:
        return False
    if (apart == 0 and one.head == other.head) or (deadly and apart in (0, 1) and _is_pronoun(killing, one)):
        return True
    names = _name(killing, one), _name(taking, other)
    return apart != 0 and all(names) and is_one_name(*names)


def _victim_name(mention: Mention) -> list[str]:
    return _name(mention, mention.parties.patient) if mention.parties.patient and mention.type in KILLINGS else []


def _name(mention: Mention, party: Party) -> list[str]:
    tokens = mention.sentence.tokens[party.first : party.last]
    return name_words(" ".join(token.text for token in tokens if token.tag[:3] == "NNP"))


def _is_pronoun(mention: Mention, party: Party | None) -> bool:
    return party is not None and mention.sentence.tokens[party.head].tag in PRONOUNS
