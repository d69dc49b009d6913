"""One row for one actor, however a text writes its name."""

import re
from collections.abc import Iterable
from functools import cache

from django.db.models.functions import Lower

from incidents.extraction.aliases import canonical, canonical_names
from incidents.models import Actor

LONGEST = 200  # characters of a name


def actors_named(names: Iterable[str], *, in_capitals: bool) -> dict[str, Actor]:
    """Return each name as it was read -> its row, made where it is new. `in_capitals` says that the whole text is in capitals.

    "Gunmen" and "gunmen" are one actor: the small initial wins, since the capital was the sentence's.
    """
    written = {name: written_as(name, in_capitals=in_capitals)[:LONGEST] for name in names}
    wanted = {name.lower(): name for name in sorted(written.values())}  # a small initial sorts last and stays
    Actor.objects.bulk_create([Actor(name=name) for name in wanted.values()], ignore_conflicts=True)
    rows = {row.name.lower(): row for row in Actor.objects.annotate(folded=Lower("name")).filter(folded__in=wanted)}
    for folded, row in rows.items():
        if wanted[folded] == folded != row.name:
            row.name = folded
            row.save(update_fields=["name"])
    return {name: rows[written[name].lower()] for name in written}


def written_as(name: str, *, in_capitals: bool) -> str:
    """Return a name as a list of actors writes it: a known actor's own name; capitals lowered where the whole text shouts."""
    known = canonical(name)
    if known != name and known.lower() != name.lower():
        return known
    if not in_capitals or not name.isupper():
        return known
    return _known_names().sub(lambda found: canonical_names()[found[0]], name.lower())


@cache
def _known_names() -> re.Pattern[str]:
    longest_first = sorted(canonical_names(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


def is_in_capitals(text: str) -> bool:
    """Whether a text is written in capitals throughout, as wires were."""
    letters = [character for character in text[:2000] if character.isalpha()]
    return bool(letters) and sum(character.isupper() for character in letters) > 0.8 * len(letters)
