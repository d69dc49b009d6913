"""The dates of a text and the date of one act in it: of the act itself, not of the statement about it."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from incidents.extraction.time_anchor import resolve
from incidents.extraction.time_counted import Counted, counted
from incidents.extraction.time_expressions import Expression, find_expressions
from incidents.extraction.time_governors import dates_statement, dates_toll, is_caption, is_future
from incidents.extraction.time_heading import DATELINE_REACH, is_dateline, reference_day
from incidents.extraction.time_mentions import TimeMention
from incidents.extraction.time_ranges import with_range
from incidents.extraction.tokens import Reading, Sentence
from incidents.extraction.values import DateValue

LEAD: Final = 4  # body sentences that tell the main event
SHORTEST: Final = 4  # tokens; shorter lines are headers
CLAUSE_MARKS: Final = frozenset(
    {"that", "who", "which", "when", "while", "after", "before", "as", "where", ";", "but", "because", "if"}
)
TIME_12: Final = re.compile(r"(\d{1,2})(?:[:.](\d\d))?")
TIME_24: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)|([01]\d|2[0-3])([0-5]\d)")


def find(reading: Reading, published: date | None = None) -> list[TimeMention]:
    """Return the expressions of time in the order of the text, resolved; what cannot be resolved is left out."""
    expressions = [find_expressions(sentence) for sentence in reading.sentences]
    reference = reference_day(reading, expressions) or published
    narrated: date | None = None
    found: list[TimeMention] = []
    for sentence in reading.sentences:
        start: Counted | None = None
        for expression in expressions[sentence.index]:
            span = sentence.span(expression.first, expression.last)
            if expression.kind == "counted":
                start = counted(sentence, expression, expressions[sentence.index], reference)
                value = start.value if start else None
            else:
                value = resolve(expression, span, reference, narrated, future=is_future(sentence, expression))
            if value is None:
                continue
            mention = _mention(sentence, expression, value, start)
            mention = replace(mention, dateline=_heads(sentence, expression, mention.value, reference, found))
            found.append(mention)
            if value.precision in ("day", "time") and not (mention.statement or mention.dateline or mention.starts):
                narrated = mention.value.earliest
    return found


def _mention(sentence: Sentence, expression: Expression, value: DateValue, start: Counted | None) -> TimeMention:
    toll = dates_toll(sentence, expression)
    return TimeMention(
        sentence.index,
        expression.first,
        expression.last,
        _by(sentence, expression, _with_clock(sentence, expression, value)),
        expression,
        statement=toll or dates_statement(sentence, expression),
        bound=_is_bound(sentence, expression) or _is_since(sentence, expression) or is_caption(sentence, expression),
        toll=toll,
        told=start.told if start else range(0),
        starts=start is not None and expression == start.start,
    )


def _heads(
    sentence: Sentence, expression: Expression, value: DateValue, reference: date | None, found: list[TimeMention]
) -> bool:
    if (
        expression.kind != "date"
        or sentence.in_title
        or (found and not all(mention.dateline or mention.sentence == 0 for mention in found))
    ):
        return False
    return value.earliest == reference and expression.last <= DATELINE_REACH and is_dateline(sentence, expression)


def _by(sentence: Sentence, expression: Expression, value: DateValue) -> DateValue:
    """ "By Sunday, rebels had taken the town": a day before which it happened."""
    tokens = sentence.tokens
    owned = expression.last < len(tokens) and tokens[expression.last].tag == "POS"
    if value.precision != "day" or owned or expression.first == 0 or tokens[expression.first - 1].lower != "by":
        return value
    return replace(value, earliest=None, precision="upper_bound")


def _is_bound(sentence: Sentence, expression: Expression) -> bool:
    before = [token.lower for token in sentence.tokens[max(0, expression.first - 2) : expression.first]]
    return any(word in ("since", "until", "till") for word in before)


def opens_history(sentence: Sentence, mention: TimeMention) -> bool:
    """Whether what follows was then: "the worst since 2019, when a bomber killed 63", "four years since a drone killed him"."""
    return sentence.lowers[mention.last : mention.last + 2] == [",", "when"] or _is_since(sentence, mention.expression)


def _is_since(sentence: Sentence, expression: Expression) -> bool:
    return expression.kind == "offset" and sentence.lowers[expression.last - 1] == "since"


def _is_told_of(sentence: Sentence, mention: TimeMention, token_index: int) -> bool:
    """Whether the act at a token belongs to the history that an expression opens: "years since" reaches to the next comma."""
    if token_index <= mention.last - 1 or not opens_history(sentence, mention):
        return False
    return not _is_since(sentence, mention.expression) or "," not in sentence.lowers[mention.last : token_index]


def _with_clock(sentence: Sentence, expression: Expression, value: DateValue) -> DateValue:
    """Add a clock time stated right beside a day ("at 6 p.m. on Monday", "Monday at 10:30")."""
    if value.precision != "day":
        return value
    tokens = sentence.tokens
    for at in (
        *range(expression.last, min(expression.last + 4, len(tokens))),
        *range(max(0, expression.first - 4), expression.first),
    ):
        if not tokens[at].lower[0].isdigit():
            continue
        following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        clock = _clock(tokens[at].lower, following, tokens[at - 1].lower if at else "")
        if clock is not None:
            return replace(value, precision="time", time=clock)
    return value


def _clock(word: str, following: str, before: str) -> str | None:
    half = following.replace(".", "")
    twelve = TIME_12.fullmatch(word)
    if twelve and half in ("am", "pm") and int(twelve[1]) <= 12:
        hour = int(twelve[1]) % 12 + (12 if half == "pm" else 0)
        return f"{hour:02}:{twelve[2] or '00'}"
    full = TIME_24.fullmatch(word)
    if full and before in ("at", "about", "around", "approximately", "by"):
        return f"{int(full[1] or full[3]):02}:{full[2] or full[4]}"
    return None


def date_of(
    reading: Reading, sentence_index: int, token_index: int, mentions: list[TimeMention], published: date | None
) -> DateValue | None:
    """Return the date of the act whose trigger stands at `token_index`; the statement's own date and history are passed over.

    Looks in the trigger's sentence, then in the sentences around it, then in the lead, then takes the day of a statement, and
    last the day of publication (basis "published"). None only where there is no publication date either.
    """
    sentence = reading.sentences[sentence_index]
    own = [mention for mention in mentions if mention.sentence == sentence_index]
    if own and (told := next((mention for mention in own if _is_told_of(sentence, mention, token_index)), None)):
        return told.value
    acts = [mention for mention in mentions if not (mention.dateline or mention.bound or mention.starts)]
    own = [mention for mention in own if not (mention.dateline or mention.bound) and mention.may_date(token_index)]
    stated = _nearest(sentence, token_index, [mention for mention in own if not mention.statement])
    if stated is not None:
        return with_range(sentence, own, stated)
    since = _since(sentence, mentions, published)
    if since is not None:
        return since
    around = _around(reading, sentence, acts)
    if around is not None:
        return around.value
    statement = _nearest(sentence, token_index, own)
    if statement is not None:
        return _at_the_latest(statement)
    return _fallback(reading, mentions, published)


def _at_the_latest(said: TimeMention) -> DateValue:
    """The day of a statement, which mostly is the act's; the day of a count only ends the days on which the act may have been."""
    if said.toll and said.value.precision in ("day", "time"):
        return replace(said.value, earliest=None, precision="upper_bound", time=None)
    return said.value


