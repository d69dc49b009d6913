"""Datelines: "HASAKAH, Syria (Agency) -- …" says where a report was written, and mostly where it happened."""

from typing import Final

from incidents.extraction.place_spots import Spot
from incidents.extraction.tokens import Reading

DATELINE: Final = 3.0  # what a dateline adds to a name's score
MAX_DATELINE: Final = 20  # tokens before the dash
DATELINE_WORDS: Final = frozenset(("of", "de", "al", "and", "may", "march"))
BRACKETS: Final = frozenset("()[]")
DASHES: Final = frozenset(("--", "—", "–", "-"))


def mark_datelines(found: list[Spot], reading: Reading) -> None:
    """Mark the names that open a dateline, and believe them the more."""
    for spot in found:
        if spot.first == 0 and spot.form in ("name", "short") and _opens_dateline(spot, reading):
            spot.dateline = True
            spot.score += DATELINE


def _opens_dateline(spot: Spot, reading: Reading) -> bool:
    """Whether the spot opens its paragraph and a dash, or an agency's name and a dash, closes the dateline soon after it."""
    place, sentences = spot.sentence.index, reading.sentences
    if place and sentences[place - 1].paragraph == spot.sentence.paragraph:
        following = spot.sentence.tokens[spot.last : spot.last + 1]
        return spot.text.isupper() and bool(following) and following[0].text in DASHES
    tokens = spot.sentence.tokens[spot.last :]
    if len(tokens) < MAX_DATELINE and place + 1 < len(sentences):
        tokens = tokens + sentences[place + 1].tokens[:MAX_DATELINE]
    inside = False
    for token in tokens[:MAX_DATELINE]:
        if token.text in DASHES:
            return not inside
        if token.text in BRACKETS:
            inside = token.text in "(["
        elif not inside and token.text[0].islower() and token.text not in DATELINE_WORDS:
            return False
    return False
