"""Names that are nearly the one typed: by beginning, and by one or two letters more, fewer, other or swapped. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

LETTERS = "abcdefghijklmnopqrstuvwxyz "
PREFIX_LIMIT = 400
ENOUGH = 30
TWO_EDITS_FROM = 5  # letters: below it nearly every name is two edits away from another
LONGEST = 40


def near_keys(trie: Any, keys: Iterable[str]) -> Iterator[tuple[float, str]]:
    """Yield (distance, name) for the names of a trie that begin with one of `keys` or are close to it; distance 0 is the same.

    The second edit is only tried where nothing closer is found; the cost is bounded by the length of the key alone.
    """
    found: dict[str, float] = {}
    wanted = sorted({key[:LONGEST] for key in keys if key})
    for key in wanted:
        if key in trie:
            found[key] = 0.0
        for other, _ in zip(trie.iterkeys(key), range(PREFIX_LIMIT), strict=False):
            found.setdefault(other, min(1.5, 0.15 + 0.05 * (len(other) - len(key))))
    if len(found) < ENOUGH:
        for key in wanted:
            _add_edited(trie, key, found)
    for other, distance in found.items():
        yield distance, other


def _add_edited(trie: Any, key: str, found: dict[str, float]) -> None:
    once = edits(key)
    close = [other for other in once if other in trie]
    for other in close:
        found.setdefault(other, 1.0)
    if not close and key not in trie and TWO_EDITS_FROM <= len(key) <= 16:
        for half in once:
            if not trie.has_keys_with_prefix(half[: max(3, len(half) // 2)]):
                continue
            for other in edits(half):
                if other in trie:
                    found.setdefault(other, 2.0)


def edits(key: str) -> set[str]:
    """Return what one deletion, swap, replacement or insertion makes of `key`; its first letter stays unless swapped."""
    parts = [(key[:n], key[n:]) for n in range(len(key) + 1)]
    deleted = {a + b[1:] for a, b in parts if b and a}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    replaced = {a + c + b[1:] for a, b in parts if b and a for c in LETTERS}
    inserted = {a + c + b for a, b in parts if a for c in LETTERS}
    return (deleted | swapped | replaced | inserted) - {key}
