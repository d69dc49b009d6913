"""Cuts text into words and marks with exact offsets. Pure and linear in the text's length.

What stands between two blanks is cut the same way wherever it stands, so each such chunk is cut once a process.
"""

import re
from collections.abc import Iterator
from sys import intern
from typing import Final

from incidents.extraction.lexicons import table
from incidents.extraction.per_word import PerWord

MAX_WORD: Final = 80  # longer runs without a space are cut, so that no stage meets an endless word
MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0dff\u0e31-\u0e4e\u200c\u200d\u20d0-\u20ff"
)
LETTER: Final = rf"(?:[^\W_]|[{MARKS}])"
FIGURE: Final = rf"\d{{1,{MAX_WORD}}}(?:,\d{{3}}(?!\d)|[.:/]\d{{1,6}}|[\u00a0\u202f]\d{{3}}(?!\d)){{0,6}}{LETTER}{{0,20}}"
CORE: Final = rf"(?:{FIGURE}|{LETTER}{{1,{MAX_WORD}}})"
PIECE: Final = re.compile(
    r"</?[A-Za-z!][^<>\n]{0,300}>|&\#?\w{2,8};"  # markup left in the text, stepped over
    r"|(?P<link>(?:https?://|www\.)[^\s<>\"]{1,300}|[@\#]\w{1,60})"
    rf"|(?P<dotted>(?:[A-Za-z]\.){{2,8}}(?:[A-Za-z](?![^\W_]))?(?:-{LETTER}{{1,40}})*)"
    rf"|(?P<word>{CORE}(?:[-‐‑'’ʼ&]{CORE}|(?<=\d)–(?=\d){CORE}){{0,8}})"
    r"|(?P<mark>\.{2,9}|-{2,9}|\S)"
)
CLITIC: Final = re.compile(r"(?:n['’]t|['’](?:s|S|ll|re|ve|d|m))$|(?:N['’]T|['’](?:LL|RE|VE|D|M))$")
ABBREVIATIONS: Final = table("abbreviations")

Piece = tuple[str, str, int, int]  # as written, in small letters, start, end


def pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """Yield the words and marks of one stretch, clitics parted from their words and abbreviations joined with their full stop."""
    stretch = text[start:end]
    if "<" in stretch:  # markup may hold blanks
        yield from _cut(text, start, end)
        return
    for chunk in stretch.replace("\n", " ").split(" "):
        if known := CHUNKS[chunk]:
            for word, lower, first, last in known:
                yield word, lower, start + first, start + last
        elif chunk:
            yield from _cut(text, start, start + len(chunk))
        start += len(chunk) + 1


def _cut(text: str, start: int, end: int) -> list[Piece]:
    found: list[Piece] = []
    for match in PIECE.finditer(text, start, end):
        kind = match.lastgroup
        if kind is None:
            continue
        word, first = match.group(), match.start()
        if kind == "mark":
            if word == "." and found and found[-1][3] == first and _keeps_stop(text, found[-1][0], first):
                before, lower, begun, _ = found[-1]
                found[-1] = (before + ".", intern(lower + "."), begun, first + 1)
                continue
            if not word.isprintable():
                continue
        elif kind == "word" and ("'" in word or "’" in word) and (clitic := CLITIC.search(word)) and clitic.start():
            cut = first + clitic.start()
            found.append((text[first:cut], intern(text[first:cut].lower()), first, cut))
            word, first = clitic.group(), cut
        found.append((word, intern(word.lower()), first, first + len(word)))
    return found


def _of_chunk(chunk: str) -> tuple[Piece, ...]:
    """The pieces of a chunk that stands between blanks; none where what follows it decides about its full stop."""
    found = _cut(chunk, 0, len(chunk))
    if len(found) > 1 and found[-1][0] == "." and found[-2][3] == found[-1][2] and _may_keep_stop(found[-2][0]):
        return ()
    return tuple(found)


CHUNKS: Final = PerWord(_of_chunk)


def _may_keep_stop(word: str) -> bool:
    return _is_initial(word) or ABBREVIATIONS.get(word.lower()) == "number"


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper() and word != "I"


def _keeps_stop(text: str, word: str, dot: int) -> bool:
    """Whether the full stop at `dot` belongs to the word before it."""
    if _is_initial(word):
        return text[dot + 1 : dot + 2].isspace()
    kind = ABBREVIATIONS.get(word.lower())
    if kind is None:
        return False
    if kind == "number":
        return text[dot + 1 : dot + 4].lstrip()[:1].isdigit()
    return kind in ("open", "end") or word[0].isupper()
