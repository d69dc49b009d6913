"""Who says so: the source, the words of saying and the content of each report, and the claimant of any words of a sentence."""

from dataclasses import dataclass

from incidents.extraction.lexicons import sets, words
from incidents.extraction.tokens import Reading, Sentence, Token
from incidents.extraction.values import Span

SETS = sets("outcome_word_sets")
CUES = words("speech_cues")
NOUN_TAGS = ("NN", "NNS", "NNP", "NNPS", "JJ", "CD", "POS", "VBN", "VBG")
LONGEST_SOURCE = 12  # tokens
LOOK_BACK = 3  # sentences within which a pronoun or a quotation finds its speaker
DETERMINERS = SETS["determiner"]
PRONOUNS = frozenset({"he", "she", "it", "they"})
# Nouns that are no speakers though they stand before "reported" and the like.
NOT_SOURCES = SETS["not_source"]
NOT_SAID = SETS["not_said"]  # "claimed the lives of": nothing is said


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
    """Return the reports of a sentence: "S said that C", "C, S said", "C, said S", "according to S"."""
    tokens = sentence.tokens
    found: list[Attribution] = []
    for token in tokens:
        index = token.index
        if token.lower in CUES and not (index + 1 < len(tokens) and _claims_a_thing(tokens, index)):
            attribution = _by_verb(sentence, index)
        elif token.lower == "according" and index + 1 < len(tokens) and tokens[index + 1].lower == "to":
            attribution = _by_according(sentence, index)
        else:
            continue
        if attribution is not None:
            found.append(attribution)
    return found


def _claims_a_thing(tokens: list[Token], index: int) -> bool:
    """ "claimed responsibility", "claimed five lives", "put to death": a verb of saying that says nothing here."""
    return any(token.lower in NOT_SAID or token.lower == "death" for token in tokens[index + 1 : index + 5])


def _by_verb(sentence: Sentence, cue: int) -> Attribution | None:
    tokens = sentence.tokens
    before = cue - 1
    while before >= 0 and (tokens[before].tag in ("RB", "MD") or tokens[before].lower in ("has", "have", "had", "also")):
        before -= 1
    if before >= 0 and (tokens[before].lower in PRONOUNS or tokens[before].lower in ("who", "which")):
        return _placed(sentence, before, before + 1, cue, pronoun=True)
    inverted = before < 0 or (not tokens[before].tag.startswith(("NN", "CD", "JJ", "-RRB-")) and tokens[before].text != ",")
    follows_quote = before >= 0 and tokens[before].text in ',"”’'
    if inverted or follows_quote:
        source = _source_after(tokens, cue + 1)
        if source is not None and (follows_quote or before >= 0):
            return Attribution(*source, cue, 0, before + 1)
        if not follows_quote:
            return None
    first = _source_start(tokens, before)
    if first is None:
        return None
    return _placed(sentence, first, before + 1, cue, pronoun=False)


def _source_start(tokens: list[Token], last: int) -> int | None:
    """First token of the noun phrase that ends at `last`, "of" and "for" phrases and an apposition's comma inside it."""
    if last >= 0 and tokens[last].text == ",":
        comma = next((index for index in range(last - 1, max(-1, last - 14), -1) if tokens[index].text == ","), None)
        return _source_start(tokens, comma - 1) if comma else None
    first = last + 1
    while first > 0 and last - first < LONGEST_SOURCE:
        token = tokens[first - 1]
        if token.lower in DETERMINERS:
            inside = first >= 3 and tokens[first - 2].lower in ("of", "in", "for") and tokens[first - 3].tag.startswith("NN")
            if not inside:
                return first - 1
            first -= 2  # "the family of a boy": the phrase's own noun comes before
            continue
        joined = token.lower in ("of", "for", "and", "at", "in", "&") and first <= last and tokens[first].text[0].isupper()
        joined = joined and first >= 2 and tokens[first - 2].tag.startswith(("NN", "JJ", "CD"))
        if (
            token.tag == "NNS"
            and first <= last
            and not (tokens[first].lower in ("of", "for", "in") or tokens[first].tag == "POS" or token.text[0].isupper())
        ):
            break  # "killed six people state television reported": the object ends here
        if (token.tag not in NOUN_TAGS and not joined) or token.lower in NOT_SOURCES:
            break
        first -= 1
    return first if first <= last and tokens[last].lower not in NOT_SOURCES else None


def _source_after(tokens: list[Token], first: int) -> tuple[int, int] | None:
    """The noun phrase that starts at `first`."""
    last = first
    while last < len(tokens) and last - first < LONGEST_SOURCE:
        token = tokens[last]
        joined = (
            token.lower in ("of", "for", "and") and last > first and last + 1 < len(tokens) and tokens[last + 1].text[0].isupper()
        )
        if not ((token.lower in DETERMINERS and last == first) or token.tag in NOUN_TAGS or joined) or token.tag == "VBG":
            break
        last += 1
    if (
        last == first
        or not any(token.tag.startswith("NN") for token in tokens[first:last])
        or tokens[last - 1].lower in NOT_SOURCES
    ):
        return None
    return first, last


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
    source = _source_after(tokens, index + 2)
    if source is None:
        return None
    if index == 0:
        return Attribution(*source, index, source[1], len(tokens))
    return Attribution(*source, index, 0, index)


def claimant_of(reading: Reading, sentence_index: int, first: int, last: int) -> Claimant | None:
    """Return who says what stands in tokens `first` to `last`: in the sentence itself, or the speaker of a running quotation."""
    sentence = reading.sentences[sentence_index]
    for attribution in attributions(sentence):
        if attribution.content_first <= first and last <= attribution.content_last:
            return _named(reading, sentence_index, attribution)
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
