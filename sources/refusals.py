"""Why an input was not taken, in one line a person can act on."""

from dataclasses import dataclass

MAX_BYTES = 50_000_000  # of one document; nothing that is news comes near it


@dataclass(eq=False)
class Refused(Exception):
    """An input that cannot be taken. `name` is the file, line or address it came as, `reason` says what is wrong with it."""

    name: str
    reason: str
    temporary: bool = False  # asking again later may help

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


def in_megabytes(size: int) -> str:
    """Return a number of bytes in words: "50 MB"."""
    return f"{size / 1e6:,.0f} MB"
