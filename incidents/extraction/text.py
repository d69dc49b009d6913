"""Paragraphs of raw text, soft line wraps undone, and how a stretch of text is cased. Pure and linear in the text's length."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from incidents.extraction.lexicons import words
from incidents.extraction.per_word import PerWord

Case = Literal["normal", "title", "upper", "lower"]

LINE: Final = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
BLOCK_TAG: Final = re.compile(r"</?(?:p|div|br|li|ul|ol|tr|td|h[1-6]|blockquote|section|article)\b[^<>\n]{0,300}>", re.IGNORECASE)
WRAP_MIN: Final = 40  # characters of a line that a mail or wire system broke for width
WRAP_MAX: Final = 100
SMALL_WORDS: Final = words("headline_small_words")


def _lines(text: str) -> list[tuple[int, int, bool]]:
    """Non-blank lines as (start, end, whether a paragraph surely starts here)."""
    found: list[tuple[int, int, bool]] = []
    previous = 0
    for match in LINE.finditer(text):
        if match.group().isspace():
            continue
        gap = text[previous : match.start()]
        breaks = max(gap.count("\n"), gap.count("\r"))
        found.append((match.start(), match.end(), breaks != 1))
        previous = match.end()
    return found


def _is_wrapped(text: str, lines: list[tuple[int, int, bool]]) -> bool:
    """Whether single line ends come from a fixed width: most lines are of a wrap's length and stop in mid-sentence."""
    joined = [lines[i] for i in range(len(lines) - 1) if not lines[i + 1][2]]
    if not joined:
        return False
    cut = sum(WRAP_MIN <= end - start <= WRAP_MAX and text[end - 1] not in ".!?:\"”'" for start, end, _ in joined)
    return cut * 2 >= len(joined)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each paragraph. Blank lines, block markup and, in text that is not wrapped, line ends part them."""
    lines = _lines(text)
    wrapped = _is_wrapped(text, lines)
    start = end = 0
    for first, last, fresh in lines:
        short = end - start and end - text.rfind("\n", 0, end) < WRAP_MIN and text[end - 1] in ".!?"
        if end and (fresh or not wrapped or short):
            yield from _split_at_markup(text, start, end)
            start = first
        elif not end:
            start = first
        end = last
    if end:
        yield from _split_at_markup(text, start, end)


def _split_at_markup(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if "<" in text[start:end]:
        for tag in BLOCK_TAG.finditer(text, start, end):
            if tag.start() > start:
                yield start, tag.start()
            start = tag.end()
    if end > start:
        yield start, end


def case_of(tokens: list[str]) -> Case:
    """Tell how words are cased: a wire in capitals, a headline in title case, text without capitals, or ordinary prose."""
    codes = "".join(map(CASINGS.__getitem__, tokens))
    capitals, capitalised, small = codes.count("A"), codes.count("C"), codes.count("l")
    upper, opened = capitals + codes.count("a"), capitalised + codes.count("c")
    letters = upper + opened + small + codes.count("s")
    if letters < 3:
        first = next((word for word in tokens if word[0].isalpha()), "")
        return "upper" if len(first) > 5 and upper == letters else "normal"
    if upper * 10 >= letters * 8:
        return "upper"
    content = capitals + capitalised + small
    if small and capitalised and tokens[-1] == ".":  # a sentence full of names: headlines have no full stop
        return "normal"
    if content >= 3 and (capitals + capitalised) * 10 >= content * 8 and (letters < 25 or upper * 2 < letters):
        return "title"
    return "normal" if upper or opened else "lower"


def _casing(word: str) -> str:
    """One letter for how a word is cased: all capitals, one first, or none, small for headline small words; a dash for marks."""
    if not word[0].isalpha():
        return "-"
    code = ("A" if word.isupper() else "C") if word[0].isupper() else "l"
    return code if word.lower() not in SMALL_WORDS else {"A": "a", "C": "c", "l": "s"}[code]


CASINGS: Final = PerWord(_casing)
