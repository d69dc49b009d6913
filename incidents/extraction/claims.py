"""Who says so: the source, the words of saying and the content of each report, and the claimant of any words of a sentence."""

import itertools
from dataclasses import dataclass
from typing import Final

from incidents.extraction.claim_sources import (
    DETERMINERS,
    FIGURES,
    FINITE,
    before_relative,
    is_aside,
    is_day,
    owner_of_figure,
    source_after,
    source_start,
)
from incidents.extraction.lexicons import sets, words
from incidents.extraction.numbers import VAGUE
from incidents.extraction.tokens import Reading, Sentence, Token
from incidents.extraction.values import Span

SETS: Final = sets("outcome_word_sets")
CUES: Final = words("speech_cues")
TOLD_TO: Final = frozenset({"told", "tells"})  # who stands after them listens
LOOK_BACK: Final = 3  # sentences within which a pronoun or a quotation finds its speaker
PRONOUNS: Final = frozenset({"he", "she", "it", "they"})
# Nobody says what he denies.
DENIALS: Final = frozenset({"denied", "denies", "deny", "denying", "rejected", "rejects", "dismissed", "dismisses"})
NOT_SAID: Final = SETS["not_said"]  # "claimed the lives of": nothing is said
SPOKE: Final = SETS["spoke_of"]  # "spoke of 20 bodies", "gave the toll as eight"
COUNTED: Final = SETS["count_kept"]  # "documented 31 deaths"
SPEAKING: Final = CUES | COUNTED | SPOKE | {"according"}
FIGURE_REACH: Final = 8  # tokens from "according to" to "tally"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One report in a sentence: the source's tokens, the cue's token, and the tokens of what is reported."""

    source_first: int
    source_last: int
    cue: int
    content_first: int
    content_last: int
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class Claimant:
    """The source as the text names it, without its article, and where it stands."""

    name: str
    span: Span


def attributions(sentence: Sentence) -> list[Attribution]:
    """Return the reports of a sentence: "S said that C", "C, S said", "C, said S", "according to S", "S's count stood at"."""
    tokens = sentence.tokens
    found: list[Attribution] = [] if FIGURES.isdisjoint(sentence.lowers) else _by_figures(sentence)
    for index in [index for index, word in enumerate(sentence.lowers) if word in SPEAKING]:
        word = sentence.lowers[index]
        if word in CUES and not (index + 1 < len(tokens) and _claims_a_thing(tokens, index)):
            attribution = _by_verb(sentence, index)
        elif word == "according" and index + 1 < len(tokens) and tokens[index + 1].lower == "to":
            attribution = _by_according(sentence, index)
        elif word in COUNTED or (word in SPOKE and _speaks_of_figures(sentence, index)):
            attribution = _by_count(sentence, index)
        else:
            continue
        if attribution is not None:
            found.append(attribution)
    return found


def _claims_a_thing(tokens: list[Token], index: int) -> bool:
    """ "claimed responsibility", "claimed five lives", "put to death": a verb of saying that says nothing here."""
    after = [token.lower for token in tokens[index + 1 : index + 5]]
    return not NOT_SAID.isdisjoint(after) or ("death" in after[1:] and after[after.index("death") - 1] == "to")


def _speaks_of_figures(sentence: Sentence, index: int) -> bool:
    """Whether "spoke of 20 bodies" or "gave the toll as" stands at `index`."""
    near = sentence.tokens[index + 1 : index + 6]
    if any(token.lower in FIGURES or token.lower == "number" for token in near[:4]):
        return True
    content = itertools.takewhile(lambda token: token.tag != "WRB" and token.lower not in ("as", "while", "after"), near)
    return near[:1] != [] and near[0].lower == "of" and any(token.tag == "CD" or token.lower in VAGUE for token in content)


def _by_figures(sentence: Sentence) -> list[Attribution]:
    """Reports whose source owns a figure: "the group's tally stood at 12", "a count by the Red Crescent"."""
    found: list[Attribution] = []
    for index in [index for index, word in enumerate(sentence.lowers) if word in FIGURES]:
        source = owner_of_figure(sentence.tokens, index)
        if source is not None and "according" not in sentence.lowers[max(0, index - 5) : index]:
            found.append(Attribution(*source, index, index, len(sentence.tokens)))
    return found


def _by_count(sentence: Sentence, cue: int) -> Attribution | None:
    """ "witnesses spoke of 20 bodies", "the office documented 31 deaths": the source stands right before, and is no object."""
    tokens = sentence.tokens
    before = _before_auxiliaries(tokens, cue)
    if before < 0 or (tokens[cue].tag not in FINITE and before == cue - 1):
        return None
    if tokens[before].lower in PRONOUNS:
        return _placed(sentence, before, before + 1, cue, pronoun=True)
    first = source_start(tokens, before) if tokens[before].tag.startswith("NN") else None
    return None if first is None else Attribution(first, before + 1, cue, cue + 1, len(tokens))


def _before_auxiliaries(tokens: list[Token], cue: int) -> int:
    before = cue - 1
    while before >= 0 and (tokens[before].tag in ("RB", "RBR", "MD") or tokens[before].lower in ("has", "have", "had", "also")):
        before -= 1
    on_a_day = before > 1 and is_day(tokens[before]) and tokens[before - 1].lower in ("on", "late", "early", "last")
    return _before_auxiliaries(tokens, before - 1) if on_a_day else before  # "police on Monday put the toll at three"


