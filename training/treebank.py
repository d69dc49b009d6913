"""Reads CoNLL-U treebanks and joins what the project's tokenizer keeps as one word."""

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Word:
    """One word of a treebank sentence. `glued` says that no space follows it."""

    text: str
    lemma: str
    tag: str
    glued: bool


def sentences(path: Path) -> Iterator[list[Word]]:
    """Yield the sentences of one .conllu.xz file, hyphenated words joined."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        words: list[Word] = []
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if columns[0].isdigit():
                words.append(Word(columns[1], columns[2], columns[4], "SpaceAfter=No" in columns[-1]))
            elif not line.strip() and words:
                yield list(_joined(words))
                words = []
        if words:
            yield list(_joined(words))


def _joined(words: list[Word]) -> Iterator[Word]:
    """Join "Kurdish - led" into one adjective, "al - Hol" into one name; joined words take the last part's tag."""
    index = 0
    while index < len(words):
        word = words[index]
        while index + 2 < len(words) and word.glued and words[index + 1].text == "-" and words[index + 1].glued:
            last = words[index + 2]
            tag = "JJ" if last.tag in ("VBN", "VBD", "VBG", "JJ", "RB") or word.tag == "CD" else last.tag
            text = f"{word.text}-{last.text}"
            word = Word(text, text.lower(), tag, last.glued)
            index += 2
        yield word
        index += 1
