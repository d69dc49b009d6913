"""Erasing for good: by administrators, with a reason and a tombstone, and with nothing left to read."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from incidents.editing import correct, merge, restore
from incidents.joining import join_article
from incidents.models import Change, Incident, Override, Revision, Tombstone
from sources.incoming import IncomingDocument
from sources.ingest import store
from sources.models import Article

pytestmark = pytest.mark.django_db
Reported = Callable[..., Incident]


def purge(*options: str, by: User) -> None:
    call_command("purge", *options, "--as", by.username, "--reason", "a court's order", "--yes")


def test_incident_is_erased(reported: Reported, editor: User, administrator: User, client: Client) -> None:
    incident, other = reported(5), reported(7)
    correct(incident=incident, field="type", value="raid", user=editor)
    merge(keep=incident, gone=other, user=editor)
    article = incident.events.all()[0].article
    purge("--incident", str(incident.pk), by=administrator)
    incident.refresh_from_db()
    assert (incident.headline, incident.killed_best, incident.search, incident.lat) == ("", None, None, None)
    assert not Override.objects.exists()
    assert not Revision.objects.exclude(field__in=["deleted", "merged_into"]).exists()
    assert not Change.objects.exclude(state=None).exists()
    assert incident.changes.order_by("-number")[0].kind == "deleted"
    assert Tombstone.objects.get().reason == "a court's order"
    client.force_login(administrator)
    assert client.get(f"/incidents/{incident.pk}/").status_code == 410
    assert client.get(f"/incidents/{other.pk}/", follow=True).status_code == 410
    assert client.get(f"/api/v1/incidents/{incident.pk}/").status_code == 410
    join_article(article)
    assert not Incident.objects.visible().exists()
    with pytest.raises(Exception, match="erased"):
        restore(incident=incident, user=editor)
    with pytest.raises(CommandError, match="erased already"):
        purge("--incident", str(incident.pk), by=administrator)


def test_article_is_erased_and_not_taken_in_again(reported: Reported, administrator: User, client: Client) -> None:
    incident = reported(5, 7)
    article = incident.events.order_by("pk")[0].article
    Article.objects.filter(pk=article.pk).update(external_id="x1")
    title, text = article.title, article.text
    purge("--article", str(article.pk), by=administrator)
    article.refresh_from_db()
    incident.refresh_from_db()
    assert (article.title, article.text, incident.article_count, incident.killed_best) == ("", "", 1, 7)
    document = IncomingDocument("a", article.source.name, title, text + " More.", external_id="x1")
    assert store(document).outcome == "known"
    article.refresh_from_db()
    assert article.text == ""
    assert client.get(f"/articles/{article.pk}/").status_code == 410
    assert client.get(f"/api/v1/articles/{article.pk}/").status_code == 410


def test_only_administrators_erase(reported: Reported, editor: User, administrator: User) -> None:
    incident = reported(5)
    with pytest.raises(CommandError, match="no administrator"):
        purge("--incident", str(incident.pk), by=editor)
    with pytest.raises(CommandError, match="no incident I-0"):
        purge("--incident", "0", by=administrator)
    incident.refresh_from_db()
    assert incident.purged_at is None
