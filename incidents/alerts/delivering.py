"""Deliveries to webhooks: signed, tried again over a day, logged, paused by themselves, replayed by hand."""

import random
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.alerts.messages import test_body
from incidents.alerts.posting import Answer, post, signed
from incidents.models import Delivery, SavedSearch, Webhook
from incidents.models.alerts import new_secret

# Seconds to the next attempt, doubling and more: after the last, a good day has passed.
WAITS = (5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 32_400)
LEASE = timedelta(minutes=2)  # a worker that claims a delivery and dies gives it back after that
MOST_GIVEN_UP = 3  # messages in a row, each tried for a day
OVERLAP = timedelta(days=1)  # how long a replaced secret signs too
AT_ONCE = 200
GONE = 410


def due(now: datetime) -> list[int]:
    """Return deliveries whose time has come, the longest waiting first; those of paused webhooks wait."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=now, webhook__paused_why="")
    return list(waiting.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE])


def deliver(delivery_id: int) -> None:
    """Try a delivery that is due and that nobody else is at; note what came of it. May run twice."""
    now = timezone.now()
    waiting = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.WAITING, due_at__lte=now, webhook__paused_why="")
    if not waiting.update(due_at=now + LEASE):
        return
    delivery = Delivery.objects.select_related("webhook").get(pk=delivery_id)
    hook = delivery.webhook
    answer = post(hook.url, delivery.body, signed(delivery.message, now, delivery.body, hook.secrets(now)))
    _note(delivery_id, answer, now)


@transaction.atomic
def _note(delivery_id: int, answer: Answer, now: datetime) -> None:
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("webhook").filter(pk=delivery_id).first()
    if delivery is None:
        return
    delivery.attempts = [
        *delivery.attempts,
        {"at": now.isoformat(timespec="seconds"), "status": answer.status, "words": answer.words, "ms": answer.ms},
    ]
    hooks = Webhook.objects.filter(pk=delivery.webhook_id)
    if answer.taken:
        delivery.state = Delivery.State.DELIVERED
        hooks.update(given_up=0)
    elif _tries(delivery) > len(WAITS):
        delivery.state = Delivery.State.FAILED
        hooks.update(given_up=F("given_up") + 1)
        hooks.filter(given_up__gte=MOST_GIVEN_UP, paused_why="").update(
            paused_why=_("%(n)s messages in a row could not be delivered within a day") % {"n": MOST_GIVEN_UP}
        )
    else:
        wait = WAITS[_tries(delivery) - 1]
        delivery.due_at = now + timedelta(seconds=wait * random.uniform(1, 1.2))  # noqa: S311 -- so that many do not come at once
    if answer.status == GONE:
        hooks.filter(paused_why="").update(paused_why=_("the receiver says that it is gone (410)"))
    delivery.save(update_fields=["attempts", "state", "due_at"])


def _tries(delivery: Delivery) -> int:
    """Return the attempts since it was first sent or last replayed."""
    return next((n for n, one in enumerate(reversed(delivery.attempts)) if one.get("replay")), len(delivery.attempts))


def replay(delivery: Delivery) -> None:
    """Send it again now, with a fresh day of attempts; the message keeps its id, so that a receiver knows it."""
    with transaction.atomic():
        row = Delivery.objects.select_for_update().get(pk=delivery.pk)
        at = timezone.now()
        row.attempts = [*row.attempts, {"at": at.isoformat(timespec="seconds"), "replay": True}]
        row.state, row.due_at = Delivery.State.WAITING, at
        row.save(update_fields=["attempts", "state", "due_at"])


def send_test(hook: Webhook) -> Delivery:
    """Queue a message that says nothing happened."""
    return Delivery.objects.create(webhook=hook, body=test_body(hook.search))


def resume(hook: Webhook) -> None:
    """Deliver again, beginning with what has waited."""
    Webhook.objects.filter(pk=hook.pk).update(paused_why="", given_up=0)
    hook.deliveries.filter(state=Delivery.State.WAITING).update(due_at=timezone.now())


def pause(hook: Webhook) -> None:
    Webhook.objects.filter(pk=hook.pk).update(paused_why=_("paused by hand"))


def rotate(hook: Webhook) -> None:
    """Sign with a new secret; the old one signs beside it for a day, so that no message is refused meanwhile."""
    hook.old_secret, hook.old_secret_until, hook.secret = hook.secret, timezone.now() + OVERLAP, new_secret()
    hook.save(update_fields=["old_secret", "old_secret_until", "secret"])


def forget(before: datetime) -> None:
    """Drop what was delivered, given up, or told before a time."""
    Delivery.objects.filter(created_at__lt=before).exclude(state=Delivery.State.WAITING).delete()
    for search in SavedSearch.objects.only("mailed_through", "pace"):
        old = search.notices.filter(at__lt=before)
        (old.filter(pk__lte=search.mailed_through) if search.pace else old).delete()
