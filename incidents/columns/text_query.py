"""A full-text query as PostgreSQL writes it ("'car' & ( 'bomb' | !'raid' )"), taken apart. Pure."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\s*(?:'((?:[^']|'')*)'(?::[*A-D]+)?|(<->|<\d+>)|([!&|()]))")


@dataclass(frozen=True, slots=True)
class Word:
    text: str


@dataclass(frozen=True, slots=True)
class Not:
    part: "Node"


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, each so many places after the one before."""

    words: tuple[str, ...]
    distances: tuple[int, ...]


Node = Word | Not | All | Any | Phrase


def taken_apart(query: str) -> Node | None:
    """Return the query as a tree; None for an empty one, which finds nothing."""
    tokens = [match.group().strip() for match in _TOKEN.finditer(query)]
    return _either(tokens) if tokens else None


def _either(tokens: list[str]) -> Node:
    parts = [_both(tokens)]
    while tokens and tokens[0] == "|":
        tokens.pop(0)
        parts.append(_both(tokens))
    return parts[0] if len(parts) == 1 else Any(tuple(parts))


def _both(tokens: list[str]) -> Node:
    parts = [_following(tokens)]
    while tokens and tokens[0] == "&":
        tokens.pop(0)
        parts.append(_following(tokens))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _following(tokens: list[str]) -> Node:
    parts: list[Node] = [_single(tokens)]
    distances = []
    while tokens and tokens[0].startswith("<"):
        sign = tokens.pop(0)
        distances.append(1 if sign == "<->" else int(sign[1:-1]))
        parts.append(_single(tokens))
    # websearch_to_tsquery, where queries come from, writes nothing but words between these signs.
    words = tuple(part.text for part in parts if isinstance(part, Word))
    return Phrase(words, tuple(distances)) if distances else parts[0]


def _single(tokens: list[str]) -> Node:
    token = tokens.pop(0)
    if token == "!":  # noqa: S105 -- an operator
        return Not(_single(tokens))
    if token == "(":  # noqa: S105 -- an operator
        found = _either(tokens)
        tokens.pop(0)
        return found
    return Word(token.strip("'").replace("''", "'"))
