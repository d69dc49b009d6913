"""Articles and the happenings they are known to tell of: how well the joined incidents agree with these (test_clusters.py)."""

import json
from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incidents import pipeline
from incidents.models import Event
from sources.incoming import Given, IncomingDocument
from sources.ingest import store
from sources.targets import documents_of


@dataclass(frozen=True, slots=True)
class Agreement:
    """B-cubed precision, recall and F1 of a clustering (Bagga and Baldwin 1998), 0 to 1.

    An article without a cluster counts as not recalled and is left out of the precision.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def agreement(found: Mapping[str, Any], known: Mapping[str, Any]) -> Agreement:
    """Compare two clusterings, each article -> cluster."""
    ours, theirs = _members(found), _members(known)
    shared = {name: len(ours[found[name]] & theirs[known[name]]) for name in found}
    precision = sum(n / len(ours[found[name]]) for name, n in shared.items())
    recall = sum(n / len(theirs[known[name]]) for name, n in shared.items())
    return Agreement(precision / max(1, len(found)), recall / max(1, len(known)))


def _members(clusters: Mapping[str, Any]) -> Mapping[Any, Set[str]]:
    members: dict[Any, set[str]] = defaultdict(set)
    for name, cluster in clusters.items():
        members[cluster].add(name)
    return members


def known_clusters(path: Path) -> dict[str, str]:
    """Return the happening that each article of a set tells of; articles that are given none are left out."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {row["id"]: row["gold"]["incident_id"] for row in rows if row["gold"].get("incident_id")}


def joined_clusters(path: Path) -> dict[str, int]:
    """Take a set through the pipeline in its own order; return the incident that each article's main event joined."""
    articles: dict[str, int] = {}
    for document in documents_of(str(path), Given()):
        assert isinstance(document, IncomingDocument), document
        articles[document.external_id] = store(document).article_id
    for article in articles.values():
        pipeline.process(article)
    mains: dict[int, int] = {}
    told = Event.objects.exclude(incident=None).order_by("article", "background", "ordinal")
    for article, incident in told.values_list("article", "incident"):
        mains.setdefault(article, incident)
    return {name: mains[article] for name, article in articles.items() if article in mains}
