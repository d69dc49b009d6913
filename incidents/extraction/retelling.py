"""Tells by its toll that a happening is told again: the same number of the same people, wherever and however it is put."""

from collections.abc import Iterator
from typing import Final

from incidents.extraction.clusters import Cluster, dates_apart
from incidents.extraction.mentions import Mention

FEW: Final = 5  # a smaller toll is had by many happenings
Toll = tuple[str, int, str]  # outcome, number, who


def retells(mention: Mention, cluster: Cluster) -> bool:
    """Whether a sentence gives the toll of the cluster's happening, and no other day."""
    if dates_apart(mention.date, cluster.date):
        return False
    told = frozenset(_tolls(mention))
    return bool(told) and any(
        other.sentence is not mention.sentence and not told.isdisjoint(_tolls(other)) for other in cluster.mentions
    )


def under_their_headline(found: list[Cluster]) -> list[Cluster]:
    """Give the headline to the happening that has its toll, where the one it was joined to has another."""
    for cluster in found:
        titles = [mention for mention in cluster.mentions if mention.sentence.in_title]
        told = {toll for mention in titles for toll in _tolls(mention)}
        if not told or _gives(cluster, told):
            continue
        owner = next((other for other in found if other.kind == cluster.kind and _gives(other, told)), None)
        if owner is not None:
            cluster.give(titles, owner)
    return [cluster for cluster in found if cluster.mentions]


def _gives(cluster: Cluster, told: set[Toll]) -> bool:
    return any(not told.isdisjoint(_tolls(mention)) for mention in cluster.mentions if not mention.sentence.in_title)


def _tolls(mention: Mention) -> Iterator[Toll]:
    """The figures of a mention's sentence, without parts and longer tolls."""
    for found in mention.counts:
        count = found.count
        if (count.best or 0) >= FEW and count.who and not (count.part_of_whole or count.cumulative):
            yield count.outcome, count.best or 0, count.who.split()[-1].lower()
