"""Who is tied to an act where no verb of the act has them as its subject: blamed, charged, claiming it, denying it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from incidents.extraction.cues import find
from incidents.extraction.parties import HEADS, Party, group_after, group_before, subject
from incidents.extraction.tokens import Sentence

Tie = Literal["claims", "suspected", "charged", "denies", "blames", "done_by", "charges", "by_claim"]
AFTER: Final = frozenset(("blames", "done_by", "charges", "by_claim"))  # cues that the party follows
SKIPPED: Final = frozenset(("later", "also", "immediately", "who", "which", ","))


@dataclass(frozen=True, slots=True)
class Tied:
    """A party with what ties it to an act, and the token where the words for that begin."""

    party: Party
    tie: Tie
    cue: int


def tied(sentence: Sentence) -> Iterator[Tied]:
    """Yield the parties that a sentence blames or charges, or that claim or deny an act in it."""
    for hit in find("blame_cues", sentence):
        party = group_after(sentence, hit.last) if hit.value in AFTER else _before(sentence, hit.first)
        if party is not None:
            yield Tied(party, hit.value, hit.first)  # type: ignore[arg-type]  # the lists of the file are the ties


def _before(sentence: Sentence, place: int) -> Party | None:
    """Return the subject of the words at `place`; of a cue that begins with its auxiliary too."""
    party = subject(sentence, place)
    if party is not None and sentence.tokens[party.head].tag in HEADS:
        return party
    while place > 0 and sentence.tokens[place - 1].lower in SKIPPED:
        place -= 1
    return group_before(sentence, place)
