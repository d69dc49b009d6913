"""Weighs every happening of an article: how sure it is one, and whether it is history."""

from dataclasses import dataclass

from incidents.extraction.background import is_background
from incidents.extraction.clusters import Cluster
from incidents.extraction.mentions import setting_shares
from incidents.extraction.relevance import probability
from incidents.extraction.signs import cluster_signs, document_signs
from incidents.extraction.tokens import Reading


@dataclass(frozen=True, slots=True)
class Judged:
    """A happening with how sure it is that it is a reported incident, and whether it is history."""

    cluster: Cluster
    confidence: float
    background: bool


def signs_of(reading: Reading, clusters: list[Cluster]) -> list[set[str]]:
    """Return the signs of each happening of a document."""
    common = document_signs(reading, setting_shares(reading), len(clusters))
    return [cluster_signs(cluster, reading.document.published).union(common) for cluster in clusters]


def judge(reading: Reading, clusters: list[Cluster]) -> list[Judged]:
    """Return every happening with its confidence, in the order given."""
    published = reading.document.published
    return [
        Judged(cluster, probability(signs), is_background(cluster, published, None))
        for cluster, signs in zip(clusters, signs_of(reading, clusters), strict=True)
    ]
