"""Clients with the right correct, merge, split and undo under the desk's own rules, on the version they saw or not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.test import Client

from incidents import keys
from incidents.editing import correct
from incidents.models import Change, Incident, Override, Revision
from tests.follow.test_log import stored

pytestmark = pytest.mark.django_db
Post = Callable[..., Any]
AGAINST_RULES = ("more people", "NUL", "surrogate", "not in the vocabulary", "")


@pytest.fixture
def writer(db: None) -> User:
    user = User.objects.create_user("feeder")
    user.groups.add(Group.objects.get(name="API clients"))
    return user


@pytest.fixture
def post(client: Client, writer: User) -> Post:
    """Post below /api/v1/ with a key that writes; return the JSON of an answer with the expected status."""
    _row, key = keys.make(owner=writer, name="tests", scopes=["read", "write"])

    def send(path: str, body: Any, status: int = 200, **headers: str) -> Any:
        headers = {"Authorization": f"Bearer {key}"} | {name.replace("_", "-"): value for name, value in headers.items()}
        answer = client.post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)
        assert answer.status_code == status, answer.content[:800]
        if status >= 400:
            assert answer["Content-Type"] == "application/problem+json"
        return answer.json()

    return send


def test_a_correction_on_the_version_seen(post: Post, client: Client, writer: User) -> None:
    (incident,) = stored()
    etag = client.get(f"/api/v1/incidents/{incident.pk}/")["ETag"]
    body = {"field": "killed", "value": {"best": 7}, "reason": "the ministry's list"}
    done = post(f"incidents/{incident.pk}/corrections/", body, 201, If_Match=etag)
    assert done["incident"]["totals"]["killed"]["best"] == 7
    revision = Revision.objects.get(incident=incident, field="killed")
    assert (revision.user, revision.why) == (writer, "the ministry's list")
    taken = post(f"corrections/{done['correction']}/take-back/", {})
    assert taken["incident"]["totals"]["killed"]["best"] == 5
    assert post(f"actions/{taken['action']}/undo/", {})["incident"]["totals"]["killed"]["best"] == 7


def test_on_another_version_nothing_happens(post: Post, client: Client) -> None:
    (incident,) = stored()
    body = {"field": "killed", "value": {"best": 7}}
    path = f"incidents/{incident.pk}/corrections/"
    assert post(path, body, 428)["type"].endswith("#version-required")
    assert "If-Match" in post(path, body, 400, If_Match="812")["errors"]
    post(path, body | {"field": "wounded"}, 201, If_Match=f'"{incident.version}"')
    refused = post(path, body, 412, If_Match=f'"{incident.version}"')
    assert refused["type"].endswith("#version-differs")
    assert "version 2" in refused["detail"]
    assert Override.objects.count() == 1
    post(path, body, 201, If_Match="*")


def test_merge_split_and_undo(post: Post, client: Client) -> None:
    keep, gone = stored(2)
    body = {"gone": gone.pk, "gone_version": gone.version, "reason": "one attack"}
    merged = post(f"incidents/{keep.pk}/merge/", body, If_Match=f'"{keep.version}"')
    assert merged["incident"]["article_count"] == 2
    assert client.get(f"/api/v1/incidents/{gone.pk}/").status_code == 301
    assert post(f"incidents/{gone.pk}/delete/", {"reason": "x"}, 409, If_Match="*")["type"].endswith("#state-conflict")
    post(f"actions/{merged['action']}/undo/", {})
    assert client.get(f"/api/v1/incidents/{gone.pk}/").json()["article_count"] == 1
    again = post(f"actions/{merged['action']}/undo/", {}, 409)
    assert "already" in again["detail"]
    keep.refresh_from_db()
    stale = post(f"incidents/{keep.pk}/merge/", body, 412, If_Match=f'"{keep.version}"')
    assert stale["type"].endswith("#version-differs")
    gone.refresh_from_db()
    post(f"incidents/{keep.pk}/merge/", body | {"gone_version": gone.version}, If_Match="*")
    event = keep.events.latest("pk")
    made = post(f"incidents/{keep.pk}/split/", {"events": [event.pk]}, 201, If_Match="*")
    assert made["incident"]["id"] not in (keep.pk, gone.pk)


def test_delete_and_undo(post: Post, client: Client) -> None:
    (incident,) = stored()
    done = post(f"incidents/{incident.pk}/delete/", {"reason": "a hoax"}, If_Match="*")
    assert client.get(f"/api/v1/incidents/{incident.pk}/").status_code == 410
    post(f"actions/{done['action']}/undo/", {})
    assert client.get(f"/api/v1/incidents/{incident.pk}/").status_code == 200


def test_others_work_is_undone_by_leads_alone(post: Post, editor: User) -> None:
    from incidents.editing import delete

    (incident,) = stored()
    action = delete(incident=incident, user=editor, reason="a hoax")
    assert "lead editor" in post(f"actions/{action.pk}/undo/", {}, 403)["detail"]


def test_who_may_write(client: Client, reader: User, writer: User) -> None:
    (incident,) = stored()
    path, body = f"/api/v1/incidents/{incident.pk}/corrections/", {"field": "type", "value": "raid"}
    sent: dict[str, Any] = {"data": body, "content_type": "application/json"}
    assert client.post(path, **sent).status_code == 401
    _row, key = keys.make(owner=writer, name="tests", scopes=["read"])
    lacking = client.post(path, headers={"Authorization": f"Bearer {key}", "If-Match": "*"}, **sent)
    client.force_login(reader)
    for answer in (lacking, client.post(path, headers={"If-Match": "*"}, **sent)):
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert not Override.objects.exists()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "not JSON"),
        (b"", "required"),
        (b'{"field": "type", "field": "stage", "value": 1}', "“field” twice"),
        (b'{"field": "killed", "value": {"best": NaN}}', "NaN"),
        (b'{"field": "killed", "value": {"best": 1' + b"0" * 5000 + b"}}", "larger than any"),
        (b'{"field": "killed", "value": {"best": 99999999999}}', "more people"),
        (b'{"field": "killed", "value": {"best": 1e400}}', "larger than any"),
        (b'{"field": "place", "value": {"name": "a\\u0000b", "precision": "site"}}', "NUL"),
        (b'{"field": "place", "value": {"name": "\\ud800", "precision": "site"}}', "surrogate"),
        (b'{"field": "type", "value": "\xff"}', "not UTF-8"),
        (b'{"field": "type", "value": ' + b"[" * 5000 + b"]" * 5000 + b"}", "nested"),
        (b'{"field": "type", "value": ' + b"[" * 100000 + b"]" * 100000 + b"}", "nested"),
        (b'{"field": "nothing", "value": 1}', "not a valid choice"),
        (b'{"field": "type", "value": "raid", "by": "me"}', "no such field"),
        (b'{"field": "type"}', "required"),
        (b'{"field": "type", "value": "bombin"}', "not in the vocabulary"),
        (b'{"field": "type", "value": "raid", "evidence": [{"article": 1e99, "span": [0, 1]}]}', ""),
        (b'{"field": "type", "value": "raid", "evidence": [5]}', "evidence.0"),
        (b'{"field": "type", "value": "raid", "reason": 5}', "A text is needed"),
        (b"[1]", "Invalid data"),
    ],
)
def test_what_cannot_be_used_is_named_and_changes_nothing(post: Post, body: bytes, words: str) -> None:
    (incident,) = stored()
    before = Incident.objects.values().get(pk=incident.pk)
    status = 422 if words in AGAINST_RULES else 400
    problem = post(f"incidents/{incident.pk}/corrections/", body, status, If_Match="*")
    assert words in problem["detail"] + str(problem.get("errors"))
    assert Incident.objects.values().get(pk=incident.pk) == before
    assert Change.objects.count() == 1


@pytest.mark.parametrize("number", ["2", True, 2.5, [2]])
def test_what_is_no_whole_number_names_nothing(post: Post, number: Any) -> None:
    keep, gone = stored(2)
    body = {"gone": number, "gone_version": gone.version}
    assert post(f"incidents/{keep.pk}/merge/", body, 400, If_Match="*")["errors"] == {"gone": ["A whole number is needed."]}
    assert "events" in post(f"incidents/{keep.pk}/split/", {"events": [number]}, 400, If_Match="*")["errors"]


def test_other_kinds_of_body(client: Client, editor: User) -> None:
    client.force_login(editor)
    (incident,) = stored()
    path = f"/api/v1/incidents/{incident.pk}/corrections/"
    answer = client.post(path, "field=type", content_type="text/plain", headers={"If-Match": "*"})
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/problem+json")
    answer = client.post(path, b'"' + b"a" * 10_000_001 + b'"', content_type="application/json", headers={"If-Match": "*"})
    assert answer.status_code == 413


def test_delete_and_restore(post: Post, client: Client) -> None:
    (incident,) = stored()
    path = f"incidents/{incident.pk}/restore/"
    assert "not deleted" in post(path, {}, 409, If_Match="*")["detail"]
    post(f"incidents/{incident.pk}/delete/", {"reason": "a hoax"}, If_Match="*")
    assert post(path, {}, 412, If_Match=f'"{incident.version}"')["type"].endswith("#version-differs")
    assert client.get(f"/api/v1/incidents/{incident.pk}/").status_code == 410
    entry = client.get("/api/v1/changes/").json()["results"][-1]
    done = post(path, {"reason": "it was none"}, If_Match=f'"{entry["number"]}"')
    assert done["incident"]["version"] == entry["number"] + 1
    assert client.get("/api/v1/changes/").json()["results"][-1]["kind"] == "restored"
    assert client.get(f"/api/v1/incidents/{incident.pk}/").status_code == 200


def test_what_is_confirmed_is_changed_with_a_reason_alone(post: Post, editor: User) -> None:
    (incident,) = stored()
    confirmed = post(f"incidents/{incident.pk}/confirm/", {}, If_Match=f'"{incident.version}"')
    assert confirmed["incident"]["review_status"] == "reviewed"
    with pytest.raises(ValidationError, match="say why"):
        correct(incident=incident, field="type", value="raid", user=editor)
    assert post(f"incidents/{incident.pk}/confirm/", {}, 412, If_Match='"0"')["type"].endswith("#version-differs")


def test_a_report_is_corrected_and_rejected(post: Post, client: Client) -> None:
    (incident,) = stored()
    event = incident.events.get()
    path, etag = f"events/{event.pk}/corrections/", f'"{incident.version}"'
    body = {"values": {"type": "bombing", "counts": [{"outcome": "killed", "best": 9}]}, "reason": "misread"}
    done = post(path, body, If_Match=etag)
    assert (done["incident"]["type"], done["incident"]["totals"]["killed"]["best"]) == ("bombing", 9)
    assert client.get(f"/api/v1/events/{event.pk}/").json()["counts"][0]["best"] == 9
    assert post(path, body, 412, If_Match=etag)["type"].endswith("#version-differs")
    assert "no field of a report" in str(post(path, {"values": {"colour": "red"}}, 422, If_Match="*")["errors"])
    assert "values" in post(path, {"values": {}}, 400, If_Match="*")["errors"]
    rejected = post(f"events/{event.pk}/reject/", {"reason": "a film"}, If_Match="*")
    assert client.get(f"/api/v1/incidents/{incident.pk}/").status_code == 410
    assert "rejected" in post(f"events/{event.pk}/reject/", {}, 409, If_Match="*")["detail"]
    post(f"actions/{rejected['action']}/undo/", {})
    post(f"actions/{done['action']}/undo/", {})
    assert client.get(f"/api/v1/incidents/{incident.pk}/").json()["totals"]["killed"]["best"] == 5
