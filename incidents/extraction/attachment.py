"""Gives every count to the happening it belongs to: the one of its sentence that fits its outcome, else the last one told of."""

from incidents.extraction.clusters import Cluster
from incidents.extraction.counts import CountMention
from incidents.extraction.mentions import Mention

# What each class of acts counts; the first class that the article tells of takes a count that no sentence of its own claims.
OUTCOME_KINDS: dict[str, tuple[str, ...]] = {
    "killed": ("violence", "arson", "robbery", "sexual_violence", "unrest", "operation", "taking", "escape", "territory_change"),
    "wounded": ("violence", "arson", "robbery", "sexual_violence", "unrest", "operation", "taking", "escape", "territory_change"),
    "missing": ("violence", "taking", "displacement", "unrest"),
    "abducted": ("taking", "robbery", "violence"),
    "captured": ("operation", "violence", "unrest", "taking", "territory_change", "escape"),
    "recaptured": ("recapture", "escape", "operation"),
    "escaped": ("escape", "violence", "recapture", "release"),
    "released": ("release", "taking", "operation"),
    "displaced": ("displacement", "violence", "unrest", "territory_change"),
    "participants": ("unrest", "violence"),
}
NEAR_SENTENCES = 3


def attach(clusters: list[Cluster], counts: list[CountMention]) -> None:
    """Add each count to the cluster it belongs to; one that fits none is left out."""
    for count in counts:
        home = _home(clusters, count)
        if home is not None:
            home.counts.append(count)


def _home(clusters: list[Cluster], count: CountMention) -> Cluster | None:
    kinds = OUTCOME_KINDS.get(count.count.outcome, ())
    here = [
        (_distance(mention, count), kinds.index(cluster.kind), cluster)
        for cluster in clusters
        for mention in cluster.mentions
        if mention.sentence.index == count.sentence and cluster.kind in kinds
    ]
    if here:
        return min(here, key=lambda item: (item[0] > 0, item[1], item[0]))[2]
    before = [
        (count.sentence - mention.sentence.index, cluster)
        for cluster in clusters
        for mention in cluster.mentions
        if 0 <= count.sentence - mention.sentence.index <= NEAR_SENTENCES and cluster.kind in kinds[:4]
    ]
    if before:
        return min(before, key=lambda item: item[0])[1]
    return next((cluster for kind in kinds[:4] for cluster in clusters if cluster.kind == kind), None)


def _distance(mention: Mention, count: CountMention) -> int:
    trigger = mention.trigger
    return (
        0 if trigger.first <= count.cue < trigger.last else min(abs(trigger.first - count.cue), abs(trigger.last - count.cue)) + 1
    )
