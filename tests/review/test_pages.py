"""The pages of the review: the queue, the next case, the case in work, and what they refuse."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from incidents.models import Incident, ReviewCase
from tests.review.conftest import make_case
from tests.web.pages import tags_of, text_of


def test_the_queue_lists_what_waits_with_why(desk: Client, incident: Incident) -> None:
    said = text_of(desk.get("/review/"))
    assert "1 case waits for review" in said
    assert "Killed: 5 or 9" in said
    assert "claims disagree 1" in said


def test_the_queue_narrows_by_filter_and_reason(desk: Client, incident: Incident) -> None:
    assert "Nothing waits here." in text_of(desk.get("/review/?country=IQ"))
    assert "Killed: 5 or 9" in text_of(desk.get("/review/?reason=conflicting_claims"))
    assert "Nothing waits here." in text_of(desk.get("/review/?reason=no_date"))


@pytest.mark.parametrize("query", ["?reason=%00", "?reason=<b>", "?since=2022-02-31", "?page=zzz", "?country=QQQ", "?nonsense=1"])
def test_the_queue_survives_any_query(desk: Client, incident: Incident, query: str) -> None:
    assert desk.get(f"/review/{query}").status_code == 200
    assert desk.get(f"/review/next/{query}").status_code == 302


@pytest.mark.parametrize("path", ["/review/", "/review/next/", "/review/1/", "/review/1/set/type/"])
def test_who_is_not_signed_in_is_asked_to(client: Client, db: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/?next=")


def test_who_may_only_read_is_refused(client: Client, reader: User, incident: Incident) -> None:
    client.force_login(reader)
    assert client.get("/review/").status_code == 403
    assert client.post(f"/review/{incident.pk}/done/").status_code == 403
    assert client.get("/places/?q=hasakah").status_code == 403


def test_next_takes_the_case_and_keeps_the_filter(desk: Client, incident: Incident, editor: User) -> None:
    response = desk.get("/review/next/?country=SY&reason=conflicting_claims")
    assert response["Location"] == f"/review/{incident.pk}/?country=SY&reason=conflicting_claims"
    assert ReviewCase.objects.get(incident=incident).taken_by == editor


def test_the_case_shows_text_fields_and_what_needs_a_decision(desk: Client, incident: Incident) -> None:
    response = desk.get(f"/review/{incident.pk}/")
    said = text_of(response)
    assert "Figures disagree: 5 (police), 9 (a hospital)." in said
    assert "Gunmen shot five people dead" in said
    assert "needs you" in said
    assert "rules 1" in said
    assert [tag["data-start"] for tag in tags_of(response, "p") if "data-start" in tag] == ["0", "81"]


def test_a_colleagues_case_says_whose_it_is(desk: Client, colleague: Callable[[], Client], incident: Incident) -> None:
    desk.get("/review/next/")
    assert "Edda Itor has this one until" in text_of(colleague().get(f"/review/{incident.pk}/"))
    assert "Edda Itor has this one" in text_of(colleague().get("/review/"))


def test_skip_goes_to_the_next(desk: Client, incident: Incident) -> None:
    other = make_case()
    first = desk.get("/review/next/")["Location"]
    response = desk.post(f"{first}skip/")
    assert response["Location"] == "/review/next/"
    assert desk.get("/review/next/")["Location"] != first
    assert other.pk


def test_done_goes_to_the_next_and_closes_the_case(desk: Client, incident: Incident) -> None:
    desk.get("/review/next/")
    assert desk.post(f"/review/{incident.pk}/done/?country=SY")["Location"] == "/review/next/?country=SY"
    assert not ReviewCase.objects.get(incident=incident).is_open
    assert desk.get("/review/next/")["Location"] == "/review/"


def test_a_case_is_given_to_a_colleague(desk: Client, incident: Incident, editor: User) -> None:
    response = desk.post(f"/review/{incident.pk}/assign/", {"to": editor.pk}, follow=True)
    assert "Given to Edda Itor." in text_of(response)
    assert ReviewCase.objects.get(incident=incident).assigned_to == editor
    response = desk.post(f"/review/{incident.pk}/assign/", {"to": "999999"}, follow=True)
    assert "there is no such colleague" in text_of(response)


def test_unknown_cases_and_acts_are_not_found(desk: Client, incident: Incident) -> None:
    assert desk.get("/review/999999/").status_code == 404
    assert desk.post(f"/review/{incident.pk}/explode/").status_code == 404
    assert desk.post(f"/review/{incident.pk}/set/nothing/").status_code == 404


def test_hostile_words_stay_words(desk: Client, db: None) -> None:
    row = make_case("Gunmen shot five people<script>alert(1)</script> at the ford. A hospital spoke of nine dead.")
    body = desk.get(f"/review/{row.pk}/").content.decode()
    assert "<script>alert(1)</script>" not in body
    assert "&lt;script&gt;" in body
