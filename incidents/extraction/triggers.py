"""Finds the words that say something happened, and in which grammatical form they say it.

One statement of the lexicon ("bomb": perpetrator, target) is met as active ("rebels bombed the depot"), passive ("the depot was
bombed by rebels"), participle ("men bombing the depot", "the bombed depot") and nominal ("the bombing of the depot").
"""

from functools import cache
from typing import Final, Literal, NamedTuple

from incidents.extraction.act_words import act_words
from incidents.extraction.acts import Act, Sense, acts
from incidents.extraction.lexicons import FOLDER
from incidents.extraction.phrasebook import Hit, Phrasebook
from incidents.extraction.tokens import Sentence, Token

Voice = Literal["active", "passive", "nominal", "adjective"]
BE: Final = frozenset(
    ("be", "is", "are", "was", "were", "been", "being", "am", "'s", "’s", "'re", "’re", "get", "gets", "got", "getting")
)
HAVE: Final = frozenset(("have", "has", "had", "having", "'ve", "’ve"))
PASSES: Final = frozenset(("RB", "RBR", "MD", "``", "''"))  # between an auxiliary and its verb
OBJECT_STARTS: Final = frozenset(("DT", "PRP$", "CD", "NN", "NNS", "NNP", "NNPS", "PRP", "JJ", "JJS", "WP", "PDT", "QP"))
LOOK_BACK: Final = 4
OWN_OBJECTS: Final = act_words("own_objects")
STILL_ACTS: Final = act_words("still_acts")


class Trigger(NamedTuple):
    """An act named in a sentence by tokens `first` up to `last`; `also` are the acts the words may mean with other parties."""

    sentence: int
    first: int
    last: int
    act: Act
    voice: Voice
    also: tuple[Act, ...] = ()


@cache
def not_acts() -> Phrasebook[bool]:
    """Return the phrases in which a word of violence means something else."""
    lines = (FOLDER / "not_acts.txt").read_text("utf-8").splitlines()
    return Phrasebook((line.strip(), True) for line in lines if line.strip() and not line.startswith("#"))


def find(sentence: Sentence) -> list[Trigger]:
    """Return the triggers of a tagged sentence, from left to right."""
    hits = acts().find(sentence)
    if not hits:
        return []
    blocked = {index for hit in not_acts().find(sentence) for index in range(hit.first, hit.last)}
    found = []
    for hit in hits:
        if (
            not blocked.intersection(range(hit.first, hit.last))
            and (sense := _sense(sentence, hit))
            and not _is_other(sentence, hit, sense)
        ):
            found.append(Trigger(sentence.index, hit.first, hit.last, sense.act, _voice(sentence, hit, sense), sense.also))
    return found


def _is_other(sentence: Sentence, hit: Hit[tuple[Sense, ...]], sense: Sense) -> bool:
    """Whether a phrase only names something: the month of March, an attack planner, a bombing suspect."""
    tokens = sentence.tokens
    after = tokens[hit.last] if hit.last < len(tokens) else None
    if tokens[hit.first].text == "March" or (tokens[hit.first].lower == "fire" and _is_blaze(tokens, hit)):
        return True
    if sense.form != "noun" or after is None or not after.tag.startswith("NN"):
        return False
    return after.lower not in STILL_ACTS and after.text[0].islower() == tokens[hit.last - 1].text[0].islower()


def _is_blaze(tokens: list[Token], hit: Hit[tuple[Sense, ...]]) -> bool:
    """Whether "fire" is what burns ("a fire at", "caught fire on"), not what gunmen do."""
    if hit.last - hit.first < 2 or tokens[hit.first].tag.startswith("VB"):
        return False
    return hit.first == 0 or tokens[hit.first - 1].tag[:2] in ("DT", "JJ", "VB", "PR")


