"""Words and sentences with exact offsets. Every later stage reads these, never the raw text."""

from dataclasses import dataclass, field
from typing import Final

from incidents.extraction.cutting import ABBREVIATIONS, MAX_WORD, pieces
from incidents.extraction.lexicons import words
from incidents.extraction.text import Case, case_of, paragraphs
from incidents.extraction.values import Document, Span

__all__ = ["MAX_SENTENCE", "MAX_WORD", "Reading", "Sentence", "Token", "spelled", "tokenize"]

MAX_SENTENCE: Final = 240  # tokens; text without punctuation is cut here, so that cost stays linear

LEAST_BODY: Final = 16  # tokens; shorter paragraphs without a full stop are headings
WIRE_HEAD: Final = 60  # tokens; datelines are shorter

SENTENCE_END: Final = frozenset(".!?")
CLOSERS: Final = frozenset("\"”’')]»")
QUOTES: Final = frozenset('"“”«»')
STARTERS: Final = words("sentence_starters")


class Token:
    """One word or mark. `start` and `end` are offsets into the text, or into the title for a title sentence.

    A plain class, since a dataclass's own `__init__` is not compiled, and every word of a text is made by it.
    """

    __slots__ = ("end", "index", "lemma", "lower", "start", "tag", "text")

    def __init__(self, text: str, start: int, end: int, index: int, lower: str, lemma: str = "", tag: str = "") -> None:
        self.text, self.start, self.end = text, start, end
        self.index = index  # position in its sentence
        self.lower = lower
        self.lemma, self.tag = lemma, tag  # filled by tagging; `tag` is the Penn Treebank part of speech


def spelled(tokens: list[Token]) -> str:
    """Return the words of some tokens that stand side by side as their text has them, gaps made one space."""
    parts = [token.text if at == 0 or token.start == tokens[at - 1].end else f" {token.text}" for at, token in enumerate(tokens)]
    return "".join(parts)


@dataclass(slots=True)
class Sentence:
    """One sentence; the title is the first one with `in_title` set. `paragraph` counts from 0 (title -1).

    `depth` counts paragraphs from the lead, 0 for it and for the headings over it.
    """

    index: int
    tokens: list[Token]
    in_title: bool
    paragraph: int
    quoted: bool = False  # lies wholly inside quotation marks
    depth: int = 0
    texts: list[str] = field(init=False, repr=False)  # `text` of each token
    lowers: list[str] = field(init=False, repr=False)  # `lower` of each token: what most stages look words up by
    opened: list[tuple[int, int]] = field(init=False, default_factory=list, repr=False)  # where phrases begin (phrasebook.Shelf)
    books_known: int = field(init=False, default=-1, repr=False)  # of how many books that is known
    case: Case = field(init=False)  # how its words are cased: capitals prove a name in normal case only

    def __post_init__(self) -> None:
        self.texts = [token.text for token in self.tokens]
        self.lowers = [token.lower for token in self.tokens]
        self.case = case_of(self.texts)

    def span(self, first: int = 0, last: int | None = None) -> Span:
        """Return the span from token `first` up to, not including, token `last`."""
        end = len(self.tokens) if last is None else last
        return Span(self.tokens[first].start, self.tokens[end - 1].end, self.in_title)


@dataclass(slots=True)
class Reading:
    """A document cut into sentences, as all stages share it."""

    document: Document
    sentences: list[Sentence]


def tokenize(document: Document) -> Reading:
    """Cut title and text into sentences of tokens; never fails, whatever the text holds."""
    sentences: list[Sentence] = []
    title = _words(document.title, 0, len(document.title))
    for first in range(0, len(title), MAX_SENTENCE):
        _add(sentences, title[first : first + MAX_SENTENCE], -1)
    depth, told = 0, False
    for number, (start, end) in enumerate(paragraphs(document.text)):
        tokens = _words(document.text, start, end)
        depth += told
        told = told or _is_body(tokens)
        outside: bool = True
        head = _wire_head(tokens)
        for group in [tokens[:head]] * (head > 0) + _sentences(document.text, tokens[head:]):
            outside = _add(sentences, group, number, depth, outside=outside)
    return Reading(document, sentences)


def _is_body(tokens: list[Token]) -> bool:
    """Whether a paragraph is no mere heading: bylines, release numbers and the like belong to the lead that they stand over."""
    return len(tokens) >= LEAST_BODY or (bool(tokens) and tokens[-1].text in SENTENCE_END)


def _words(text: str, start: int, end: int) -> list[Token]:
    return [Token(word, first, last, 0, lower) for word, lower, first, last in pieces(text, start, end)]


def _sentences(text: str, tokens: list[Token]) -> list[list[Token]]:
    """Part the tokens of one paragraph into sentences."""
    cased = any(token.text[0].isupper() for token in tokens[:400])
    groups: list[list[Token]] = []
    first, position, size = 0, 0, len(tokens)
    while position < size:
        word = tokens[position].text
        position += 1
        if word[-1] in SENTENCE_END:
            while position < size and tokens[position].text in CLOSERS and tokens[position].start == tokens[position - 1].end:
                position += 1
            ended = position == size or _starts_sentence(text, tokens, word, position, cased=cased)
        else:
            ended = False
        if not ended and position - first < MAX_SENTENCE:
            continue
        groups.append(tokens[first:position])
        first = position
    if first < size:
        groups.append(tokens[first:])
    return groups


def _wire_head(tokens: list[Token]) -> int:
    """Number of tokens up to and with a wire's "[TEXT]" mark, which parts the dateline from the report."""
    for index in range(2, min(len(tokens), WIRE_HEAD)):
        if tokens[index].text == "]" and tokens[index - 1].lower == "text" and tokens[index - 2].text == "[":
            return index + 1
    return 0


def _starts_sentence(text: str, tokens: list[Token], end_word: str, position: int, *, cased: bool) -> bool:
    """Whether the token at `position`, after a sentence-ending mark or an abbreviation, opens a new sentence."""
    token, before = tokens[position], tokens[position - 1]
    gap = token.start > before.end
    if len(end_word) > 1 and end_word[0].isalnum():  # an abbreviation
        kind = ABBREVIATIONS.get(end_word[:-1].lower(), "end" if "." in end_word[:-1] else "open")
        return gap and kind.endswith("end") and token.text[0].isupper() and token.lower in STARTERS
    opener = token
    while opener.text in "\"“‘'([«" and position + 1 < len(tokens):
        position += 1
        opener = tokens[position]
    if opener.text[0].islower():
        return gap and not cased
    if not gap:  # "…the house.The next day": letters on both sides of the stop
        return opener.text[0].isupper() and position >= 2 and len(tokens[position - 2].text) > 2
    return True


def _add(sentences: list[Sentence], tokens: list[Token], paragraph: int, depth: int = 0, *, outside: bool = True) -> bool:
    """Append a sentence; return whether its end lies outside quotation marks."""
    quoted = not outside
    sentence = Sentence(len(sentences), tokens, paragraph < 0, paragraph, quoted, depth)
    for index, token in enumerate(tokens):
        token.index = index
    if not QUOTES.isdisjoint(sentence.texts):
        for index, text in enumerate(sentence.texts):
            if text in QUOTES:
                outside = (not outside) if text == '"' else text in "”»"
                quoted = quoted or index == 0
                quoted = quoted and (not outside or index >= len(tokens) - 2)
        sentence.quoted = quoted
    sentences.append(sentence)
    return outside
