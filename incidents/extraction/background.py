"""Is it history told in passing, and not what the article reports?"""

from datetime import date, timedelta

from incidents.extraction.clusters import Cluster
from incidents.extraction.values import DateValue

OLD = timedelta(days=60)


def is_background(cluster: Cluster, published: date | None, main: Cluster | None) -> bool:
    """Whether a happening is history: dated long before the paper, or told only in sentences that look back."""
    if _is_old(cluster.date, published, main):
        return True
    return all(
        mention.background_cue and not _leads(mention.sentence.in_title, mention.sentence.paragraph)
        for mention in cluster.mentions
    )


def _leads(in_title: bool, paragraph: int) -> bool:  # noqa: FBT001 - a plain fact of a sentence
    return in_title or paragraph == 0


def _is_old(value: DateValue | None, published: date | None, main: Cluster | None) -> bool:
    """Whether a date lies long before the publication, or where that is not known, before the main event."""
    if value is None or value.latest is None:
        return False
    reference = published
    if reference is None and main is not None and main.date is not None:
        reference = main.date.earliest
    return reference is not None and value.latest < reference - OLD
