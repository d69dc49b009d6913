"""Where words stand after their text was changed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """An article's title and text before and after."""

    old_title: str
    old_text: str
    title: str
    text: str

    def moved(self, value: Mapping[str, Any] | None) -> Json | None:
        """Return a value with its span where the same words stand now, nearest to where they stood; None where they are gone."""
        if not value or not value.get("span"):
            return dict(value) if value else None
        in_title = value.get("in") == "title"
        old, new = (self.old_title, self.title) if in_title else (self.old_text, self.text)
        start, end = value["span"]
        found = nearest(old[start:end], new, about=start * len(new) // max(len(old), 1))
        return {**value, "span": [found, found + end - start]} if found is not None else None


def nearest(words: str, text: str, *, about: int) -> int | None:
    """Return where the words begin in the text, of several places the one nearest to `about`; None for nowhere."""
    if not words:
        return None
    places: list[int] = []
    at = text.find(words)
    while at >= 0 and len(places) < 1000:
        places.append(at)
        at = text.find(words, at + 1)
    return min(places, key=lambda place: abs(place - about), default=None)
