"""What people said of pairs of incidents, read through merges: who is said not to be whom."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from incidents.models import Incident, MatchProposal, Verdict

State = MatchProposal.State


def standing_for(numbers: Iterable[int]) -> dict[int, int]:
    """Return each incident's number -> the number of the one that its address leads to now."""
    leads: dict[int, int | None] = {}
    asked = set(numbers)
    frontier = asked
    while frontier:
        rows = dict(Incident.objects.filter(pk__in=frontier).values_list("pk", "merged_into_id"))
        leads |= rows
        frontier = {into for into in rows.values() if into is not None} - leads.keys()
    found = {}
    for number in asked & leads.keys():
        last, seen = number, {number}
        while (into := leads.get(last)) is not None and into not in seen:
            last = into
            seen.add(into)
        found[number] = last
    return found


def parts_of(numbers: Collection[int]) -> set[int]:
    """Return these incidents and all that were merged into them."""
    found, frontier = set(numbers), set(numbers)
    while frontier:
        frontier = set(Incident.objects.filter(merged_into__in=frontier).values_list("pk", flat=True)) - found
        found |= frontier
    return found


def not_same_as(number: int) -> set[int]:
    """Return the standing incidents that people said are not this one, whatever was merged since."""
    parts = parts_of([number])
    said = Verdict.objects.filter(Q(one__in=parts) | Q(other__in=parts), same=False).values_list("one_id", "other_id")
    others = {end for pair in said for end in pair} - parts
    return set(standing_for(others).values()) - {number}
