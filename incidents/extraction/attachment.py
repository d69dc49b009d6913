"""Gives every count to the happening it belongs to: the one of its sentence that fits its outcome, else the last one told of."""

from typing import Final

from incidents.extraction.clauses import is_told
from incidents.extraction.clusters import Cluster, dates_apart
from incidents.extraction.counts import CountMention
from incidents.extraction.mentions import Mention

# What each class of acts counts; the first class that the article tells of takes a count that no sentence of its own claims.
OUTCOME_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "killed": ("violence", "arson", "robbery", "sexual_violence", "unrest", "operation", "taking", "escape", "territory_change"),
    "wounded": ("violence", "arson", "robbery", "sexual_violence", "unrest", "operation", "taking", "escape", "territory_change"),
    "missing": ("violence", "taking", "displacement", "unrest"),
    "abducted": ("taking", "robbery", "violence"),
    "captured": ("operation", "violence", "unrest", "taking", "territory_change", "escape"),
    "recaptured": ("recapture", "escape", "operation"),
    "escaped": ("escape", "violence", "recapture", "release"),
    "released": ("release", "taking", "operation"),
    "displaced": ("displacement", "violence", "unrest", "territory_change"),
    "participants": ("unrest",),
}
NEAR_SENTENCES: Final = 3
MANY: Final = 5
Told = dict[int, list[tuple[Mention, Cluster]]]  # by sentence


def attach(clusters: list[Cluster], counts: list[CountMention]) -> None:
    """Add each count to the cluster it belongs to; one that fits none is left out."""
    told: Told = {}
    for cluster in clusters:
        for mention in cluster.mentions:
            told.setdefault(mention.sentence.index, []).append((mention, cluster))
    for count in counts:
        home = _home(clusters, told, count)
        if home is not None:
            home.counts.append(count)


def _home(clusters: list[Cluster], told: Told, count: CountMention) -> Cluster | None:
    kinds = OUTCOME_KINDS.get(count.count.outcome, ())
    if count.count.outcome == "escaped" and not _may_be_inmates(count):
        kinds = tuple(kind for kind in kinds if kind != "violence")  # "the general escaped the attack"
    here = [
        (_distance(mention, count), kinds.index(cluster.kind), cluster)
        for mention, cluster in told.get(count.sentence, ())
        if cluster.kind in kinds
    ]
    if here:
        riots = any(cluster.kind == "unrest" for _, _, cluster in here)  # whose fires and fights are part of it
        here = [item for item in here if not (riots and item[0] and item[2].kind == "arson")] or here
        return min(here, key=lambda item: (item[0] > 0, item[1], item[0]))[2]
    for back in range(NEAR_SENTENCES + 1):
        for _, cluster in told.get(count.sentence - back, ()):
            if cluster.kind in kinds[:4]:
                return cluster
    return next((cluster for kind in kinds[:4] for cluster in clusters if cluster.kind == kind), None)


def _may_be_inmates(count: CountMention) -> bool:
    """Whether those who escaped may be captives: called so, or many."""
    return count.count.who_class == "captive" or (count.count.who_class == "unknown" and (count.count.best or MANY) >= MANY)


def _distance(mention: Mention, count: CountMention) -> int:
    trigger = mention.trigger
    return (
        0 if trigger.first <= count.cue < trigger.last else min(abs(trigger.first - count.cue), abs(trigger.last - count.cue)) + 1
    )


def reattach(dropped: list[Cluster], kept: list[Cluster]) -> None:
    """Give the counts of what is no event of its own to the one told in the same sentence: "robbed a van and wounded its driver".

    What a clause with "who" tells is no consequence of what is told beside it: "arrested a man who killed two".
    """
    told: Told = {}
    for cluster in kept:
        for mention in cluster.mentions:
            if is_told(mention):
                told.setdefault(mention.sentence.index, []).append((mention, cluster))
    for cluster in dropped:
        told_here = {mention.sentence.index for mention in cluster.mentions if is_told(mention)}
        for count in cluster.counts:
            kinds = OUTCOME_KINDS.get(count.count.outcome, ())
            beside = told.get(count.sentence, ()) if count.sentence in told_here else ()
            fitting = [home for _, home in beside if home.kind in kinds and not dates_apart(home.date, cluster.date)]
            if fitting:
                fitting[0].counts.append(count)
