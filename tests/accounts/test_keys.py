"""Keys: shown once, stored as a digest, ended at once, never stronger than their account."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from incidents import keys
from incidents.api.base import Api
from incidents.api.keys import HasScope
from incidents.models import ApiKey
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def ask(client: Client, key: str, path: str = "incidents/") -> Any:
    return client.get(f"/api/v1/{path}", headers={"authorization": f"Bearer {key}"})


def make(owner: User, *scopes: str, **values: Any) -> tuple[ApiKey, str]:
    return keys.make(owner=owner, name=values.pop("name", "feed reader"), scopes=list(scopes or ("read",)), **values)


def test_it_works(client: Client, reader: User) -> None:
    row, key = make(reader)
    assert key.startswith("idk_")
    assert len(key) >= 47
    assert ask(client, key).status_code == 200
    assert key not in str(ApiKey.objects.values())
    assert row.digest == keys.digest_of(key)


@pytest.mark.parametrize(
    "header", ["Bearer idk_nothing", "Bearer ", "Basic cmVhZGVyOng=", "idk_x", "Bearer é", f"Bearer idk_{'a' * 9000}"]
)
def test_what_is_no_key_is_refused_with_the_reason(client: Client, reader: User, header: str) -> None:
    response = client.get("/api/v1/incidents/", headers={"authorization": header})
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert response["WWW-Authenticate"].startswith('Bearer realm="Incident Desk"')
    assert "key" in response.json()["detail"]


def test_an_ended_key_says_since_when(client: Client, reader: User) -> None:
    row, key = make(reader, days=30)
    ApiKey.objects.filter(pk=row.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    response = ask(client, key)
    assert response.status_code == 401
    assert f"{row.prefix}… ended on " in response.json()["detail"]


def test_a_revoked_key_opens_nothing(client: Client, reader: User) -> None:
    row, key = make(reader)
    assert keys.revoke(row)
    assert not keys.revoke(row)
    response = ask(client, key)
    assert response.status_code == 401
    assert "was revoked on" in response.json()["detail"]


def test_a_closed_account_closes_its_keys(client: Client, reader: User) -> None:
    key = make(reader)[1]
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert "is closed" in ask(client, key).json()["detail"]


def test_a_key_must_have_the_scope_to_read(client: Client, api_client: User) -> None:
    response = ask(client, make(api_client, "write")[1])
    assert response.status_code == 403
    assert "lacks the scope “read”" in response.json()["detail"]


def test_text_takes_the_scope_and_the_right(client: Client, editor: User) -> None:
    article = make_article("Gunmen killed five people.")
    with_scope, without = make(editor, "read", "articles:text", name="a")[1], make(editor, "read", name="b")[1]
    path = f"articles/{article.pk}/"
    assert ask(client, with_scope, path).json()["text"] == article.text
    assert ask(client, without, path).json()["text"] is None
    editor.groups.clear()
    assert ask(client, with_scope, path).json()["text"] is None


class Written(Api):
    """A view that writes."""

    permission_classes = [HasScope("write")]
    http_method_names = ["post"]

    def post(self, request: Any) -> Response:
        return Response({"by": request.user.get_username()})


def write(key: str = "") -> Any:
    headers = {"HTTP_AUTHORIZATION": f"Bearer {key}"} if key else {}
    return Written.as_view()(APIRequestFactory().post("/", {}, format="json", **headers))


def test_writing_takes_the_scope_and_the_right(editor: User, reader: User) -> None:
    assert write().status_code == 401
    assert write(make(reader)[1]).status_code == 403
    key = make(editor, "write")[1]
    assert write(key).data == {"by": "editor"}
    editor.groups.clear()
    response = write(key)
    assert response.status_code == 403
    assert "“editor” has no right" in response.data["detail"]


def test_its_use_is_remembered_to_the_hour(client: Client, reader: User, django_assert_num_queries: Any) -> None:
    row, key = make(reader)
    ask(client, key)
    row.refresh_from_db()
    first = row.last_used_at
    assert first is not None
    ask(client, key)
    row.refresh_from_db()
    assert row.last_used_at == first
    ApiKey.objects.filter(pk=row.pk).update(last_used_at=first - timedelta(minutes=61))
    ask(client, key)
    row.refresh_from_db()
    assert row.last_used_at is not None
    assert row.last_used_at >= first


def test_rotation_overlaps(client: Client, reader: User) -> None:
    row, old = make(reader, days=90)
    made, new = keys.rotate(row, overlap_hours=24)
    assert (made.name, made.scopes, made.rotated_from) == (row.name, row.scopes, row)
    assert ask(client, old).status_code == ask(client, new).status_code == 200
    row.refresh_from_db()
    assert row.expires_at is not None
    assert timedelta(hours=23) < row.expires_at - timezone.now() <= timedelta(hours=24)
    with pytest.raises(ValidationError, match="rotated already"):
        keys.rotate(row)


def test_rotation_at_once(client: Client, reader: User) -> None:
    row, old = make(reader)
    new = keys.rotate(row, overlap_hours=0)[1]
    assert (ask(client, old).status_code, ask(client, new).status_code) == (401, 200)
    with pytest.raises(ValidationError, match="no longer works"):
        keys.rotate(row)


def test_rotation_never_lengthens_the_old_keys_life(reader: User) -> None:
    row, _key = make(reader, days=1)
    end = row.expires_at
    keys.rotate(row, overlap_hours=168)
    row.refresh_from_db()
    assert row.expires_at == end


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "  "}, "name of 1 to 80"),
        ({"name": "x" * 81}, "name of 1 to 80"),
        ({"scopes": []}, "at least one"),
        ({"scopes": ["all"]}, "no scope “all”"),
        ({"scopes": ["write"]}, "no right"),
        ({"days": 0}, "1 to 3660 days"),
        ({"days": 10**9}, "1 to 3660 days"),
    ],
)
def test_what_cannot_be_made_is_explained(reader: User, values: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        keys.make(owner=reader, **({"name": "feed", "scopes": ["read"]} | values))
    assert not ApiKey.objects.exists()


def test_names_tell_live_keys_apart(reader: User) -> None:
    row = make(reader)[0]
    with pytest.raises(ValidationError, match="key of this name"):
        make(reader, name="Feed  reader")
    keys.revoke(row)
    make(reader)


def test_an_account_cannot_make_keys_without_end(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "AT_MOST", 2)
    make(reader, name="a")
    make(reader, name="b")
    with pytest.raises(ValidationError, match="revoke one"):
        make(reader, name="c")


def test_the_page_shows_a_key_once(signed_in: Callable[[User], Client], reader: User) -> None:
    client = signed_in(reader)
    response = client.post("/account/keys/", {"name": "feed", "scopes": ["read"], "days": "90"})
    assert response.status_code == 201
    assert "no-store" in response["Cache-Control"]
    body = response.content.decode()
    row = ApiKey.objects.get()
    key = body.split("Bearer ")[1].split("&quot;")[0].split('"')[0]
    assert keys.digest_of(key) == row.digest
    page = client.get("/account/keys/").content.decode()
    assert key not in page
    assert row.prefix in page
    assert client.post("/account/keys/", {"name": "feed", "scopes": ["read"], "days": ""}).status_code == 422


def test_the_page_rotates_and_revokes(signed_in: Callable[[User], Client], reader: User) -> None:
    client, row = signed_in(reader), make(reader)[0]
    assert client.post(f"/account/keys/{row.pk}/rotate/", {"overlap": "0"}).status_code == 201
    made = ApiKey.objects.get(rotated_from=row)
    assert client.post(f"/account/keys/{made.pk}/rotate/", {"overlap": "7"}).status_code == 302
    assert client.post(f"/account/keys/{made.pk}/revoke/").status_code == 302
    assert keys.live_keys(reader) == []
    page = client.get("/account/keys/").content.decode()
    assert "replaced by a new one" in page
    assert "revoked" in page


def test_nobody_touches_anothers_keys(signed_in: Callable[[User], Client], reader: User, editor: User) -> None:
    row = make(editor)[0]
    client = signed_in(reader)
    for action in ("rotate", "revoke"):
        assert client.post(f"/account/keys/{row.pk}/{action}/", {"overlap": "0"}).status_code == 404
        assert Client().post(f"/account/keys/{row.pk}/{action}/").status_code == 302
    row.refresh_from_db()
    assert row.live


def test_the_form_offers_what_the_account_may(signed_in: Callable[[User], Client], reader: User, api_client: User) -> None:
    assert 'value="write"' not in signed_in(reader).get("/account/keys/").content.decode()
    assert 'value="write"' in signed_in(api_client).get("/account/keys/").content.decode()
    response = signed_in(reader).post("/account/keys/", {"name": "x", "scopes": ["write"], "days": ""})
    assert response.status_code == 422


def test_roles_come_back_with_every_migration(db: None) -> None:
    from incidents.roles import put_in_place

    Group.objects.all().delete()
    put_in_place()
    assert set(Group.objects.values_list("name", flat=True)) >= {"editors", "lead editors", "API clients"}
