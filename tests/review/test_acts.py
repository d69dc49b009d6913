"""What an editor does with a case, and its undo: set, confirm, reject, merge, split, say "not the same"; nothing is lost."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from incidents.deriving import derive_incidents
from incidents.editing import correct
from incidents.models import Action, Incident, MatchProposal, Override, ReviewCase, Revision
from incidents.pages.fields import initial
from incidents.verdicts import not_same_as
from tests.factories import make_event, make_place
from tests.review.conftest import make_case
from tests.web.pages import text_of


def filled(incident: Incident, field: str, **values: Any) -> dict[str, Any]:
    start = {name: "" if value is None else value for name, value in initial(incident, field).items() if name != "candidates"}
    return start | values


def undo_last(desk: Client, incident: Incident) -> Any:
    return desk.post(f"/undo/{Action.objects.latest('pk').pk}/?incident={incident.pk}", follow=True)


def test_a_field_is_set_with_its_evidence_and_undone(desk: Client, incident: Incident) -> None:
    article = incident.events.get().article
    start = article.text.index("nine dead")
    shown = json.dumps({"article": article.pk, "span": [start, start + 9]})
    sent = filled(incident, "killed", low="9", best="9", high="9", evidence=shown)
    response = desk.post(f"/review/{incident.pk}/set/killed/?country=SY", sent)
    assert response["Location"] == f"/review/{incident.pk}/?country=SY#field-killed"
    incident.refresh_from_db()
    assert incident.killed_best == 9
    override = Override.objects.get(incident=incident)
    assert override.evidence[0]["quote"] == "nine dead"
    assert "Killed" in text_of(desk.get(f"/review/{incident.pk}/")), "the bar says what was done"
    said = text_of(undo_last(desk, incident))
    assert "Undone: Killed" in said
    assert "Do it again" in said
    incident.refresh_from_db()
    assert (incident.killed_low, incident.killed_high) == (5, 9)


@pytest.mark.parametrize(
    ("field", "values", "says"),
    [
        ("date", {"earliest": "2022-02-31", "latest": ""}, "There is no such day in the calendar"),
        ("date", {"earliest": "2022-02-03", "latest": "2022-02-01", "precision": "days"}, "lies before the first"),
        ("killed", {"low": "9", "best": "5", "high": "9"}, "Best lies below low"),
        ("killed", {"low": "-3", "best": "", "high": ""}, "People are counted from 0"),
        ("place", {"place": "Xyzzyville", "candidate": ""}, "The gazetteer has no place of this name."),
        (
            "place",
            {"place": "Old mill", "lat": "91", "lon": "10", "candidate": ""},
            "degrees run from −90 to 90",
        ),
        ("place", {"place": "Old mill", "lat": "36.5", "lon": "", "candidate": ""}, "needs both latitude and longitude"),
        ("killed", {"best": "7", "low": "7", "high": "7", "evidence": '{"article": 1, "span": [0, 99999]}'}, "no article"),
    ],
)
def test_what_cannot_stand_is_explained_and_kept(
    desk: Client, incident: Incident, field: str, values: dict[str, str], says: str
) -> None:
    if "evidence" in values:
        values = values | {"evidence": '{"article": 999999, "span": [0, 5]}'}
    response = desk.post(f"/review/{incident.pk}/set/{field}/", filled(incident, field, **values))
    assert response.status_code == 422
    assert says in text_of(response)
    for name, value in values.items():
        if name not in ("precision", "candidate", "evidence") and value:
            assert f'value="{value}"' in response.content.decode()
    assert not Override.objects.exists()


def test_a_span_outside_the_text_is_refused(desk: Client, incident: Incident) -> None:
    article = incident.events.get().article_id
    sent = filled(incident, "killed", low="7", best="7", high="7", evidence=json.dumps({"article": article, "span": [0, 99999]}))
    response = desk.post(f"/review/{incident.pk}/set/killed/", sent)
    assert response.status_code == 422
    assert "lies outside the text" in text_of(response)


def test_an_own_point_becomes_the_place(desk: Client, incident: Incident) -> None:
    make_place()
    sent = filled(incident, "place", place="Old mill", lat="36.6", lon="40.8", precision="site", candidate="")
    assert desk.post(f"/review/{incident.pk}/set/place/", sent).status_code == 302
    incident.refresh_from_db()
    assert (incident.place_name, incident.country, incident.lat) == ("Old mill", "SY", 36.6)


@pytest.mark.parametrize("name", ["Xyzzyville", "Al Hasakah"])
def test_a_deleted_place_is_refused_in_words(desk: Client, incident: Incident, name: str) -> None:
    """Also where the name is the one that stood there: another entry of that name is not taken in its place."""
    sent = filled(incident, "place", place=name, candidate="own:gone", precision="site")
    response = desk.post(f"/review/{incident.pk}/set/place/", sent)
    assert response.status_code == 422
    assert "The gazetteer has no place “own:gone” (any more)." in text_of(response)


def test_a_change_meanwhile_shows_both_and_asks(desk: Client, incident: Incident, administrator: User) -> None:
    mine = filled(incident, "type", type="raid")
    correct(incident=incident, field="type", value="bombing", user=administrator)
    response = desk.post(f"/review/{incident.pk}/set/type/", mine)
    assert response.status_code == 409
    said = text_of(response)
    assert "Changed meanwhile. It is now bombing (administrator). You entered raid." in said
    incident.refresh_from_db()
    assert incident.type == "bombing"


def test_confirm_at_another_version_is_refused(desk: Client, incident: Incident, administrator: User) -> None:
    seen = incident.version
    correct(incident=incident, field="type", value="bombing", user=administrator)
    response = desk.post(f"/review/{incident.pk}/done/", {"version": seen}, follow=True)
    assert "changed while you had it open" in text_of(response)
    assert ReviewCase.objects.get(incident=incident).is_open


def test_confirm_is_undone_and_asks_again(desk: Client, incident: Incident) -> None:
    desk.post(f"/review/{incident.pk}/done/", {"version": incident.version})
    incident.refresh_from_db()
    assert incident.review_status == "reviewed"
    assert not ReviewCase.objects.get(incident=incident).is_open
    undo_last(desk, incident)
    assert ReviewCase.objects.get(incident=incident).is_open


def test_a_colleagues_case_is_not_confirmed(desk: Client, colleague: Callable[[], Client], incident: Incident) -> None:
    desk.get("/review/next/")
    response = colleague().post(f"/review/{incident.pk}/done/", follow=True)
    assert "A colleague has this one" in text_of(response)
    incident.refresh_from_db()
    assert incident.confirmed_by is None


def test_reject_needs_a_reason_and_is_brought_back(desk: Client, incident: Incident) -> None:
    assert "Say why it should go." in text_of(desk.post(f"/review/{incident.pk}/reject/", {"reason": " "}, follow=True))
    desk.post(f"/review/{incident.pk}/reject/", {"reason": "A film."})
    incident.refresh_from_db()
    assert incident.deleted_reason == "A film."
    assert "Bring it back" in text_of(desk.get(f"/review/{incident.pk}/"))
    desk.post(f"/review/{incident.pk}/restore/")
    incident.refresh_from_db()
    assert incident.deleted_at is None


def test_merging_shows_both_then_merges_and_undoes(desk: Client, incident: Incident) -> None:
    other = make_case("Gunmen shot five people dead at the ford. A hospital spoke of nine dead.")
    MatchProposal.objects.create(
        event=other.events.get(), incident=incident, score=2.5, parts={"place": [2.5, "the same place"], "date": [0.4, "one day"]}
    )
    derive_incidents([other.pk])
    assert f"May be the same as {incident.headline}" in text_of(desk.get(f"/review/{other.pk}/"))
    said = text_of(desk.get(f"/incidents/{other.pk}/merge/?with={incident.pk}"))
    assert f"{other.number} becomes part of {incident.number}" in said, "the older one keeps its address"
    assert "Place +2.5 the same place" in said
    sent = {"with": incident.pk, f"version-{incident.pk}": incident.version}
    assert desk.post(f"/incidents/{other.pk}/merge/", sent)["Location"] == f"/review/{incident.pk}/"
    other.refresh_from_db()
    assert other.merged_into == incident
    assert desk.get(f"/review/{other.pk}/")["Location"] == f"/review/{incident.pk}/"
    undo_last(desk, incident)
    other.refresh_from_db()
    assert other.merged_into is None


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("{me}", "itself: choose another incident"),
        ("999999", "There is no incident I-999999."),
        ("i-{gone}", "is part of I-{me} already"),
    ],
)
def test_impossible_merges_are_explained(desk: Client, incident: Incident, asked: str, says: str) -> None:
    gone = make_case()
    desk.post(f"/incidents/{incident.pk}/merge/", {"with": gone.pk, "keep": "this"})
    names = {"me": incident.pk, "gone": gone.pk}
    for response in (
        desk.get(f"/incidents/{incident.pk}/merge/", {"with": asked.format(**names)}),
        desk.post(f"/incidents/{incident.pk}/merge/", {"with": asked.format(**names)}),
    ):
        assert response.status_code == 422
        assert says.format(**names) in text_of(response)


def test_the_other_one_is_found_by_words(desk: Client, incident: Incident) -> None:
    other = make_case("Gunmen shot five people dead at a windmill. A hospital spoke of nine dead.")
    assert other.headline in text_of(desk.get(f"/incidents/{incident.pk}/merge/?with=windmill"))
    assert "No incident has these words." in text_of(desk.get(f"/incidents/{incident.pk}/merge/?with=zeppelin"))


def test_not_the_same_is_remembered(desk: Client, incident: Incident) -> None:
    other = make_case()
    response = desk.post(f"/incidents/{incident.pk}/not-same/", {"with": other.pk}, follow=True)
    assert "are not the same." in text_of(response)
    assert other.pk in not_same_as(incident.pk)
    response = desk.post(f"/incidents/{incident.pk}/not-same/", {"with": incident.pk}, follow=True)
    assert "itself: choose another incident" in text_of(response)


def test_splitting_shows_what_would_come_of_it_then_splits(desk: Client, incident: Incident) -> None:
    second = make_event(incident=incident, type="raid")
    derive_incidents([incident.pk])
    said = text_of(desk.get(f"/incidents/{incident.pk}/split/?event={second.pk}"))
    assert "The new incident 1 report" in said
    assert "raid" in said
    response = desk.post(f"/incidents/{incident.pk}/split/", {"event": [second.pk]})
    second.refresh_from_db()
    assert response["Location"] == f"/review/{second.incident_id}/"
    undo_last(desk, incident)
    second.refresh_from_db()
    assert second.incident == incident
    everything = [event.pk for event in incident.events.all()]
    assert "Leave at least one report" in text_of(desk.post(f"/incidents/{incident.pk}/split/", {"event": everything}))
    assert "Choose the reports" in text_of(desk.post(f"/incidents/{incident.pk}/split/", {"event": ["x"]}))


def test_the_history_names_every_action_and_undoes_it(desk: Client, incident: Incident, editor: User) -> None:
    correct(incident=incident, field="type", value="raid", user=editor, reason="It says so.")
    said = text_of(desk.get(f"/incidents/{incident.pk}/history/"))
    assert "Edda Itor Type shooting → raid It says so." in said
    action = Action.objects.latest("pk")
    response = desk.post(f"/undo/{action.pk}/?incident={incident.pk}&to=history", follow=True)
    assert "Do it again" in text_of(response)
    assert "This was undone already." in text_of(desk.post(f"/undo/{action.pk}/?incident={incident.pk}", follow=True))


def put_back(desk: Client, revision: Revision, **sent: str) -> Any:
    return desk.post(f"/incidents/{revision.incident_id}/history/{revision.pk}/put-back/", sent, follow=True)


def test_one_field_goes_back_to_what_it_was_and_forth(desk: Client, incident: Incident, editor: User) -> None:
    """Also past what was set since; other fields stay, and undo brings the value of before back."""
    for kind in ("raid", "riot", "bombing"):
        correct(incident=incident, field="type", value=kind, user=editor)
    correct(incident=incident, field="stage", value="foiled", user=editor)
    change = incident.revisions.get(field="type", after="riot")
    address = f"/history/{change.pk}/put-back/"
    assert address in desk.get(f"/incidents/{incident.pk}/history/").content.decode()
    assert "Put a field back" in text_of(put_back(desk, change))
    incident.refresh_from_db()
    assert (incident.type, incident.stage) == ("raid", "foiled")
    assert address not in desk.get(f"/incidents/{incident.pk}/history/").content.decode(), "it is so already"
    assert "It has that value already." in text_of(put_back(desk, change))
    undo_last(desk, incident)
    incident.refresh_from_db()
    assert (incident.type, incident.stage) == ("bombing", "foiled")


def test_what_a_colleague_set_goes_back_with_a_reason(desk: Client, incident: Incident, administrator: User) -> None:
    correct(incident=incident, field="type", value="raid", user=administrator)
    change = incident.revisions.get(field="type", after="raid")
    assert "a colleague set or confirmed it" in text_of(desk.get(f"/incidents/{incident.pk}/history/"))
    assert "administrator set this value: say why" in text_of(put_back(desk, change))
    incident.refresh_from_db()
    assert incident.type == "raid"
    put_back(desk, change, reason="The text says shot.")
    incident.refresh_from_db()
    assert incident.type == "shooting"
    assert not incident.overrides.filter(taken_back_at=None).exists(), "the reports say so themselves"


def test_what_is_not_set_by_people_or_does_not_stand_cannot_go_back(desk: Client, incident: Incident, editor: User) -> None:
    make_event(incident=incident)
    derive_incidents([incident.pk])
    change = incident.revisions.get(field="reports")
    assert "put-back" not in desk.get(f"/incidents/{incident.pk}/history/").content.decode()
    assert "reports" in text_of(put_back(desk, change))
    correct(incident=incident, field="type", value="raid", user=editor)
    gone = incident.revisions.get(field="type", after="raid")
    desk.post(f"/review/{incident.pk}/reject/", {"reason": "A film."})
    assert "put-back" not in desk.get(f"/incidents/{incident.pk}/history/").content.decode()
    assert "was deleted: restore it first" in text_of(put_back(desk, gone))
    assert desk.post(f"/incidents/{make_case().pk}/history/{gone.pk}/put-back/").status_code == 404


def test_only_leads_undo_what_others_did(desk: Client, incident: Incident, administrator: User, editor: User) -> None:
    correct(incident=incident, field="type", value="raid", user=administrator)
    action = Action.objects.latest("pk")
    assert "Only lead editors" in text_of(desk.post(f"/undo/{action.pk}/?incident={incident.pk}", follow=True))
    assert desk.get("/review/undo-account/").status_code == 403
    editor.groups.add(Group.objects.get(name="lead editors"))
    assert "Undone: Type" in text_of(desk.post(f"/undo/{action.pk}/?incident={incident.pk}", follow=True))


def test_a_lead_undoes_everything_of_an_account(desk: Client, incident: Incident, administrator: User, editor: User) -> None:
    editor.groups.add(Group.objects.get(name="lead editors"))
    for field, value in (("type", "raid"), ("stage", "foiled")):
        correct(incident=incident, field=field, value=value, user=administrator)
    wrong = desk.post("/review/undo-account/", {"account": administrator.pk, "since": "yesterday"})
    assert "“yesterday” is no time." in text_of(wrong)
    assert "Choose an account." in text_of(desk.post("/review/undo-account/", {"account": "x", "since": "2020-01-01T00:00"}))
    response = desk.post("/review/undo-account/", {"account": administrator.pk, "since": "2020-01-01T00:00"}, follow=True)
    assert "2 actions were undone." in text_of(response)
    incident.refresh_from_db()
    assert (incident.type, incident.stage) == ("shooting", "accomplished")
