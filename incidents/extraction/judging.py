"""Weighs every happening of an article: how sure it is one, and whether it is history."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from incidents.extraction.act_words import act_words
from incidents.extraction.background import is_background, is_court_report
from incidents.extraction.clauses import asks, asserts
from incidents.extraction.clusters import Cluster
from incidents.extraction.cues import word_lists
from incidents.extraction.mentions import Mention, setting_shares
from incidents.extraction.relevance import probability, words_say
from incidents.extraction.signs import NATURE, cluster_signs, document_signs
from incidents.extraction.tokens import Reading

ACCIDENT: Final = 0.3  # of the confidence left
SUPPOSED: Final = 0.4  # likewise, where every mention is denied, supposed or wished for
CORE: Final = frozenset(("violence", "taking", "arson", "robbery", "sexual_violence"))
DOERS: Final = frozenset(("perpetrator", "security_force"))
OWN_OUTCOMES: Final = {
    "operation": ("captured",),
    "recapture": ("recaptured",),
    "escape": ("escaped",),
    "release": ("released",),
    "displacement": ("displaced",),
    "unrest": ("participants", "killed", "wounded"),
}
OWN_DOERS: Final = {  # people march and block roads, governments declare curfews
    "unrest": frozenset((*DOERS, "civilian")),
    "curfew": frozenset((*DOERS, "civilian", "name", "")),
}
STOPS: Final = frozenset(("station", "stop", "terminal", "depot", "park"))
HARMFUL: Final = frozenset(("violence", "arson", "displacement", "deployment"))
HARM: Final = frozenset(("casualties", "bombing", "displacement", "deployment"))
DEEDS: Final = act_words("explosions_set_off")
ARMED: Final = act_words("armed")
WORKS: Final = act_words("works")
CAPTIVITY: Final = act_words("captivity")


@dataclass(frozen=True, slots=True)
class Judged:
    """A happening with how sure it is that it is a reported incident, and whether it is history."""

    cluster: Cluster
    confidence: float
    background: bool

    @property
    def is_core(self) -> bool:
        """Whether it is of the kinds whose relevance was learned from labelled news."""
        return self.cluster.kind in CORE

    @property
    def is_told_early(self) -> bool:
        """Whether headline or lead assert it."""
        return any(mention.sentence.depth == 0 for mention in self.cluster.mentions if asserts(mention))

    @property
    def is_counted(self) -> bool:
        """Whether a sentence that asserts the act says how many it killed."""
        counted = {count.sentence for count in self.cluster.counts if count.count.outcome == "killed"}
        return any(mention.sentence.index in counted and asserts(mention) for mention in self.cluster.mentions)

    @property
    def is_dated_history(self) -> bool:
        """Whether it is history with a stated date, somebody's act, and a number of dead: an anniversary's, a trial's."""
        if not self.background or self.cluster.date is None or is_accident(self.cluster):
            return False
        told = any(
            (mention.type != "casualties" or mention.agent_kind in DOERS or _is_by_somebody(mention))
            and mention.reality.real
            and mention.trigger.act.strength in ("strong", "plain")
            for mention in self.cluster.mentions
        )
        return told and any(count.count.outcome == "killed" and count.count.best for count in self.cluster.counts)

    @property
    def is_told_fully(self) -> bool:
        """Whether a finite verb of its own says who did it to whom, or how many people it touched."""
        own, doers = OWN_OUTCOMES.get(self.cluster.kind, ()), OWN_DOERS.get(self.cluster.kind, DOERS)
        counted = {count.sentence for count in self.cluster.counts if count.count.outcome in own}
        return any(
            mention.sentence.index in counted
            or (
                mention.trigger.act.patient == mention.patient_kind == "security_force" and mention.sentence.depth == 0
            )  # troops sent
            or _is_of_held_person(mention)
            or (
                (mention.parties.patient is not None or " " in mention.trigger.act.name)
                and ((mention.agent_kind in doers and not _is_one_marcher(mention)) or bool(mention.groups) or asks(mention))
            )
            for mention in self.cluster.mentions
            if asserts(mention)
        )


def signs_of(reading: Reading, clusters: list[Cluster]) -> list[set[str]]:
    """Return the signs of each happening of a document."""
    common = document_signs(reading, setting_shares(reading), len(clusters))
    return [cluster_signs(cluster, reading.document.published).union(common) for cluster in clusters]


def judge(reading: Reading, clusters: list[Cluster]) -> list[Judged]:
    """Return every happening with its confidence, in the order given."""
    published = reading.document.published
    in_court = is_court_report(reading)
    said = words_say(reading) if clusters else 0.0
    return [
        Judged(
            cluster,
            probability(signs, said if cluster.kind in CORE else 0.0)
            * (ACCIDENT if is_accident(cluster) else 1)
            * (1 if _is_real(cluster) else SUPPOSED),
            is_background(cluster, published, in_court=in_court),
        )
        for cluster, signs in zip(clusters, signs_of(reading, clusters), strict=True)
    ]


def _is_of_held_person(mention: Mention) -> bool:
    """Whether somebody is let go who was held: "a teacher held in Niger since March was released"."""
    who = mention.agent_kind if mention.trigger.act.agent == "captive" else mention.patient_kind
    person = who in ("civilian", "captive", "security_force")
    return mention.type == "release" and person and not CAPTIVITY.isdisjoint(mention.sentence.lowers)


def _is_by_somebody(mention: Mention) -> bool:
    agent = mention.parties.agent
    return mention.trigger.voice == "passive" and agent is not None and mention.agent_kind == "civilian"


def _is_one_marcher(mention: Mention) -> bool:
    """Whether a single person protests, who only says so: "the director protested the decision"."""
    agent = mention.parties.agent
    alone = agent is not None and mention.sentence.tokens[agent.head].tag in ("NN", "NNP") and mention.agent_kind == "civilian"
    return alone and mention.type == "protest"


def _is_real(cluster: Cluster) -> bool:
    return any(mention.reality.real for mention in cluster.mentions)


def is_accident(cluster: Cluster) -> bool:
    """Whether people came to harm without anyone doing it: nothing but a toll, or a blast, in the words of an accident."""
    if cluster.kind not in HARMFUL:
        return False
    acts = [mention for mention in cluster.mentions if mention.trigger.act.strength not in ("support", "weak")]
    if any(mention.type not in HARM or mention.trigger.act.name in DEEDS for mention in acts):
        return False
    done = [mention for mention in acts if mention.trigger.act.agent != "unknown"]  # police who find bodies did nothing to them
    if any(mention.agent_kind in ("perpetrator", "security_force") or mention.groups for mention in done):
        return False
    lowers = {word for mention in cluster.mentions for word in _words_said(mention)}
    at_work = "explosion" in lowers and bool(lowers & WORKS)
    return bool(at_work or lowers & NATURE or lowers & word_lists("settings")["accident"]) and not lowers & ARMED


def _words_said(mention: Mention) -> Iterator[str]:
    """The words of a mention's sentence, without those that only name a place: "bus" of "bus station"."""
    words = mention.sentence.lowers
    return (word for word, after in zip(words, [*words[1:], ""], strict=True) if after not in STOPS)