def _since(sentence: Sentence, mentions: list[TimeMention], published: date | None) -> DateValue | None:
    """ "since Saturday": from that day until the day of writing, where it is within a week."""
    for mention in mentions:
        start = mention.value.earliest
        if mention.sentence != sentence.index or not mention.bound or mention.value.precision != "day" or start is None:
            continue
        word = sentence.tokens[mention.first - 1].lower if mention.first else ""
        if word == "since" and published is not None and 0 < (published - start).days <= 7:
            return replace(mention.value, latest=published, precision="days")
    return None


def _nearest(sentence: Sentence, token_index: int, mentions: list[TimeMention]) -> TimeMention | None:
    """The mention closest to the trigger, clause marks and other verbs between counting as distance."""
    ranked = (
        sorted((_distance(sentence, token_index, mention), mention.first, mention) for mention in mentions)
        if len(mentions) > 1
        else []
    )
    if ranked:
        return ranked[0][2]
    return mentions[0] if mentions else None


def _distance(sentence: Sentence, token_index: int, mention: TimeMention) -> int:
    low, high = sorted((token_index, mention.first if mention.first > token_index else mention.last - 1))
    between = sentence.tokens[low + 1 : high]
    distance = len(between)
    distance += 6 * sum(token.lower in CLAUSE_MARKS for token in between)
    distance += 5 * sum(token.tag in ("VBD", "VBZ", "VBP", "MD") for token in between)
    distance += 3 * sum(token.text in (",", "and") for token in between)
    return distance + (15 if mention.value.precision in ("month", "longer") else 0)


def _around(reading: Reading, sentence: Sentence, acts: list[TimeMention]) -> TimeMention | None:
    """A day named just before or after the trigger's sentence in its paragraph; for the title and the lead, in the lead."""
    usable = [mention for mention in acts if not mention.statement and mention.value.precision in ("day", "time", "days")]
    lead = _lead(reading)
    if sentence.in_title or sentence.index in lead:
        return next((mention for mention in usable if mention.sentence in lead), None)
    same = [mention for mention in usable if reading.sentences[mention.sentence].paragraph == sentence.paragraph]
    before = [mention for mention in same if 0 < sentence.index - mention.sentence <= 3]
    if before:
        return before[-1]
    return next((mention for mention in usable if mention.sentence in lead), None)


def _lead(reading: Reading) -> frozenset[int]:
    """Indexes of the body's first sentences that hold a verb (datelines and headers hold none)."""
    found: list[int] = []
    for sentence in reading.sentences[:14]:
        if not sentence.in_title and len(sentence.tokens) >= SHORTEST and any(token.tag[:2] == "VB" for token in sentence.tokens):
            found.append(sentence.index)
            if len(found) == LEAD:
                break
    return frozenset(found)


def _fallback(reading: Reading, mentions: list[TimeMention], published: date | None) -> DateValue | None:
    lead = _lead(reading)
    said = next((mention for mention in mentions if mention.statement and mention.sentence in lead), None)
    if said is not None and said.value.precision in ("day", "time"):
        return _at_the_latest(said)
    heading = next((mention for mention in mentions if mention.dateline), None)
    if heading is not None:
        return heading.value
    day = published or reading.document.published
    return DateValue(day, day, "day", "published", None) if day else None
