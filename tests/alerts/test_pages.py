"""The pages of saved searches: save, share, rename, be told, delete; and who may not."""

import feedparser
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from incidents.models import Delivery, SavedSearch, Webhook
from tests.alerts.conftest import Receiver, follow, happened

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(client: Client, watcher: User) -> Client:
    client.force_login(watcher)
    return client


def test_save_look_rename_delete(mine: Client, client: Client) -> None:
    page = mine.get("/searches/?min=5&country=SY").content.decode()
    assert 'value="min=5&amp;country=SY"' in page
    made = mine.post("/searches/", {"name": "Heavy\r\nin Syria", "query": "min=5&country=SY"})
    search = SavedSearch.objects.get()
    assert made["Location"] == f"/searches/{search.slug}/"
    assert (search.name, search.query, search.watched) == ("Heavy in Syria", "min=5&country=SY", False)
    assert search.slug.startswith("heavy-in-syria-")
    stranger = Client().get(search.get_absolute_url()).content.decode()  # who has the link may look, not set
    assert "Heavy in Syria" in stranger
    assert "set-alerts" not in stranger
    assert reverse("set-alerts", args=[search.slug]) not in stranger
    mine.post(f"/searches/{search.slug}/rename/", {"name": "Other", "query": "type=arrest"})
    search.refresh_from_db()
    assert (search.name, search.query) == ("Other", "type=arrest")
    mine.post(f"/searches/{search.slug}/delete/")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("query", ["tpye=arrest", "since=x", "min=-3"])
def test_filter_that_means_nothing_is_not_saved(mine: Client, query: str) -> None:
    answer = mine.post("/searches/", {"name": "x", "query": query})
    assert answer.status_code == 422
    assert query.partition("=")[0] in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_alerts_start_and_stop_the_watch(mine: Client, watcher: User) -> None:
    happened()
    search = SavedSearch.objects.create(owner=watcher, name="x", query="min=5")
    mine.post(f"/searches/{search.slug}/alerts/", {"pace": "daily"})
    search.refresh_from_db()
    assert (search.pace, search.watched, search.held.count()) == ("daily", True, 1)
    mine.post(f"/searches/{search.slug}/alerts/", {"pace": "", "watched": "1"})
    search.refresh_from_db()
    assert (search.pace, search.watched) == ("", True)
    mine.post(f"/searches/{search.slug}/alerts/", {"pace": ""})
    search.refresh_from_db()
    assert (search.watched, search.held.count()) == (False, 0)


def test_mail_needs_an_address(mine: Client, watcher: User) -> None:
    User.objects.update(email="")
    search = SavedSearch.objects.create(owner=watcher, name="x")
    answer = mine.post(f"/searches/{search.slug}/alerts/", {"pace": "once"})
    assert answer.status_code == 422
    assert "no e-mail address" in answer.content.decode()


def test_webhook_is_added_shown_and_worked(mine: Client, search: SavedSearch, receiver: Receiver) -> None:
    where = mine.post(f"/searches/{search.slug}/webhooks/", {"url": receiver.url})["Location"]
    hook = Webhook.objects.get()
    for action in ("test", "rotate", "pause", "resume"):
        assert mine.post(f"/webhooks/{hook.pk}/{action}/").status_code == 302
    delivery = Delivery.objects.get()
    hook.refresh_from_db()
    page = mine.get(where).content.decode()
    assert hook.secret in page
    assert delivery.message in page
    assert mine.post(f"/webhooks/{hook.pk}/replay/{delivery.pk}/").status_code == 302
    assert mine.post(f"/webhooks/{hook.pk}/nonsense/").status_code == 404
    mine.post(f"/webhooks/{hook.pk}/delete/")
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "ftp://example.org/", "http://user:pw@example.org/", "nonsense", "http://"])
def test_webhook_that_may_not_be_is_refused(mine: Client, search: SavedSearch, url: str) -> None:
    with override_settings(WEBHOOK_ALLOW_PRIVATE=False):
        answer = mine.post(f"/searches/{search.slug}/webhooks/", {"url": url})
    assert answer.status_code == 422
    assert not Webhook.objects.exists()


def test_others_may_not(search: SavedSearch, receiver: Receiver, client: Client) -> None:
    hook = Webhook.objects.create(search=search, url=receiver.url)
    addresses = [f"/searches/{search.slug}/{each}/" for each in ("rename", "alerts", "webhooks", "delete")]
    addresses += [f"/webhooks/{hook.pk}/{each}/" for each in ("test", "delete", "replay/1")]
    for address in addresses:
        assert "sign-in" in client.post(address)["Location"]
    client.force_login(User.objects.create_user("other"))
    for address in addresses:
        assert client.post(address).status_code == 404, address
    assert client.get(f"/webhooks/{hook.pk}/").status_code == 404


def test_feed_of_what_happened(search: SavedSearch, client: Client) -> None:
    incident = happened()
    follow(search)
    response = client.get(f"/searches/{search.slug}/feed.atom")
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert feed.entries[0].title == f"Entered: {incident.headline}"
    assert client.get(f"/searches/{search.slug}/feed.atom", headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert len(client.get(f"/searches/{search.slug}/feed.json").json()["items"]) == 1
    assert incident.headline in client.get(search.get_absolute_url()).content.decode()