def _sense(sentence: Sentence, hit: Hit[tuple[Sense, ...]]) -> Sense | None:
    """Choose between the noun and the verb a phrase may be, by the tag of its first word; None where neither fits."""
    token = sentence.tokens[hit.first]
    verb = next((sense for sense in hit.value if sense.form != "noun"), None)
    noun = next((sense for sense in hit.value if sense.form == "noun"), None)
    if verb is None or noun is None:
        if verb is not None and hit.last - hit.first == 1 and _is_plainly_noun(sentence, token):
            return None
        if verb is not None and verb.act.name == "machine-gun" and sentence.tokens[hit.last - 1].tag.startswith("NN"):
            return None  # "with machine guns"
        return verb or noun
    return verb if token.tag.startswith("VB") else noun


def _is_plainly_noun(sentence: Sentence, token: Token) -> bool:
    if sentence.case != "normal" or token.tag not in ("NN", "NNS", "NNP", "NNPS"):
        return False
    after = sentence.tokens[token.index + 1 : token.index + 2]
    return not _auxiliary(sentence.tokens, token.index) and not (after and after[0].tag in ("PRP", "DT", "PRP$", "CD"))


def _voice(sentence: Sentence, hit: Hit[tuple[Sense, ...]], sense: Sense) -> Voice:
    if sense.form == "noun":
        return "nominal"
    if sense.form in ("third", "gerund") or (sense.form == "base" and not _is_past_too(hit, sense)):
        return "active"
    if sense.form == "passive":
        return "passive"
    tokens = sentence.tokens
    auxiliary = _auxiliary(tokens, hit.first)
    if auxiliary:
        return "passive" if auxiliary == "be" else "active"
    if (sense.act.agents or sense.act.agent == "security_force" or sense.act.patient == "captive") and _holds_object(
        tokens, hit, sense
    ):
        return "active"
    after = tokens[hit.last] if hit.last < len(tokens) else None
    if hit.first and after and tokens[hit.first - 1].tag in ("DT", "JJ", "PRP$", "CD") and after.tag.startswith(("NN", "JJ")):
        return "adjective"
    if (
        after is not None
        and (after.tag in OBJECT_STARTS or _quantifies(tokens, hit.last))
        and after.lower not in ("yesterday", "today", "tonight")
    ):
        return "active"
    return "active" if sense.act.agent in ("weapon", "victim", "captive", "unknown") or _has_own_object(sense.act) else "passive"


def _holds_object(tokens: list[Token], hit: Hit[tuple[Sense, ...]], sense: Sense) -> bool:
    """Whether the verb's object stands in the phrase's gap: "found a cache", "set a bus alight", "beat two men to death"."""
    words = sense.act.name.split()
    return "*" in words and tokens[hit.first + words.index("*")].tag in OBJECT_STARTS


def _is_past_too(hit: Hit[tuple[Sense, ...]], sense: Sense) -> bool:
    """Whether the base form is the participle as well ("hit", "set fire to")."""
    return any(other.form == "participle" and other.act is sense.act for other in hit.value)


def _has_own_object(act: Act) -> bool:
    """Whether the phrase holds its object ("open fire", "throw a grenade"), so that it stands in the active without one."""
    words = act.name.split()
    return len(words) > 1 and words[-1] in OWN_OBJECTS


def _quantifies(tokens: list[Token], place: int) -> bool:
    """Whether "at least 15", "more than 40" or the like begins here, which only an object does."""
    pair = tuple(token.lower for token in tokens[place : place + 2])
    return pair in (("at", "least"), ("more", "than"), ("up", "to"), ("as", "many")) or pair[:1] in (
        ("over",),
        ("about",),
        ("nearly",),
        ("dozens",),
    )


def _auxiliary(tokens: list[Token], first: int) -> str:
    """Return "be" or "have", the auxiliary that governs the verb at `first`, or "" where it has none."""
    for index in range(first - 1, max(-1, first - 1 - LOOK_BACK), -1):
        token = tokens[index]
        if token.lower in BE:
            return "be"
        if token.lower in HAVE:
            return "have"
        if (
            token.tag not in PASSES
            and token.lower not in ("also", "and", "or", "either", "to")
            and not token.tag.startswith("VB")
        ):
            return ""
    return ""
