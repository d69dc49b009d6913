"""Which event of an earlier reading is this one? Pure: plain values of two readings of one text.

Identity follows the words: the same trigger, else the same type in the same setting, else evidence that overlaps. One earlier
event is one new event at most; the likeliest pairs are made first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
OVERLAP = 0.5  # of the shorter evidence; below it, two events may merely be told in one sentence


@dataclass(frozen=True, slots=True)
class Read:
    """One event of a reading, as far as its identity goes; `spans` are its evidence, `{"span": [start, end], "in"?: "title"}`."""

    type: str
    background: bool
    trigger: Json | None
    setting: tuple[object, ...]  # days and place
    spans: Sequence[Json]
    held: bool = False  # a person corrected it: its own type may no longer be what the words say


def same_events(new: Sequence[Read], earlier: Sequence[Read]) -> dict[int, int]:
    """Return index in `new` -> index in `earlier` for the events that are the same; each of both at most once."""
    pairs = ((likeness(one, other), place, index) for place, one in enumerate(new) for index, other in enumerate(earlier))
    found: dict[int, int] = {}
    for points, place, index in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if points > 0 and place not in found and index not in found.values():
            found[place] = index
    return found


def likeness(one: Read, other: Read) -> float:
    """Return how surely two readings mean one event: 0 for not at all."""
    alike = one.type == other.type and one.background == other.background
    words = one.trigger is not None and one.trigger == other.trigger
    overlap = overlap_of(one.spans, other.spans)
    if alike and words:
        return 4 + overlap
    if alike and one.setting == other.setting:
        return 3 + overlap
    if words or (other.held and overlap >= OVERLAP):
        return 2 + overlap
    return 1 + overlap if alike and overlap >= OVERLAP else overlap if overlap > 0.9 and _akin(one, other) else 0.0


def _akin(one: Read, other: Read) -> bool:
    """Whether the words that make it an event overlap, where both are known."""
    if one.trigger is None or other.trigger is None:
        return one.trigger is other.trigger
    return overlap_of([one.trigger], [other.trigger]) > 0


def share_words(one: Sequence[Json], other: Sequence[Json]) -> bool:
    """Whether two events rest on the same words."""
    return overlap_of(one, other) >= OVERLAP


def overlap_of(one: Sequence[Json], other: Sequence[Json]) -> float:
    """Return the part, from 0 to 1, of the shorter one's characters that both have."""
    mine, theirs = _characters(one), _characters(other)
    if not mine or not theirs:
        return 0.0
    return len(mine & theirs) / min(len(mine), len(theirs))


def _characters(spans: Sequence[Json]) -> set[tuple[bool, int]]:
    return {
        (value.get("in") == "title", place)
        for value in spans
        if (span := value.get("span"))
        for place in range(span[0], min(span[1], span[0] + 2000))
    }
