"""Noun groups and verb groups of a sentence, found by two regular expressions over one letter per token.

Basic groups come before any attachment: a group is what can be told from the words side by side. Needs `tagging` to have run.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from incidents.extraction.time_names import NAMES, after_date
from incidents.extraction.tokens import Sentence, Token

Tense = Literal["past", "present", "future", "past_perfect", "present_perfect", "conditional", "infinitive", "participle"]

LETTERS: Final = {
    "DT": "D", "PDT": "D", "PRP$": "D", "PRP": "p", "CD": "c", "JJ": "j", "JJR": "j", "JJS": "j",
    "RB": "r", "RBR": "r", "RBS": "r", "NN": "n", "NNS": "n", "NNP": "x", "NNPS": "x", "POS": "o",
    "VBD": "v", "VBN": "w", "VBG": "g", "VB": "b", "VBZ": "z", "VBP": "z", "MD": "m", "TO": "t", "IN": "i",
    "CC": "&", "WDT": "q", "WP": "q", "WP$": "q", "WRB": "q", ",": ",",
}  # fmt: skip
BE: Final = frozenset(
    {"be", "is", "are", "was", "were", "been", "being", "am", "'re", "’re", "'m", "’m", "get", "got", "gets", "getting"}
)
HAVE: Final = frozenset({"have", "has", "had", "having", "'ve", "’ve"})
DO: Final = frozenset({"do", "does", "did"})
NEGATORS: Final = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly", "barely"})
PREPOSITIONS_TAGGED_AS_VERBS: Final = frozenset({"including", "according", "following", "regarding", "concerning", "excluding"})
CONDITIONAL: Final = frozenset({"would", "could", "may", "might", "should", "'d", "’d"})
NOUN_GROUP: Final = re.compile(r"(?:D+r?)?(?:c|j|[nx]o?|(?<=[Dcj])[wg]|w(?=n))*[nxc]|p|D(?![a-zA-Z])")
VERB_GROUP: Final = re.compile(r"t?r*(?:[mHBd][r]*)*(?:t?r*(?<=[tmdr])b|[vwgzb])|[mHBd]r*(?:[HB]r*)*")


@dataclass(frozen=True, slots=True)
class NounGroup:
    """Tokens `first` up to, not including, `last`. `of` and `apposition` are positions of other groups in the same list."""

    first: int
    last: int
    head: int
    plural: bool
    name: bool  # headed by a proper name
    of: int | None = None
    apposition: int | None = None


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """Tokens `first` up to, not including, `last`. `hypothetical` is what may, might, would or could be; `future` is a tense."""

    first: int
    last: int
    head: int
    tense: Tense
    passive: bool = False
    negated: bool = False
    hypothetical: bool = False


def letters(sentence: Sentence) -> str:
    """Return one letter a token, so that a position in the string is a position in the sentence."""
    return "".join(_letter(token) for token in sentence.tokens)


def _letter(token: Token) -> str:
    word = token.lower
    if token.tag in ("VBD", "VBZ", "VBP", "VB", "VBN", "VBG", "POS", "MD"):
        if word in BE:
            return "B"
        if word in HAVE:
            return "H"
        if word in DO:
            return "d"
        if word in PREPOSITIONS_TAGGED_AS_VERBS:
            return "i"
    return LETTERS.get(token.tag, "-")


def noun_groups(sentence: Sentence) -> list[NounGroup]:
    """Return the basic noun groups from left to right, "of" and apposition attached."""
    tokens = sentence.tokens
    found: list[NounGroup] = []
    dated = not NAMES.isdisjoint(sentence.lowers)
    for match in NOUN_GROUP.finditer(letters(sentence)):
        head = match.end() - 1
        first = after_date(tokens, match.start(), head) if dated and match.start() < head else match.start()
        tag = tokens[head].tag
        plural = tag in ("NNS", "NNPS") or (tag == "CD" and tokens[head].text not in ("1", "one"))
        found.append(NounGroup(first, match.end(), head, plural, tag.startswith("NNP")))
    return [_attached(sentence, found, position) for position in range(len(found))]


def _attached(sentence: Sentence, groups: list[NounGroup], position: int) -> NounGroup:
    group = groups[position]
    if position + 1 == len(groups):
        return group
    following = groups[position + 1]
    between = [token.text for token in sentence.tokens[group.last : following.first]]
    of = position + 1 if between == ["of"] else None
    apposition = position + 1 if between == [","] and group.name != following.name and _closed(sentence, following) else None
    if of is None and apposition is None:
        return group
    return NounGroup(group.first, group.last, group.head, group.plural, group.name, of, apposition)


def _closed(sentence: Sentence, group: NounGroup) -> bool:
    """Whether a comma or the sentence's end closes the group, as it does an apposition, or "of" and "who" continue it."""
    if group.last >= len(sentence.tokens):
        return True
    return sentence.tokens[group.last].text in (",", ".", "of", "who", "in", "from", ")")


def verb_groups(sentence: Sentence) -> list[VerbGroup]:
    """Return the verb groups from left to right: auxiliaries, adverbs between them and the main verb."""
    text = letters(sentence)
    return [_verb_group(sentence, text, match.start(), match.end()) for match in VERB_GROUP.finditer(text)]


def _verb_group(sentence: Sentence, text: str, first: int, last: int) -> VerbGroup:
    words = [token.lower for token in sentence.tokens[first:last]]
    head = max(index for index in range(first, last) if text[index] not in "r")
    auxiliaries = text[first:head]
    passive = (text[head] in "wv" and "B" in auxiliaries) or (text[head] == "w" and not auxiliaries.strip("r"))
    negated = any(word in NEGATORS for word in words)
    hypothetical = any(word in CONDITIONAL for word in words)
    return VerbGroup(first, last, head, _tense(text, words, first, head), passive, negated, hypothetical)


def _tense(text: str, words: list[str], first: int, head: int) -> Tense:
    if words[0] in ("will", "shall", "'ll", "’ll", "wo"):
        return "future"
    if words[0] in CONDITIONAL:
        return "conditional"
    if "had" in words[: head - first]:
        return "past_perfect"
    if "H" in text[first:head]:
        return "present_perfect"
    leading = text[first:head].strip("r")
    finite = words[0] if leading else ""
    if finite in ("was", "were", "did", "got") or (
        not leading and (text[head] == "v" or words[head - first] in ("was", "were", "had"))
    ):
        return "past"
    if text[first] == "t" or (not leading and text[head] == "b"):
        return "infinitive"
    return "participle" if not leading and text[head] in "wg" else "present"
