"""Paragraphs of raw text, soft line wraps undone, and how a stretch of text is cased. Pure and linear in the text's length."""

import re
from collections.abc import Iterator
from typing import Literal

from incidents.extraction.lexicons import words

Case = Literal["normal", "title", "upper", "lower"]

LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
BLOCK_TAG = re.compile(r"</?(?:p|div|br|li|ul|ol|tr|td|h[1-6]|blockquote|section|article)\b[^<>\n]{0,300}>", re.IGNORECASE)
WRAP_MIN, WRAP_MAX = 40, 100  # characters of a line that a mail or wire system broke for width
SMALL_WORDS = words("headline_small_words")


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
    letters = [word for word in tokens if word[0].isalpha()]
    if len(letters) < 3:
        return "upper" if letters and len(letters[0]) > 5 and all(word.isupper() for word in letters) else "normal"
    upper = sum(map(str.isupper, letters))
    if upper * 10 >= len(letters) * 8:
        return "upper"
    content = [word for word in letters if word.lower() not in SMALL_WORDS]
    capitalised = sum(word[0].isupper() for word in content)
    if len(content) >= 3 and capitalised * 10 >= len(content) * 8 and (len(letters) < 25 or upper * 2 < len(letters)):
        return "title"
    return "lower" if not any(word[0].isupper() for word in letters) else "normal"
