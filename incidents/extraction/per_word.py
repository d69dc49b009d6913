"""What is worked out once for each distinct word of a process: words recur, and looking up is cheaper than working out."""

from collections.abc import Callable
from typing import Final, TypeVar

Value = TypeVar("Value")
MOST_KEPT: Final = 50_000
LONGEST_KEPT: Final = 40  # letters; longer runs hardly ever recur


class PerWord(dict[str, Value]):
    """A dictionary that fills itself: `table[word]` is `work(word)`, kept until too many words were met."""

    def __init__(self, work: Callable[[str], Value]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, word: str) -> Value:
        value = self._work(word)
        if len(word) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[word] = value
        return value
