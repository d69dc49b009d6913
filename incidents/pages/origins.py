"""Independent origins behind an incident, the copies of each folded under it."""

from collections import defaultdict
from dataclasses import dataclass

from incidents.pages.dossier import Dossier, origin_key
from sources.models import Article

COPIES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class OriginRow:
    """One independent report: its first article and the near-identical ones after it. `more` copies are counted, not listed."""

    first: Article
    agency: str
    copies: list[Article]
    more: int

    @property
    def folded(self) -> int:
        """Number of copies, listed or not."""
        return len(self.copies) + self.more


def origins(dossier: Dossier) -> list[OriginRow]:
    """Return the origins, those behind most articles first, then the newest."""
    groups: dict[tuple[str, int], list[Article]] = defaultdict(list)
    for article in dossier.articles:
        groups[origin_key(article)].append(article)
    return sorted((_row(group) for group in groups.values()), key=lambda row: (-row.folded, -_day(row.first)))


def _row(group: list[Article]) -> OriginRow:
    first, *copies = sorted(group, key=lambda article: (_day(article) or 10**7, article.pk))
    agency = first.origin.agency if first.origin else ""
    return OriginRow(first, agency, copies[:COPIES_SHOWN], max(0, len(copies) - COPIES_SHOWN))


def _day(article: Article) -> int:
    return article.published_on.toordinal() if article.published_on else 0