def _by_verb(sentence: Sentence, cue: int) -> Attribution | None:
    tokens = sentence.tokens
    before = _before_auxiliaries(tokens, cue)
    if before >= 0 and (tokens[before].lower in PRONOUNS or tokens[before].lower in ("who", "which")):
        return _placed(sentence, before, before + 1, cue, pronoun=True)
    if is_day(tokens[cue - 1]) and (after := source_after(tokens, cue + 1)) and _ends_report(tokens, after[1]):
        return Attribution(*after, cue, 0, before + 1)  # "a bomb exploded on Friday said a monitoring group"
    if before > 1 and tokens[before].lower == "as":  # "quoted an official as saying", "officials were quoted as saying"
        last = before - 1
        while last > 0 and tokens[last].tag.startswith("VB"):
            last -= 1
        first = source_start(tokens, last) if tokens[last].tag.startswith("NN") else None
        return None if first is None else Attribution(first, last + 1, cue, cue + 1, len(tokens))
    described = before_relative(tokens, before)
    if described is not None and (first := source_start(tokens, described)) is not None:
        return _placed(sentence, first, described + 1, cue, pronoun=False)
    inverted = before < 0 or (not tokens[before].tag.startswith(("NN", "CD", "JJ", "-RRB-")) and tokens[before].text != ",")
    follows_quote = before >= 0 and tokens[before].text in ',"”’' and not is_aside(tokens, before)
    if inverted or follows_quote:
        source = source_after(tokens, cue + 1) if tokens[cue].lower not in TOLD_TO else None
        if source is not None and (follows_quote or before >= 0):
            return Attribution(*source, cue, 0, before + 1)
        if not follows_quote:
            return None
    first = source_start(tokens, before)
    if first is None or all(token.tag == "CD" for token in tokens[first : before + 1]):  # "not six as first reported"
        return None
    return _placed(sentence, first, before + 1, cue, pronoun=False)


def _ends_report(tokens: list[Token], last: int) -> bool:
    return last >= len(tokens) or tokens[last].text in (".", ",", ";")


def _placed(sentence: Sentence, first: int, last: int, cue: int, *, pronoun: bool) -> Attribution:
    """Decide which side the content is on: before the source where a clause with a verb stands there, else after the cue."""
    tokens = sentence.tokens
    says_that = cue + 1 < len(tokens) and tokens[cue + 1].lower == "that"
    clause = any(token.tag in ("VBD", "VBZ", "VBP", "VBN", "VBG") for token in tokens[:first])
    if clause and not says_that and not (first > 0 and tokens[first - 1].lower in ("and", "but", ";")):
        return Attribution(first, last, cue, 0, first, pronoun)
    return Attribution(first, last, cue, cue + 1, len(tokens), pronoun)


def _by_according(sentence: Sentence, index: int) -> Attribution | None:
    tokens = sentence.tokens
    source = source_after(tokens, index + 2) or _owner_in(tokens, index + 2)
    if source is None:
        return None
    if index == 0:
        return Attribution(*source, index, source[1], len(tokens))
    return Attribution(*source, index, 0, index)


def _owner_in(tokens: list[Token], first: int) -> tuple[int, int] | None:
    """Whose figures "a tally by the agency" or "the group's own count" are, read from `first` on."""
    for index in range(first, min(first + FIGURE_REACH, len(tokens))):
        if tokens[index].lower in FIGURES:
            return owner_of_figure(tokens, index)
        if not tokens[index].tag.startswith(("NN", "JJ", "DT", "PRP$", "POS")):
            return None
    return None


def claimant_of(reading: Reading, sentence_index: int, first: int, last: int) -> Claimant | None:
    """Return who says what stands in tokens `first` to `last`: in the sentence itself, or the speaker of a running quotation."""
    sentence = reading.sentences[sentence_index]
    holding = [one for one in attributions(sentence) if one.content_first <= first and last <= one.content_last]
    holding = [one for one in holding if sentence.lowers[one.cue] not in DENIALS]
    if holding:  # of "the army said …; the rebels said …" the nearer one
        return _named(reading, sentence_index, max(holding, key=lambda one: one.content_first))
    return _last_speaker(reading, sentence_index) if sentence.quoted else None


def _named(reading: Reading, sentence_index: int, attribution: Attribution) -> Claimant | None:
    """The source of a report; a pronoun is the speaker before it."""
    sentence = reading.sentences[sentence_index]
    if attribution.pronoun:
        return _last_speaker(reading, sentence_index)
    tokens = sentence.tokens[attribution.source_first : attribution.source_last]
    while len(tokens) > 1 and tokens[0].lower in DETERMINERS:
        tokens = tokens[1:]
    comma = next((position for position, token in enumerate(tokens) if token.text == ","), None)
    tokens = tokens[:comma] if comma else tokens  # an apposition after the name is no part of it
    source = reading.document.title if sentence.in_title else reading.document.text
    start, end = tokens[0].start, tokens[-1].end
    return Claimant(" ".join(source[start:end].split()), Span(start, end, sentence.in_title))


def _last_speaker(reading: Reading, sentence_index: int) -> Claimant | None:
    """The last source named in the sentences just before; for an opening quotation also the one just after."""
    nearby = [*range(sentence_index - 1, max(-1, sentence_index - 1 - LOOK_BACK), -1), sentence_index + 1]
    for index in nearby:
        if not 0 <= index < len(reading.sentences) or reading.sentences[index].in_title:
            continue
        for attribution in reversed(attributions(reading.sentences[index])):
            if not attribution.pronoun:
                return _named(reading, index, attribution)
    return None
