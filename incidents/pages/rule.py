"""The written rule for best counts (docs/best-counts.md) applied to an incident's statements, for showing."""

from collections.abc import Sequence

from incidents import tolls
from incidents.extraction.totals import Judgement, toll
from incidents.extraction.values import Total
from incidents.models import Count
from incidents.pages.dossier import Dossier


def judgements(dossier: Dossier) -> dict[int, Judgement]:
    """Return what the rule makes of each statement, by the id of its Count; what is told in passing has none."""
    judged = tolls.judged(dossier.reported)
    return {count.pk: judgement for rows in judged.values() for _one, count, judgement in rows}


def total_of(counts: Sequence[Count], dossier: Dossier) -> Total:
    """Return what these statements of one outcome come to."""
    wanted = {count.pk for count in counts}
    claims = [tolls.claim(one, count) for one in dossier.reported for count in one.counts if count.pk in wanted]
    return toll(claims).total
