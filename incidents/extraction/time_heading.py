"""The day of writing as the head of a document gives it: datelines, "Published July 4 2015", release numbers."""

import re
from datetime import date
from typing import Final

from incidents.extraction.lexicons import words
from incidents.extraction.time_anchor import resolve
from incidents.extraction.time_expressions import Expression
from incidents.extraction.tokens import Reading, Sentence

DATELINE_REACH: Final = 40  # tokens into a sentence within which a date may belong to the dateline
DATELINE_DAYS: Final = 5  # a dateline further from publication than this is none
HEAD: Final = 8  # sentences that may hold headers and the dateline
RELEASE: Final = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])-\D.{0,30}")  # "2011-07-S-064": year and month of a release
CLOCK: Final = re.compile(r"\d{3,4}|\d{1,2}:\d\d")
HEADER_WORDS: Final = words("time_header_words")
FINITE: Final = frozenset(("VBD", "VBZ", "VBP", "MD"))


def reference_day(reading: Reading, expressions: list[list[Expression]]) -> date | None:
    """Return the day of writing: the dateline's where it agrees with publication or none is known, else publication.

    `expressions` are those of each sentence. A dateline without a year takes it from publication or from a release number in the
    head; without either it stays open.
    """
    published = reading.document.published
    hint = published or _release_month(reading)
    for sentence in reading.sentences[:HEAD]:
        for expression in expressions[sentence.index]:
            if sentence.in_title or expression.kind != "date" or expression.last > DATELINE_REACH:
                continue
            value = resolve(expression, sentence.span(expression.first, expression.last), hint, None)
            if value is None or value.earliest is None or value.precision != "day" or not is_dateline(sentence, expression):
                continue
            if published is None or abs((published - value.earliest).days) <= DATELINE_DAYS:
                return value.earliest
    return published


def _release_month(reading: Reading) -> date | None:
    for sentence in reading.sentences[:HEAD]:
        for token in sentence.tokens[:DATELINE_REACH]:
            match = RELEASE.fullmatch(token.text)
            if match:
                return date(int(match[1]), int(match[2]), 15)
    return None


def is_dateline(sentence: Sentence, expression: Expression) -> bool:
    """Whether a date heads a report: a bracket or dash after it or nothing before it, no verb but "published"."""
    before = [token for token in sentence.tokens[: expression.first] if token.lower not in HEADER_WORDS]
    if not before:
        return True
    after = sentence.tokens[expression.last].text if expression.last < len(sentence.tokens) else ""
    if expression.year and CLOCK.fullmatch(after):  # "Security 07-08-2013 0147 PM": a page's own stamp
        return True
    heads = after in (")", "-", "–", "—", "--", "", "(", "[", ":", "/", "|")
    verbs = FINITE | {"VB"} if after == ")" else FINITE  # "traffickers kidnap 3 migrants (14 May)"
    return heads and not any(token.tag in verbs for token in before)
