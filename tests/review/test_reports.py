"""What an editor adds by hand or takes away: parties, statements, reports, a day of publication, an incident."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from incidents.editing import revert_account
from incidents.models import Action, Incident, ReviewCase, ReviewItem
from tests.review.conftest import make_case
from tests.review.test_acts import undo_last
from tests.web.pages import text_of


def shown(incident: Incident, words: str) -> str:
    article = incident.events.order_by("pk")[0].article
    start = article.text.index(words)
    return json.dumps({"article": article.pk, "span": [start, start + len(words)]})


def add(desk: Client, incident: Incident, what: str, **sent: Any) -> Any:
    return desk.post(f"/review/{incident.pk}/add/{what}/", sent)


def names(incident: Incident) -> list[tuple[str, str]]:
    incident.refresh_from_db()
    return [(one["name"], one["role"]) for one in incident.actors]


def test_a_party_is_added_removed_and_both_are_undone(desk: Client, incident: Incident) -> None:
    before = names(incident)
    assert add(desk, incident, "actor", name="Ford guard", role="victim", evidence=shown(incident, "Gunmen")).status_code == 302
    assert names(incident) == [*before, ("Ford guard", "victim")]
    assert "Edda Itor" in text_of(desk.get(f"/review/{incident.pk}/"))
    desk.post(f"/review/{incident.pk}/drop/actor/0/")
    assert names(incident) == [*before[1:], ("Ford guard", "victim")]
    undo_last(desk, incident)
    assert names(incident) == [*before, ("Ford guard", "victim")]


def test_a_colleagues_parties_change_with_a_reason_alone(
    desk: Client, colleague: Callable[[], Client], incident: Incident
) -> None:
    add(colleague(), incident, "actor", name="Ford guard", role="victim")
    before = names(incident)
    refused = add(desk, incident, "actor", name="River police", role="perpetrator")
    assert refused.status_code == 422
    assert "set this value: say why it should change" in text_of(refused)
    assert 'value="River police"' in refused.content.decode(), "what was typed is still there"
    assert "say why it should change" in text_of(desk.post(f"/review/{incident.pk}/drop/actor/0/", follow=True))
    assert names(incident) == before
    assert "Why (a colleague set or confirmed it)" in text_of(desk.get(f"/review/{incident.pk}/"))
    add(desk, incident, "actor", name="River police", role="perpetrator", reason="The hospital says so.")
    desk.post(f"/review/{incident.pk}/drop/actor/0/", {"reason": "The gang denies it."})
    assert names(incident) == [*before[1:], ("River police", "perpetrator")]
    assert {"The hospital says so.", "The gang denies it."} <= set(incident.revisions.values_list("why", flat=True))


def test_what_a_colleague_confirmed_keeps_its_reports_unless_somebody_says_why(
    desk: Client, colleague: Callable[[], Client], incident: Incident
) -> None:
    colleague().post(f"/review/{incident.pk}/done/")
    event = incident.events.get()
    count = event.counts.first()
    assert count
    for what, number in (("count", count.pk), ("event", event.pk)):
        answer = desk.post(f"/review/{incident.pk}/drop/{what}/{number}/", follow=True)
        assert "confirmed this incident: say why it should change" in text_of(answer)
    desk.post(f"/review/{incident.pk}/drop/count/{count.pk}/", {"reason": "Said of another day."})
    assert event.counts.count() == 1


def test_a_statement_counts_and_goes_again(desk: Client, incident: Incident) -> None:
    article = incident.events.get().article_id
    sent = {"outcome": "wounded", "best": "12", "claimant": "a nurse", "article": article}
    assert add(desk, incident, "count", **sent).status_code == 302
    incident.refresh_from_db()
    assert incident.wounded_best == 12
    count = incident.events.get().counts.get(outcome="wounded")
    assert count.claimant == "a nurse"
    desk.post(f"/review/{incident.pk}/drop/count/{count.pk}/")
    incident.refresh_from_db()
    assert incident.wounded_best is None
    assert incident.killed_high == 9, "the others stay"


def test_an_event_is_added_from_its_words(desk: Client, incident: Incident) -> None:
    response = add(desk, incident, "event", type="raid", evidence=shown(incident, "A hospital spoke"))
    new = Incident.objects.latest("pk")
    assert response["Location"] == f"/review/{new.pk}/"
    assert (new.type, new.events.get().article_id) == ("raid", incident.events.get().article_id)


@pytest.mark.parametrize(
    ("what", "sent", "says"),
    [
        ("actor", {"name": " ", "role": "victim"}, "This field is required."),
        ("actor", {"name": "Ford guard", "role": "bystander"}, "bystander"),
        ("count", {"outcome": "killed"}, "Give a number."),
        ("count", {"outcome": "killed", "low": "9", "best": "5"}, "Best lies below low."),
        ("count", {"outcome": "killed", "best": "5"}, "No article is open"),
        ("count", {"outcome": "killed", "best": "-5"}, "People are counted from 0"),
        ("event", {"type": "raid"}, "Select the words of the article that report it."),
        ("event", {"type": "raid", "evidence": '{"article": 999999, "span": [0, 4]}'}, "There is no article"),
        ("event", {"type": "raid", "evidence": '{"article": "x", "span": "y"}'}, "There is no article"),
    ],
)
def test_what_cannot_be_added_is_explained_and_kept(
    desk: Client, incident: Incident, what: str, sent: dict[str, str], says: str
) -> None:
    response = add(desk, incident, what, **sent)
    assert response.status_code == 422
    assert says in text_of(response)
    assert Incident.objects.count() == 1


def test_an_event_outside_the_text_is_refused(desk: Client, incident: Incident) -> None:
    article = incident.events.get().article_id
    response = add(desk, incident, "event", type="raid", evidence=json.dumps({"article": article, "span": [5, 99999]}))
    assert response.status_code == 422
    assert "lies outside the text" in text_of(response)


def test_a_report_that_is_none_of_it_is_rejected_and_comes_back(desk: Client, incident: Incident) -> None:
    event = incident.events.get()
    desk.post(f"/review/{incident.pk}/drop/event/{event.pk}/")
    event.refresh_from_db()
    assert event.incident is None
    undo_last(desk, incident)
    event.refresh_from_db()
    assert event.incident == incident
    assert "not there any more" in text_of(desk.post(f"/review/{incident.pk}/drop/count/999999/", follow=True))


def test_a_day_of_publication_dates_what_was_told(desk: Client, db: None) -> None:
    row = make_case("Gunmen shot five people dead in Hasakah on Thursday, police said. A hospital spoke of nine dead.")
    article = row.events.get().article
    type(article).objects.filter(pk=article.pk).update(published_on=None)
    row.events.update(earliest=None, latest=None, date=None)
    ReviewItem.objects.create(reason="no_publication_date", words="No publication date.", article=article)
    assert "Day of publication, so that" in text_of(desk.get(f"/review/{row.pk}/"))
    assert desk.post(f"/review/{row.pk}/published/", {"article": article.pk, "day": "2999-01-01"}).status_code == 422
    response = desk.post(f"/review/{row.pk}/published/", {"article": article.pk, "day": "2022-01-22"}, follow=True)
    assert "Read again with its day of publication." in text_of(response)
    assert "day of publication: 22 Jan 2022" in text_of(response), "the bar says what can be undone"
    article.refresh_from_db()
    assert article.published_on == date(2022, 1, 22)
    assert Incident.objects.visible().filter(earliest=date(2022, 1, 20)).exists()
    assert not ReviewCase.objects.filter(is_open=True, reasons__contains=["no_publication_date"]).exists()


def test_a_day_of_publication_is_an_edit_like_others(desk: Client, db: None) -> None:
    row = make_case("Gunmen shot five people dead in Hasakah on Thursday, police said. A hospital spoke of nine dead.")
    article = row.events.get().article
    type(article).objects.filter(pk=article.pk).update(published_on=None)
    row.events.update(earliest=None, latest=None, date=None)
    item = ReviewItem.objects.create(reason="no_publication_date", words="No publication date.", article=article)
    desk.post(f"/review/{row.pk}/published/", {"article": article.pk, "day": "2022-01-22"})
    action = Action.objects.get()
    assert "gave an article its day" in text_of(desk.get(f"/incidents/{row.pk}/history/")).lower()
    said = row.revisions.get(field="day_of_publication")
    assert (said.before, said.after, said.user, said.action) == (None, "2022-01-22", action.user, action)
    assert row.events.get().earliest == date(2022, 1, 20)
    undo_last(desk, row)
    article.refresh_from_db()
    item.refresh_from_db()
    assert (article.published_on, item.state) == (None, "open")
    assert row.events.get().earliest is None, "what was read by that day is read without it again"
    assert row.revisions.filter(field="day_of_publication", before="2022-01-22").exists()
    again = revert_account(account=action.user, since=action.at - timedelta(hours=1), user=action.user)
    assert not again.refused


def test_an_incident_by_hand(desk: Client, editor: User) -> None:
    assert desk.post("/incidents/add/", {"type": "picnic"}).status_code == 422
    response = desk.post("/incidents/add/", {"type": "raid", "reason": "Told on the telephone."})
    row = Incident.objects.get()
    assert response["Location"] == f"/review/{row.pk}/"
    assert row.type == "raid"
    assert "No article reports this incident" in text_of(desk.get(f"/review/{row.pk}/"))
