"""How well another project's coding holds what we know of an incident."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Quality = Literal["exact", "near", "none"]
WORSE: dict[Quality, int] = {"exact": 0, "near": 1, "none": 2}


@dataclass(frozen=True, slots=True)
class Mapped:
    """A code with its quality (exact: theirs means the same; near: the nearest they have; none: they have nothing) and why."""

    code: str
    quality: Quality = "exact"
    why: str = ""


def quality(parts: Iterable[Mapped]) -> Quality:
    """Return the quality of a whole row: that of its worst part."""
    return max((part.quality for part in parts), key=WORSE.__getitem__)


def reasons(parts: Iterable[Mapped]) -> str:
    return "; ".join(part.why for part in parts if part.why)
