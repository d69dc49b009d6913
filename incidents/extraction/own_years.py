"""The day of an act told in passing in a sentence about another day: "heard evidence about the shooting of 13 men in 1972"."""

from datetime import date, timedelta
from typing import Final

from incidents.extraction.act_words import act_words
from incidents.extraction.mentions import Mention
from incidents.extraction.time_mentions import TimeMention
from incidents.extraction.tokens import Sentence
from incidents.extraction.values import DateValue

OLD: Final = timedelta(days=60)
VERBS: Final = frozenset(("VBD", "VBZ", "VBP", "VBN", "MD"))
NOUNS: Final = frozenset(("NN", "NNS", "NNP", "NNPS"))
BOUNDARIES: Final = act_words("clause_boundaries")
BEFORE_YEAR: Final = frozenset(("in", "of", "from", "on", "during", "early", "late"))


def own_date(mention: Mention, stated: list[TimeMention], published: date | None) -> DateValue | None:
    """Return the old day that goes with an act's own words and not with the sentence's main verb; `stated` are the sentence's."""
    if published is None:
        return None
    old = [time for time in stated if not time.bound and time.value.latest and time.value.latest < published - OLD]
    trigger = mention.trigger
    for time in old:
        if trigger.voice == "nominal" and time.last == trigger.first and time.value.precision == "longer":
            return time.value  # "the 2012 killing of"
        follows = trigger.last <= time.first and not _is_parted(mention.sentence, trigger.last, time.first, stated)
        if follows and _is_tied(mention.sentence, time) and _is_in_passing(mention):
            return time.value
    return None


def _is_tied(sentence: Sentence, time: TimeMention) -> bool:
    before = sentence.lowers[max(0, time.first - 2) : time.first]
    if before[-1:] == ["the"] and time.last < len(sentence.tokens) and sentence.tokens[time.last].tag[:2] == "NN":
        before = before[:-1]  # "killed in the 2013 bombing"
    return time.expression.kind == "offset" or (bool(before) and before[-1] in BEFORE_YEAR)


def _is_parted(sentence: Sentence, first: int, last: int, stated: list[TimeMention]) -> bool:
    """Whether a verb or another day stands between an act and an expression of time."""
    if any(first <= time.first and time.last <= last and time.first != last for time in stated):
        return True
    return any(
        (token.tag[:2] == "VB" and not _is_joined(sentence, token.index)) or token.tag == "MD" or token.lower in (";", ":")
        for token in sentence.tokens[first:last]
    )


def _is_joined(sentence: Sentence, place: int) -> bool:
    """Whether a participle goes with the one before it: "shooting and killing his friend"."""
    return sentence.tokens[place].tag == "VBG" and place > 0 and sentence.lowers[place - 1] in ("and", "or")


def _is_in_passing(mention: Mention) -> bool:
    """Whether the sentence's main verb is another, told before: the act is a noun, a participle, or in a clause of its own."""
    tokens, first = mention.sentence.tokens, mention.first
    verbs = [index for index in range(first) if tokens[index].tag in VERBS]
    if mention.trigger.voice in ("nominal", "adjective") or tokens[first].tag == "VBG":
        return bool(verbs)
    main = next((index for index in verbs if any(token.lower in BOUNDARIES for token in tokens[index:first])), None)
    if main is not None:
        return True
    return mention.trigger.voice == "passive" and tokens[first].tag == "VBN" and bool(verbs) and tokens[first - 1].tag in NOUNS
