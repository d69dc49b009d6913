"""What is known of an incident whose reports are all gone, while people's corrections of it still stand.

Its fields keep the values they had; a field whose correction is taken back returns to what it was before that correction.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from incidents.models import Action, Incident, Override, Revision

REDONE = 3  # times that a correction's undoing may itself be undone, and still be known for the same correction


def before_corrections(incident: Incident, standing: Collection[str]) -> Iterator[tuple[str, Any]]:
    """Yield each field whose corrections are all taken back with its value before them, where they were what last changed it."""
    put: dict[str, set[int]] = defaultdict(set)
    gone = Override.objects.filter(incident=incident.pk).exclude(taken_back_at=None).exclude(field__in=standing)
    for field, action in gone.exclude(action=None).values_list("field", "action"):
        put[field].add(action)
    for field, actions in put.items():
        theirs = _with_undoings(actions)
        revisions = Revision.objects.filter(incident=incident.pk, field=field).order_by("-pk").values_list("action", "before")
        values = []
        for action, before in revisions:
            if action not in theirs:
                break
            values.append(before)
        if values:
            yield field, values[-1]


def _with_undoings(actions: set[int]) -> set[int]:
    """The actions, what undid them, and what undid that."""
    known = set(actions)
    for _ in range(REDONE):
        known |= set(Action.objects.filter(undoes__in=known).values_list("pk", flat=True))
    return known
