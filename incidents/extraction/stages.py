"""Did it happen? Stage, negation and supposition of an act, from the cues of its own clause.

Rules after MUC-4's stage of execution (accomplished, attempted, threatened) with foiled and planned parted from attempted.
"""

from typing import Final, NamedTuple

from incidents.extraction.act_words import act_words
from incidents.extraction.acts import Act
from incidents.extraction.cues import find
from incidents.extraction.phrasebook import Hit
from incidents.extraction.time_expressions import BEFORE_MONTH
from incidents.extraction.tokens import Sentence
from incidents.extraction.values import Stage

WINDOW: Final = 7  # tokens before a trigger in which a cue governs it
NOUN_REACH: Final = 4  # tokens before a noun in which a negation or a supposition still means the noun
HABIT_REACH: Final = 18  # tokens that may stand between "is suspected of" and the acts
BOUNDARIES: Final = act_words("clause_boundaries")
ANNOUNCED: Final = frozenset(
    ("deployment", "protest", "curfew", "release")
)  # acts whose doers say beforehand that they will do them
WILL: Final = frozenset(("will", "shall", "'ll", "’ll"))
STAGES: Final[dict[str, Stage]] = {"planned": "planned", "attempted": "attempted", "foiled": "foiled", "threatened": "threatened"}


class Reality(NamedTuple):
    """What the clause says about an act's happening."""

    stage: Stage = "accomplished"
    negated: bool = False
    hypothetical: bool = False
    generic: bool = False

    @property
    def real(self) -> bool:
        """Whether the act was done, tried or threatened, not supposed or denied."""
        return not (self.negated or self.hypothetical)


def cues_of(sentence: Sentence) -> list[Hit[str]]:
    """Return the stage cues of a sentence, to be read once for all its triggers."""
    return [cue for cue in find("stage_cues", sentence) if not (_is_month(sentence, cue) or _is_report(sentence, cue))]


def _is_report(sentence: Sentence, cue: Hit[str]) -> bool:
    """Whether "may" reports with caution what was done: "may have killed nine", unlike "may attack"."""
    after = [word for word in sentence.lowers[cue.last : cue.last + 3] if word not in ("well", "also", "already")]
    return sentence.lowers[cue.first] == "may" and after[:1] == ["have"] and after[1:2] != ["to"]


def _is_month(sentence: Sentence, cue: Hit[str]) -> bool:
    """Whether "may" is the month: a name with a number beside it, or after "in" or "of"."""
    token = sentence.tokens[cue.first]
    if token.lower != "may" or sentence.case == "lower":
        return False
    before = sentence.lowers[cue.first - 1] if cue.first else ""
    if token.text == "May" and before in BEFORE_MONTH:
        return True
    beside = sentence.tokens[max(0, cue.first - 1) : cue.first] + sentence.tokens[cue.last : cue.last + 1]
    return any(other.tag == "CD" or other.text[0].isdigit() for other in beside)


def clause_start(sentence: Sentence, place: int) -> int:
    """Return the first token of the clause that token `place` stands in, looking back a few words only."""
    for index in range(place - 1, max(-1, place - WINDOW - 1), -1):
        if sentence.tokens[index].lower in BOUNDARIES:
            return index + 1
    return max(0, place - WINDOW)


def reality(sentence: Sentence, first: int, last: int, cues: list[Hit[str]], *, noun: bool, act: Act | None = None) -> Reality:
    """Return stage, negation and supposition of the act whose trigger is at tokens `first` to `last`."""
    start = clause_start(sentence, first)
    governing = [cue for cue in cues if start <= cue.first and cue.last <= first]
    governing += [cue for cue in cues if cue.first == first and cue.last < last]  # "threatened to attack" is itself a trigger
    kinds = {cue.value for cue in governing}
    near = {cue.value for cue in governing if not noun or first - cue.last < NOUN_REACH}
    if act is not None and act.agent == "captive" and act.type == "arrest" and sentence.tokens[first].tag == "VB":
        near.add("hypothetical")  # "asked him to turn himself in"
    stage: Stage = next((STAGES[kind] for kind in STAGES if kind in kinds), "accomplished")
    if act is not None and stage == "accomplished":
        stage = _stage_of_act(sentence, first, act, noun=noun)
    if "foiled" in kinds or any(cue.value == "foiled_after" and last <= cue.first <= last + WINDOW for cue in cues):
        stage = "foiled"
    habit = any(cue.value == "habit" and first - HABIT_REACH <= cue.first and cue.last <= first for cue in cues)
    if habit and not _is_one(sentence, first, noun=noun):
        return Reality(stage=stage, negated="negated" in near, hypothetical=True, generic=True)
    return Reality(
        stage=stage,
        negated="negated" in near,
        hypothetical="hypothetical" in near and stage == "accomplished",
        generic="generic" in near,
    )


def _stage_of_act(sentence: Sentence, first: int, act: Act, *, noun: bool) -> Stage:
    """The stage that the act's own words have: "an attempt on his life", "will send troops"."""
    if noun:
        return "attempted" if "attempt" in act.name.split() else "accomplished"
    before = sentence.lowers[max(0, first - 2) : first]
    return "planned" if act.type in ANNOUNCED and not WILL.isdisjoint(before) else "accomplished"


def _is_one(sentence: Sentence, first: int, *, noun: bool) -> bool:
    """Whether a trigger means one act: a verb that is no gerund, or a noun with a determiner or in the singular."""
    token = sentence.tokens[first]
    if not noun:
        return token.tag not in ("VBG", "VB")
    start = first
    while start > 0 and sentence.tokens[start - 1].tag in ("JJ", "NN", "NNP", "VBN", "CD", "HYPH"):
        start -= 1
    before = sentence.tokens[start - 1] if start else None
    if before is not None and before.lower in ("the", "this", "that", "a", "an", "yesterday", "today"):
        return True
    return before is not None and before.tag in ("POS", "PRP$") and token.tag != "NNS"
