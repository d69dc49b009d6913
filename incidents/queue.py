"""The cases of the review queue: opened, closed, and who has them. What waits, in which order: incidents/waiting.py.

A case is taken by a conditional update of its row, for a time: whoever goes away gives it back without doing anything.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from incidents import grounds
from incidents.grounds import Ground, ground
from incidents.models import Incident, MatchProposal, ReviewCase, ReviewItem
from incidents.reports import Reported

LEASE = timedelta(minutes=20)
DUPLICATE = "possible_duplicate"
KEPT = ("is_open", "grounds", "settled", "reasons", "value", "skipped_by")


def refresh(incidents: Sequence[Incident], events: Mapping[int, list[Reported]], decided: Mapping[int, Collection[str]]) -> None:
    """Open, change or close the cases of incidents that were just derived. Four queries, however many incidents."""
    known = ReviewCase.objects.in_bulk([incident.pk for incident in incidents])
    proposed, posted = _proposals(incidents), _items(incidents, events)
    rows = []
    for incident in incidents:
        mine = events.get(incident.pk, [])
        stands = incident.deleted_at is None and incident.merged_into_id is None
        found = grounds.grounds(incident, mine, decided.get(incident.pk, ())) if stands else []
        found += proposed[incident.pk] + posted[incident.pk] if stands else []
        case = known.get(incident.pk)
        if not found and case is None:
            continue
        rows.append(_updated(case or ReviewCase(incident=incident), incident, found, _newest(mine)))
    ReviewCase.objects.bulk_create(rows, update_conflicts=True, unique_fields=["incident"], update_fields=KEPT)


def _updated(case: ReviewCase, incident: Incident, found: list[Ground], newest: date | None) -> ReviewCase:
    waiting = [one for one in found if one not in case.settled]
    if [one for one in waiting if one not in case.grounds]:
        case.skipped_by = []  # something new to see: whoever skipped it may want to look again
    case.settled = [one for one in case.settled if one in found]
    case.grounds, case.is_open = waiting, bool(waiting)
    case.reasons = list(dict.fromkeys(one["reason"] for one in waiting))
    case.value = grounds.worth(incident, len(waiting), newest)
    return case


def _newest(events: Iterable[Reported]) -> date | None:
    return max((one.report.said for one in events if one.report.said), default=None)


def _proposals(incidents: Iterable[Incident]) -> dict[int, list[Ground]]:
    """One pair is one decision: it waits with the incident whose report made the machine ask."""
    rows = MatchProposal.objects.filter(event__incident__in=list(incidents), state=MatchProposal.State.OPEN)
    rows = rows.filter(incident__merged_into=None, incident__deleted_at=None).exclude(incident=F("event__incident"))
    found: dict[int, list[Ground]] = defaultdict(list)
    for mine, other in rows.order_by("-score", "pk").values_list("event__incident", "incident").distinct():
        one = ground(DUPLICATE, "", other=other)
        if mine is not None and one not in found[mine]:
            found[mine].append(one)
    return found


def _items(incidents: Sequence[Incident], events: Mapping[int, list[Reported]]) -> dict[int, list[Ground]]:
    """What other parts of the desk asked people to look at: of the incident itself, or of an article that reports it."""
    telling: dict[int, set[int]] = defaultdict(set)
    for number, reports in events.items():
        for one in reports:
            telling[one.event.article_id].add(number)
    rows = ReviewItem.objects.filter(Q(incident__in=list(incidents)) | Q(article__in=list(telling)), state=ReviewItem.State.OPEN)
    found: dict[int, list[Ground]] = defaultdict(list)
    for item in rows.exclude(reason=DUPLICATE):
        about = {item.incident_id} if item.incident_id else telling[item.article_id or 0]
        for number in about:
            if number is not None:
                found[number].append(ground(item.reason, "", item=item.pk, words=item.words, article=item.article_id))
    return found


def take(case: ReviewCase, user: User) -> bool:
    """Take this case, or keep it longer; False, and nothing done, while somebody else has it."""
    now = timezone.now()
    taken = ReviewCase.objects.filter(pk=case.pk).free_for(user.pk, now)
    if not taken.update(taken_by=user, taken_until=now + LEASE):
        case.refresh_from_db()
        return False
    case.taken_by, case.taken_until = user, now + LEASE
    return True


def hold(case: ReviewCase, user: User, now: datetime) -> None:
    """Write down that the user has it from now on, for a time."""
    case.taken_by, case.taken_until = user, now + LEASE
    case.save(update_fields=["taken_by", "taken_until"])


def skip(case: ReviewCase, user: User) -> None:
    """Leave it for others; it comes back to this user when there is something new to see, or when they open it themselves."""
    free = ReviewCase.objects.filter(pk=case.pk, taken_by=user)
    free.update(taken_by=None, taken_until=None)
    appended = Func(Coalesce(F("skipped_by"), Value([])), Value(user.pk), function="array_append")
    ReviewCase.objects.filter(pk=case.pk).exclude(skipped_by__contains=[user.pk]).update(skipped_by=appended)


@transaction.atomic
def done(case: ReviewCase, user: User) -> bool:
    """Close what was open: the same grounds never open it again. False while somebody else has it."""
    if not take(case, user):
        return False
    row = ReviewCase.objects.select_for_update().get(pk=case.pk)
    items = [number for one in row.grounds if (number := one["detail"].get("item"))]
    ReviewItem.objects.filter(Q(pk__in=items) | Q(incident=row.pk)).update(state=ReviewItem.State.DONE)
    row.settled, row.grounds, row.reasons = [*row.settled, *row.grounds], [], []
    row.is_open, row.done_by, row.done_at = False, user, timezone.now()
    row.taken_by = row.taken_until = row.assigned_to = row.assigned_by = None
    row.save()
    return True


def reopen(incidents: Collection[int]) -> None:
    """Let what a person had closed be asked again: their word was taken back. The next derivation opens what is uncertain."""
    ReviewCase.objects.filter(pk__in=incidents).update(settled=[])


def assign(case: ReviewCase, to: User | None, by: User) -> None:
    """Ask a colleague to look; they get it first. None takes the asking back. The one who holds it keeps it until done."""
    to_them = {"assigned_to": to, "assigned_by": by if to else None}
    others: dict[str, Any] = {} if to is None or to == by else {"taken_by": None, "taken_until": None}
    ReviewCase.objects.filter(pk=case.pk).update(**to_them)
    if others:
        ReviewCase.objects.filter(pk=case.pk, taken_by=by).update(**others)
