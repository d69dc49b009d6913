"""Names of armed groups and forces: one actor under its many names."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from incidents.extraction.act_words import act_words
from incidents.extraction.lexicons import FOLDER
from incidents.extraction.phrasebook import Phrasebook
from incidents.extraction.tokens import Reading, Sentence

FIGHTERS: Final = act_words("fighters")  # "Taliban fighters" are the Taliban


@dataclass(frozen=True, slots=True)
class Group:
    """A known actor. `spelling` is the alias as the lexicon writes it; an alias in capitals is met in capitals only."""

    name: str
    kind: str  # armed_group or security_force
    spelling: str


@dataclass(frozen=True, slots=True)
class GroupMention:
    """A known actor named in a sentence, tokens `first` up to `last`."""

    sentence: int
    first: int
    last: int
    group: Group


def _listed() -> list[tuple[str, str, list[str]]]:
    lines = (FOLDER / "actor_groups.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row[0], row[1], [row[0], *(alias for alias in row[2].split("|") if alias)]) for row in rows]


@cache
def groups() -> Phrasebook[Group]:
    """Return every alias of every known actor."""
    entries: dict[str, Group] = {}
    for name, kind, aliases in _listed():
        for alias in aliases:
            for mark in ("'", "’"):
                spelling = alias.lower().replace("'", mark)
                parted = spelling.replace(f"{mark}s ", f" {mark}s ").replace(f"s{mark} ", f"s {mark} ")  # as words are cut
                entries.setdefault(parted, Group(name, kind, alias))
    return Phrasebook(entries.items())


@cache
def canonical_names() -> dict[str, str]:
    """Return alias in lower case -> the actor's one name."""
    return {alias.lower(): name for name, _, aliases in _listed() for alias in aliases}


def canonical(name: str) -> str:
    """Return the one name of an actor, that of "Islamic State gunmen" too, or the name as it is where it is not known."""
    bare = name.removeprefix("the ").removeprefix("The ")
    known, (group, _, noun) = canonical_names(), bare.lower().rpartition(" ")
    return known.get(bare.lower(), known.get(group, bare) if noun in FIGHTERS else bare)


def find(sentence: Sentence) -> list[GroupMention]:
    """Return the known actors a sentence names; short capitals ("IS") only in a mixed-case sentence."""
    found = []
    for hit in groups().find(sentence):
        spelling = hit.value.spelling
        text = " ".join(token.text for token in sentence.tokens[hit.first : hit.last])
        if spelling.isupper() and (text != spelling or (len(spelling) < 4 and sentence.case != "normal")):
            continue
        if (
            hit.last - hit.first == 1
            and not spelling.isupper()
            and not text[0].isupper()
            and spelling[0].isupper()
            and sentence.case == "normal"
        ):
            continue
        found.append(GroupMention(sentence.index, hit.first, hit.last, hit.value))
    return found


def find_all(reading: Reading, sentences: list[Sentence]) -> dict[int, list[GroupMention]]:
    """Return the known actors of some sentences by index. "IS" counts only where the text names Islamic State otherwise too."""
    found = {sentence.index: find(sentence) for sentence in sentences}
    if not any(_is_short(mention) for some in found.values() for mention in some):
        return found
    named = (mention for sentence in reading.sentences for mention in find(sentence))
    if any(mention.group.name == "Islamic State" and not _is_short(mention) for mention in named):
        return found
    return {index: [mention for mention in some if not _is_short(mention)] for index, some in found.items()}


def _is_short(mention: GroupMention) -> bool:
    return mention.group.spelling == "IS"
