"""Webhooks to a real receiver that fails on purpose: signed, tried again over a day, paused, replayed."""

import json
from datetime import timedelta

import pytest
from django.test.utils import override_settings
from django.utils import timezone
from standardwebhooks import Webhook as Verifier

from incidents.alerts import delivering
from incidents.models import Delivery, SavedSearch, Webhook
from tests.alerts.conftest import Receiver, follow, happened

pytestmark = pytest.mark.django_db


@pytest.fixture
def hook(search: SavedSearch, receiver: Receiver) -> Webhook:
    return Webhook.objects.create(search=search, url=receiver.url)


def _work(*, however_late: bool = True) -> None:
    """Do what the workers do; with `however_late`, as if every pause were over."""
    if however_late:
        Delivery.objects.filter(state="waiting").update(due_at=timezone.now())
    for pk in delivering.due(timezone.now()):
        delivering.deliver(pk)


def test_is_signed_and_says_what_happened(hook: Webhook, receiver: Receiver, search: SavedSearch) -> None:
    incident = happened()
    follow(search)
    _work()
    _work()
    ((headers, body),) = receiver.posted
    said = Verifier(hook.secret).verify(body, headers)
    assert said["type"] == "incident.entered"
    assert said["data"]["incident"]["id"] == incident.pk
    assert said["data"]["incident"]["api"] == f"https://desk.example/api/v1/incidents/{incident.pk}/"
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.message) == ("delivered", headers["webhook-id"])
    with pytest.raises(Exception, match="No matching signature"):
        Verifier(hook.secret).verify(body + b" ", headers)


def test_failure_is_tried_again_later_with_the_same_message(hook: Webhook, receiver: Receiver, search: SavedSearch) -> None:
    receiver.answers = [500, 503]
    happened()
    follow(search)
    _work()
    _work(however_late=False)
    assert len(receiver.posted) == 1  # its time has not come
    _work()
    _work()
    assert len({headers["webhook-id"] for headers, _body in receiver.posted}) == 1
    delivery = Delivery.objects.get()
    assert [attempt["status"] for attempt in delivery.attempts] == [500, 503, 200]
    assert delivery.state == "delivered"


def test_waits_grow_over_a_day() -> None:
    assert list(delivering.WAITS) == sorted(delivering.WAITS)
    assert timedelta(hours=22) < timedelta(seconds=sum(delivering.WAITS)) < timedelta(hours=30)


def test_given_up_and_paused_then_resumed(hook: Webhook, receiver: Receiver, search: SavedSearch) -> None:
    for _ in range(delivering.MOST_GIVEN_UP):
        happened()
    follow(search)
    receiver.answers = [500] * 100
    for _ in range(len(delivering.WAITS) + 1):
        _work()
    hook.refresh_from_db()
    assert "could not be delivered" in hook.paused_why
    assert set(Delivery.objects.values_list("state", flat=True)) == {"failed"}
    receiver.answers, receiver.posted = [], []
    incident = happened()
    follow(search)
    _work()
    assert receiver.posted == []  # it waits, and is not lost
    delivering.resume(hook)
    _work()
    ((_headers, body),) = receiver.posted
    assert json.loads(body)["data"]["incident"]["id"] == incident.pk


def test_replay_has_a_fresh_day(hook: Webhook, receiver: Receiver, search: SavedSearch) -> None:
    happened()
    follow(search)
    receiver.answers = [500] * (len(delivering.WAITS) + 1) + [500]
    for _ in range(len(delivering.WAITS) + 1):
        _work()
    delivery = Delivery.objects.get()
    assert delivery.state == "failed"
    delivering.replay(delivery)
    _work()  # fails once more, and is tried again
    assert Delivery.objects.get().state == "waiting"
    _work()
    assert Delivery.objects.get().state == "delivered"
    assert len({headers["webhook-id"] for headers, _body in receiver.posted}) == 1


def test_gone_pauses_at_once_and_redirects_are_not_followed(hook: Webhook, receiver: Receiver, search: SavedSearch) -> None:
    receiver.answers = [302, 410]
    happened()
    follow(search)
    _work()
    assert len(receiver.posted) == 1
    assert "redirects" in Delivery.objects.get().attempts[0]["words"]
    _work()
    hook.refresh_from_db()
    assert "410" in hook.paused_why


def test_both_secrets_sign_for_a_day(hook: Webhook, receiver: Receiver, search: SavedSearch) -> None:
    old = hook.secret
    delivering.rotate(hook)
    delivering.send_test(hook)
    _work()
    headers, body = receiver.posted[0]
    for secret in (old, hook.secret):
        assert Verifier(secret).verify(body, headers)["type"] == "test"
    Webhook.objects.update(old_secret_until=timezone.now())
    delivering.send_test(hook)
    _work()
    headers, body = receiver.posted[1]
    with pytest.raises(Exception, match="No matching signature"):
        Verifier(old).verify(body, headers)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest"])
def test_private_addresses_are_refused_at_delivery(hook: Webhook, search: SavedSearch, url: str) -> None:
    Webhook.objects.update(url=url)
    delivering.send_test(hook)
    with override_settings(WEBHOOK_ALLOW_PRIVATE=False):
        _work()
    assert "private or reserved" in Delivery.objects.get().attempts[0]["words"]


def test_nobody_there(hook: Webhook, search: SavedSearch) -> None:
    Webhook.objects.update(url="http://127.0.0.1:1/")
    delivering.send_test(hook)
    _work()
    (attempt,) = Delivery.objects.get().attempts
    assert attempt["status"] is None
    assert attempt["words"]


def test_worker_that_dies_gives_it_back(hook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    delivering.send_test(hook)

    def dies(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(delivering, "post", dies)
        with pytest.raises(KeyboardInterrupt):
            _work()
    _work(however_late=False)
    assert receiver.posted == []  # held for a while
    assert delivering.due(timezone.now() + delivering.LEASE) == [Delivery.objects.get().pk]


def test_old_ones_are_forgotten(hook: Webhook, receiver: Receiver, search: SavedSearch) -> None:
    happened()
    follow(search)
    _work()
    delivering.send_test(hook)
    delivering.forget(timezone.now())
    assert [delivery.state for delivery in Delivery.objects.all()] == ["waiting"]
    assert search.notices.count() == 1  # not mailed yet
    search.refresh_from_db()
    SavedSearch.objects.update(mailed_through=search.notices.latest("pk").pk)
    delivering.forget(timezone.now())
    assert search.notices.count() == 0
