"""Django's admin shows every model; what is derived or recorded cannot be changed there."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from geo.models import GazetteerLoad
from incidents import keys
from incidents.deriving import derive_incidents
from incidents.editing import correct
from incidents.models import (
    BlindReading,
    Delivery,
    Incident,
    MatchProposal,
    ModelUse,
    Notice,
    Push,
    ReadingRun,
    ReviewCase,
    ReviewItem,
    SavedSearch,
    SignedIn,
    Tombstone,
    Verdict,
    Webhook,
)
from sources.models import FormerText
from tests.factories import make_count, make_event, make_participation

pytestmark = pytest.mark.django_db

SHOWN_WITH_ANOTHER = {"BlindAnswer", "Count", "EventName", "Held", "Participation"}  # a name stands in its event


@pytest.fixture(autouse=True)
def _rows(editor: User) -> None:
    incident = Incident.objects.create(type="other", family="other")
    event = make_event(incident=incident)
    make_count(event)
    make_participation(event)
    derive_incidents([incident.pk])
    correct(incident=incident, field="type", value="raid", user=editor)
    MatchProposal.objects.create(event=event, incident=incident, score=5)
    ModelUse.objects.create(article=event.article, model="small")
    BlindReading.objects.create(incident=incident, asked_by=editor)
    SignedIn.objects.create(user=editor, session_key="a" * 32)
    keys.make(owner=editor, name="feed", scopes=["read"])
    GazetteerLoad.objects.create(version="1")
    ReviewItem.objects.create(reason="test", words="Look.", incident=incident)
    other = Incident.objects.create(type="other", family="other")
    Verdict.objects.create(one=incident, other=other, same=False, user=editor)
    Tombstone.objects.create(kind="article", number=1, user=editor, reason="a test")
    ReadingRun.objects.create(engine="rules 1")
    Push.objects.create(user=editor, key="k", digest="d", article=event.article, outcome="new")
    FormerText.objects.create(article=event.article, text="As it was.", digest="d")
    search = SavedSearch.objects.create(owner=editor, name="All")
    Notice.objects.create(search=search, incident=incident, kind="entered", version=1, headline="A raid")
    Delivery.objects.create(webhook=Webhook.objects.create(search=search, url="https://receiver.example/"), body="{}")
    ReviewCase.objects.get_or_create(incident=incident)


def ours() -> list[str]:
    for app in ("incidents", "sources", "geo"):
        import_string(f"{app}.admin.admin")
    return [model._meta.label_lower for model in admin.site._registry if model._meta.app_label in ("incidents", "sources", "geo")]


def test_every_model_is_there() -> None:
    shown = set(ours())
    models = {
        model._meta.label_lower for app in ("incidents", "sources", "geo") for model in apps.get_app_config(app).get_models()
    }
    assert shown == models - {f"incidents.{name.lower()}" for name in SHOWN_WITH_ANOTHER}


@pytest.mark.parametrize("label", ours())
def test_list_and_page_answer(client: Client, administrator: User, label: str) -> None:
    client.force_login(administrator)
    name = label.replace(".", "_")
    model = apps.get_model(label)
    assert client.get(reverse(f"admin:{name}_changelist"), {"q": "a"}).status_code == 200
    row = model._default_manager.first()
    assert row is not None
    assert client.get(reverse(f"admin:{name}_change", args=[row.pk])).status_code == 200


def test_derived_rows_cannot_be_changed(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    incident = Incident.objects.order_by("pk")[0]
    for name in ("change", "delete"):
        address = reverse(f"admin:incidents_incident_{name}", args=[incident.pk])
        assert client.post(address, {"headline": "Mine", "post": "yes"}).status_code == 403


def test_readers_stay_out(client: Client, reader: User) -> None:
    client.force_login(reader)
    assert client.get(reverse("admin:incidents_incident_changelist")).status_code == 302


def test_a_webhooks_secret_is_not_shown(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    hook = Webhook.objects.get()
    assert hook.secret not in client.get(reverse("admin:incidents_webhook_change", args=[hook.pk])).content.decode()
