"""Marks on a count: a toll that replaces earlier ones, and a figure over a longer time or many happenings."""

import re
from typing import Final

from incidents.extraction.count_scene import Link
from incidents.extraction.count_tolls import TOLL_WORDS
from incidents.extraction.lexicons import sets, words
from incidents.extraction.tokens import Sentence

SETS: Final = sets("outcome_word_sets")
RISES: Final = SETS["rise"]
PERIODS: Final = SETS["period"]
GOES: Final = frozenset(("go", "goes", "gone", "going", "went"))  # "has gone up to nine"
SUPERLATIVES: Final = SETS["superlative"]
BEYOND_ONE_HAPPENING: Final = 10_000  # dead or wounded: figures of whole wars, not of one attack
LONG_HAPPENINGS: Final = SETS["long_happening"]
HUNDREDS: Final = 200  # the least that "hundreds" is
YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
PERFECT: Final = frozenset(("has", "have"))
REPLACED_REACH: Final = 12  # tokens
SAID_REACH: Final = 7  # tokens from "at first" to who said what
EARLIER: Final = SETS["earlier"]
EARLIER_ONES: Final = SETS["earlier_one"]
FIGURES: Final = SETS["figure_noun"]
SAID: Final = words("speech_verbs") | SETS["put"]


def supersedes(sentence: Sentence, cue: int) -> bool:
    """Whether the words before a toll say that it replaces earlier ones ("bringing the toll to", "the toll has risen to")."""
    words = sentence.lowers[max(0, cue - 8) : cue + 8]
    rises = not RISES.isdisjoint(words) or ("up" in words and not GOES.isdisjoint(words))
    return "to" in words and rises and not TOLL_WORDS.isdisjoint(words)


def is_cumulative(sentence: Sentence, link: Link) -> bool:
    """Whether the figure runs over a longer time ("since 2006", "in the six-year war"); others "in two more incidents"."""
    words = sentence.lowers
    if link.group.further and _of_others(words, link.cue_last):
        return True
    if link.outcome == "displaced" and not any(YEAR.fullmatch(word) or word in PERIODS for word in words):
        return False  # who has fled since the fighting began is still away
    figure = link.group.best or link.group.low or 0
    of_a_war = figure >= BEYOND_ONE_HAPPENING or (figure >= 1000 and any(word in LONG_HAPPENINGS for word in words))
    if link.outcome in ("killed", "wounded") and (of_a_war or _over_years(sentence, link)):
        return True
    start = min(link.group.first, link.cue_first)
    for index in range(start, len(words)):
        if words[index] == "," and words[index + 1 : index + 2] not in (["since"], ["this"], ["in"], ["over"], ["during"]):
            break
        if words[index] == "who" and index > link.cue_last:  # "the bodies of four men who were kidnapped over the past weeks"
            break
        if _long_time(words, index):
            return True
    before = range(min(link.group.first, 12))
    return any(_long_time(words, index) and "when" not in words[index : link.group.first] for index in before)


def _over_years(sentence: Sentence, link: Link) -> bool:
    """Whether it is what a group "has killed" all in all: hundreds or thousands, in the present perfect."""
    group, words = link.group, sentence.lowers
    vague = group.best is None and (group.low or 0) >= HUNDREDS and group.first >= link.cue_last
    return vague and not PERFECT.isdisjoint(words[max(0, link.cue_first - 2) : link.cue_first])


def is_replaced(sentence: Sentence, link: Link) -> bool:
    """Whether the words before a figure say that it stood first: "had first spoken of ten", "an earlier count of 22"."""
    words = sentence.lowers[max(0, link.group.first - REPLACED_REACH) : link.group.first]
    for index, word in enumerate(words):
        if word in EARLIER and _is_said_first(words, index):
            return True
        if word in EARLIER_ONES and not FIGURES.isdisjoint(words[index + 1 : index + 3]) and "of" in words[index + 2 :]:
            return True
    return words[-2:] in (["up", "from"], ["down", "from"])


def _is_said_first(words: list[str], index: int) -> bool:
    """Whether the word at `index` says when it was said: "had first spoken", "at first officials spoke"; not "the first"."""
    before, after = words[index - 1] if index else "", words[index + 1 : index + SAID_REACH]
    if after and (after[0] in SAID or before in ("had", "having")):
        return True
    return (before in ("", "at") or (index > 0 and before in ".;,")) and not SAID.isdisjoint(after)


def _of_others(words: list[str], index: int) -> bool:
    """Whether "in separate attacks" or "in two more incidents" follows."""
    near = words[index : index + 8]
    if "in" not in near:
        return False
    after = near[near.index("in") + 1 :][:4]
    return not OTHER.isdisjoint(after) and any(word in HAPPENINGS for word in after)


OTHER: Final = frozenset(("more", "other", "separate", "further", "additional", "various", "similar"))
HAPPENINGS: Final = frozenset(("incidents", "attacks", "bombings", "shootings", "clashes", "strikes", "explosions", "raids"))
LONG_TIME_OPENERS: Final = frozenset(
    {"since", "so", "this", "over", "in", "during", "for", "within", "throughout", "annually", "yearly", "every"}
)


def _long_time(words: list[str], index: int) -> bool:
    word = words[index]
    if word not in LONG_TIME_OPENERS:
        return False
    after = words[index + 1 : index + 7]
    if word == "since":
        if not PERFECT.union(("had",)).isdisjoint(words[max(0, index - 1) : index]):  # "five had since died"
            return False
        counts_years = index > 0 and words[index - 1] in PERIODS  # "crowds marked three years since a drone killed him"
        if counts_years and {"in", "over", "during"}.isdisjoint(words[max(0, index - 5) : index - 1]):
            return False
        if any(other in SUPERLATIVES for other in words[max(0, index - 8) : index]):
            return False
        return (
            bool(after)
            and not after[0].endswith("day")
            and after[0] not in ("then", "dawn", "morning", "early", "midnight", "yesterday", "overnight", "last", "the")
        ) or (
            after[:1] == ["the"]
            and any(other in LONG_HAPPENINGS or other in ("start", "beginning", "outbreak", "invasion") for other in after)
        )
    if word == "so" and after[:2] == ["far", "this"]:
        return True
    if word == "this" and after[:1] == ["year"]:
        return index == 0 or words[index - 1] not in ("early", "earlier", "later", "late")
    if word in ("over", "in", "during", "for", "within") and after[:1] == ["the"]:
        return bool(after[1:2]) and after[1] in ("past", "last", "previous") and any(other in PERIODS for other in after[2:5])
    if word in ("in", "during", "throughout") and any(other in LONG_HAPPENINGS for other in after[:5]):
        return any("-year" in other or other in PERIODS or other == "civil" for other in after[:5])
    return word in ("annually", "yearly", "every") and (word != "every" or after[:1] in (["year"], ["month"], ["day"], ["week"]))
