"""What waits in the review queue under a filter, most valuable first: listed, counted by reason, given to editors one at a time.

The copy in memory (incidents/columns/) says what waits and in which order, as it does for every other list; who holds a case
only its row says.
"""

from collections.abc import Iterator, Sequence
from typing import Any, overload

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from incidents import queue
from incidents.columns import ordering
from incidents.columns.choosing import chosen
from incidents.columns.masks import ANY
from incidents.filters import IncidentFilter
from incidents.models import Incident, ReviewCase
from incidents.models.review import ReviewCaseQuerySet

FIRST_LOOK = 50  # cases among which a free one is looked for first; ten times as many each further time


class Waiting(Sequence[ReviewCase]):
    """The open cases under a filter, for one reason where one is named; as long as a list, and cut like one."""

    def __init__(self, asked: IncidentFilter, reason: str = "") -> None:
        self._asked = asked.asked | {"waiting": reason or ANY}
        self._reason = reason
        self._found: tuple[int, dict[str, int]] | None = None

    def __len__(self) -> int:
        return self._counted()[1].get(self._reason, 0) if self._reason else self._counted()[0]

    @overload
    def __getitem__(self, part: int) -> ReviewCase: ...
    @overload
    def __getitem__(self, part: slice) -> list[ReviewCase]: ...
    def __getitem__(self, part: int | slice) -> ReviewCase | list[ReviewCase]:
        """Return these cases with all that their rows say; a slice goes up from 0 and has an end."""
        if isinstance(part, int):
            return self[part : part + 1][0]
        ids = self.ids(part.start or 0, part.stop)
        rows = ReviewCase.objects.waiting().select_related("incident", "taken_by", "assigned_to").defer("incident__search")
        found = rows.in_bulk(ids)
        return [found[number] for number in ids if number in found]

    def ids(self, start: int, stop: int) -> list[int]:
        """Return the numbers of the incidents from the `start`th to the `stop`th, counted from 0."""
        with chosen(self._asked) as left:
            return ordering.page(left, "worth", stop - start, skip=start)

    def by_reason(self) -> dict[str, int]:
        """Return how many open cases under the filter have each reason; one with several reasons counts in each."""
        return self._counted()[1]

    def _counted(self) -> tuple[int, dict[str, int]]:
        if self._found is None:
            with chosen(self._asked | {"waiting": ANY}) as left:
                each, lists = left.counts("waits"), left.held.tables.waits
                counts = lists.of.counted(each, len(lists.names.words))
                named = zip(lists.names.words, counts.tolist(), strict=True)
                self._found = int(each.sum()), {reason: n for reason, n in named if n}
        return self._found


def take_next(user: User, asked: IncidentFilter, reason: str = "") -> ReviewCase | None:
    """Give the user the case they hold already, else one assigned to them, else the most valuable that is free."""
    mine = ReviewCase.objects.waiting().filter(**_has(reason)).order_by("-value", "-incident")
    for choice in (mine.filter(taken_by=user, taken_until__gte=timezone.now()), mine.filter(assigned_to=user)):
        few = Incident.objects.visible().filter(pk__in=list(choice.values_list("pk", flat=True)))
        if case := _taken(mine.filter(incident__in=asked.narrow(few)), user):
            return case
    for ids in _further_and_further(Waiting(asked, reason)):
        if case := _taken(mine.filter(pk__in=ids, assigned_to=None), user):
            return case
    return None


def _has(reason: str) -> dict[str, Any]:
    return {"reasons__contains": [reason]} if reason else {}


def _further_and_further(waiting: Waiting) -> Iterator[list[int]]:
    start, size = 0, FIRST_LOOK
    while ids := waiting.ids(start, start + size):
        yield ids
        start, size = start + size, size * 10


@transaction.atomic
def _taken(choice: ReviewCaseQuerySet, user: User) -> ReviewCase | None:
    """Take the first that is free. Rows that another transaction is taking just now are passed over, not waited for."""
    now = timezone.now()
    free = choice.free_for(user.pk, now).exclude(skipped_by__contains=[user.pk])
    case = free.select_for_update(skip_locked=True, of=("self",)).first()
    if case is not None:
        queue.hold(case, user, now)
    return case
