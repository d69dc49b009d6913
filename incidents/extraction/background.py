"""Is it history told in passing, and not what the article reports?"""

from datetime import date, timedelta
from functools import cache
from typing import Final

from incidents.extraction.clauses import asserts
from incidents.extraction.clusters import Cluster
from incidents.extraction.lexicons import words
from incidents.extraction.mentions import Mention
from incidents.extraction.tokens import Reading, Sentence
from incidents.extraction.values import DateValue

OLD: Final = timedelta(days=60)
OLD_IN_LEAD: Final = timedelta(days=200)  # headline and lead tell late news too: an inquest's, a charity's, a court's
RECENT: Final = timedelta(days=21)
LEAD: Final = 3  # sentences, the headline included
LONG_AGO: Final = frozenset(("ago", "decade", "decades"))  # beside a cue of history, at the opening of a sentence
COURT_WORDS: Final = 2
OWN_DAY: Final = 40  # characters between an act and its day
VERDICTS: Final = frozenset(
    ("jailed", "sentenced", "convicted", "acquitted", "guilty", "pleads", "indicted")
)  # enough in a headline
CRIMES: Final = frozenset(("violence", "taking", "arson", "robbery", "sexual_violence", "operation"))


def is_background(cluster: Cluster, published: date | None, *, in_court: bool) -> bool:
    """Whether it is history: dated long before the paper, told only in sentences that look back, or an old crime in court."""
    told_first = any(_leads(mention.sentence) and not mention.background_cue and asserts(mention) for mention in cluster.mentions)
    if _is_older(cluster.settled_date if told_first else cluster.date, published, OLD_IN_LEAD if told_first else OLD):
        return True
    if in_court and cluster.kind in CRIMES and (_is_undated(cluster) or _is_older(cluster.settled_date, published, RECENT)):
        return True
    return all(
        mention.background_cue and (not _leads(mention.sentence) or _looks_back(mention.sentence)) for mention in cluster.mentions
    )


def _looks_back(sentence: Sentence) -> bool:
    """Whether a later sentence of the lead opens with a time long past: "A decade ago, 67 people died when …"."""
    return sentence.index > 0 and not sentence.in_title and any(word in LONG_AGO for word in sentence.lowers[1:4])


def _is_undated(cluster: Cluster) -> bool:
    """Whether no day is stated for a crime but beside the words of a court, where it is the day of the sentence."""
    dated = [mention for mention in cluster.mentions if mention.date is not None and not _has_own_day(mention)]
    return len(dated) == sum(mention.date is not None for mention in cluster.mentions) and all(
        not cue_words().isdisjoint(mention.sentence.lowers) for mention in dated
    )


def _has_own_day(mention: Mention) -> bool:
    """Whether a day stands right after the words for the act ("a shooting in Lagos on Friday")."""
    span = mention.date.span if mention.date else None
    return span is not None and 0 < span.start - mention.sentence.tokens[mention.trigger.last - 1].end <= OWN_DAY


def is_court_report(reading: Reading) -> bool:
    """Whether headline and lead tell of a trial or a sentence."""
    words = cue_words()
    head: list[str] = []
    for sentence in reading.sentences[:LEAD]:
        if sentence.in_title and not VERDICTS.isdisjoint(sentence.lowers):
            return True
        head += sentence.lowers
    return len(words.intersection(head)) >= COURT_WORDS


@cache
def cue_words() -> frozenset[str]:
    """Return the words that only courts bring into a lead."""
    return words("court_words")


def _leads(sentence: Sentence) -> bool:
    return sentence.in_title or sentence.depth == 0


def _is_older(value: DateValue | None, published: date | None, age: timedelta) -> bool:
    return value is not None and value.latest is not None and published is not None and value.latest < published - age
