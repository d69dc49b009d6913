"""What demo/gold.jsonl says against what the pipeline made of the demo corpus: one share a promise, and every miss named."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from incidents.models import Incident
from sources.models import Article

GOLD = Path(__file__).resolve().parents[1] / "demo" / "gold.jsonl"
Row = dict[str, Any]


def gold() -> tuple[dict[str, Row], dict[str, Row]]:
    """Return the gold incidents by key and the gold articles by path."""
    rows = [json.loads(line) for line in GOLD.read_text().splitlines()]
    incidents = {row["key"]: row for row in rows if row["kind"] == "incident"}
    return incidents, {row["article"]: row for row in rows if row["kind"] == "article"}


@dataclass
class Promise:
    """How often something held, and where it did not."""

    held: int = 0
    asked: int = 0
    misses: list[str] = field(default_factory=list)

    def check(self, *, good: bool, miss: str) -> None:
        self.asked += 1
        self.held += good
        if not good:
            self.misses.append(miss)

    @property
    def share(self) -> float:
        return self.held / self.asked if self.asked else 0.0


class Comparison:
    """The corpus as stored, matched to its gold by source, title and day."""

    def __init__(self) -> None:
        self.incidents, self.articles = gold()
        self.promises: dict[str, Promise] = defaultdict(Promise)
        self.rows: dict[str, Article] = {}
        stored = {(a.source.name, a.title, str(a.published_on) if a.published_on else None): a for a in _articles()}
        for path, row in self.articles.items():
            article = stored.get((row["source"], row["title"], row["published"]))
            self.promises["stored"].check(good=article is not None, miss=path)
            if article is not None:
                self.rows[path] = article

    def main_incident(self, path: str) -> Incident | None:
        """Return the incident that an article's main event joined."""
        article = self.rows.get(path)
        event = article.events.filter(background=False).order_by("ordinal").first() if article else None
        return event.incident if event else None

    def compare(self) -> dict[str, Promise]:
        """Hold articles and incidents to the gold."""
        for path, row in self.articles.items():
            if path in self.rows:
                self._article(path, row)
        self._clusters()
        for key, row in self.incidents.items():
            if not row["background"] and (found := self._incident_of(row)):
                self._incident(key, row, found)
        return dict(self.promises)

    def _article(self, path: str, row: Row) -> None:
        article = self.rows[path]
        self.promises["relevance"].check(good=article.relevant is row["relevant"], miss=f"{path}: {article.relevant}")
        event = article.events.filter(background=False).order_by("ordinal").first()
        if not row["incidents"] or event is None:
            return
        main = self.incidents[row["incidents"][0]]
        self.promises["main type"].check(good=event.type in main["types"], miss=f"{path}: {event.type}, not {main['types']}")
        for outcome, accepted in row["main_counts"].items():
            figure = (event.totals.get(outcome) or {}).get("best")
            self.promises["main count"].check(good=figure in accepted, miss=f"{path}: {outcome} {figure}, not {accepted}")

    def _clusters(self) -> None:
        """B-cubed of the main incidents: of an article's companions, how many are rightly so, and how many are there."""
        ours = {path: found.pk for path in self.rows if self.articles[path]["incidents"] and (found := self.main_incident(path))}
        theirs = {path: self.articles[path]["incidents"][0] for path in ours}
        for path in ours:
            mine, right = _companions(ours, path), _companions(theirs, path)
            self.promises["joined rightly"].check(good=len(mine & right) == len(mine), miss=f"{path} with {sorted(mine - right)}")
            self.promises["joined fully"].check(
                good=len(mine & right) == len(right), miss=f"{path} without {sorted(right - mine)}"
            )

    def _incident_of(self, row: Row) -> Incident | None:
        mains = [path for path in row["articles"] if self.articles[path]["incidents"][0] == row["key"]]
        votes = Counter(found for path in mains if (found := self.main_incident(path)))
        return votes.most_common(1)[0][0] if votes else None

    def _incident(self, key: str, row: Row, found: Incident) -> None:
        check: Callable[[str, bool, Any], None] = lambda name, good, got: self.promises[name].check(  # noqa: E731 -- one line a promise
            good=good, miss=f"{key}: {got}"
        )
        date = row["date"]
        if date["earliest"]:
            check("incident date", str(found.earliest) == date["earliest"], f"{found.earliest}, not {date['earliest']}")
        if row["place"]["countries"]:
            check("incident country", found.country in row["place"]["countries"], f"{found.country}, not {row['place']}")
            check(
                "incident precision",
                found.place_precision in row["place"]["precisions"],
                f"{found.place_precision}, not {row['place']}",
            )
        for outcome, wanted in row["counts"].items():
            figure = (found.totals.get(outcome) or {}).get("best")
            accepted = wanted.get("accept") or [wanted["best"]]
            check("incident count", figure in accepted, f"{outcome} {figure}, not {accepted}")


def _articles() -> Iterable[Article]:
    return Article.objects.select_related("source")


def _companions(clusters: dict[str, Any], path: str) -> set[str]:
    return {other for other, cluster in clusters.items() if cluster == clusters[path]}
