"""The change log: every visible change of an incident gets a number, in commit order.

Numbers are taken under a lock that is held until the transaction ends, so whoever sees number n sees everything up to n, and a
follower that asks for "after n" misses nothing. Log last in a transaction: from the first entry on, other writers wait.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from incidents.models import Action, Change, Incident

CHANNEL = "changes"  # LISTEN on it: the payload is the newest number, sent when the transaction commits
LOCK = 7_203_944_518  # any number of our own; advisory locks are shared by all users of the database
STAMP = """
    UPDATE incidents_incident AS incident SET version = entry.number, changed_at = %s
    FROM unnest(%s::bigint[], %s::bigint[]) AS entry (id, number) WHERE incident.id = entry.id
"""
MATCHING = 0x1DE5  # under it incidents are made, joined, merged and split; who takes both takes it before LOCK


class Entry(NamedTuple):
    """What the log is told of an incident; `other` and `state` as incidents.models.Change has them."""

    incident: Incident
    kind: str
    other: int | None = None
    state: dict[str, Any] | None = None


def hold(lock: int) -> None:
    """Take an advisory lock until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])


def log(entries: Iterable[Entry], action: Action | None = None, *, saving: Collection[int] = ()) -> list[Change]:
    """Number the changes in their order and stamp the incidents with their version; `action` is what a person did to cause them.

    Incidents in `saving` get their version here and are saved by the caller afterwards, with whatever else they became. Must run
    inside a transaction.
    """
    entries = list(entries)
    if not entries:
        return []
    hold(LOCK)
    last = Change.objects.aggregate(last=Max("number"))["last"] or 0
    now = timezone.now()
    changes = [
        Change(number=last + n, incident=one.incident, kind=one.kind, at=now, other_id=one.other, state=one.state, action=action)
        for n, one in enumerate(entries, 1)
    ]
    Change.objects.bulk_create(changes)
    for change in changes:
        incident = change.incident
        incident.version, incident.changed_at = change.number, now
    versions = {change.incident_id: change.number for change in changes if change.incident_id not in saving}
    with connection.cursor() as cursor:
        if versions:
            cursor.execute(STAMP, [now, list(versions), list(versions.values())])
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(changes[-1].number)])
    return changes
