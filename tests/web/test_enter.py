"""The link that signs in once."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from incidents.accounts import DEMO_EDITOR, OneTimeTokens, ensure_demo_editor, may_correct, one_time_path, user_of
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db


def test_it_works(client: Client, editor: User) -> None:
    path = one_time_path(editor)
    assert path.startswith("/enter/")
    assert "Edda Itor" in text_of(client.get(path))
    assert client.post(path)["Location"] == "/"
    assert client.session["_auth_user_id"] == str(editor.pk)


def test_opening_it_does_not_use_it_up(client: Client, editor: User) -> None:
    path = one_time_path(editor)
    client.get(path)
    client.get(path)
    assert client.post(path).status_code == 302


def test_it_works_once(client: Client, editor: User) -> None:
    path = one_time_path(editor)
    client.post(path)
    other = Client()
    response = other.post(path)
    assert response.status_code == 410
    assert "This link no longer works" in text_of(response)
    assert "_auth_user_id" not in other.session
    assert other.get(path).status_code == 410


def test_it_works_once_even_within_one_second_of_another_sign_in(client: Client, editor: User) -> None:
    client.post(one_time_path(editor))
    editor.refresh_from_db()
    path = one_time_path(editor)
    assert Client().post(path).status_code == 302
    assert Client().post(path).status_code == 410


def test_it_ends_after_twelve_hours(client: Client, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    path = one_time_path(editor)
    now = OneTimeTokens()._now()

    def later(minutes: int) -> datetime:
        return now + timedelta(hours=12, minutes=minutes)

    monkeypatch.setattr(OneTimeTokens, "_now", lambda self: later(-1))
    assert client.get(path).status_code == 200
    monkeypatch.setattr(OneTimeTokens, "_now", lambda self: later(1))
    assert client.get(path).status_code == 410


def test_a_new_password_ends_it(client: Client, editor: User) -> None:
    path = one_time_path(editor)
    editor.set_password("another-long-one-4")
    editor.save()
    assert client.post(path).status_code == 410


def test_it_does_not_open_a_closed_account(client: Client, editor: User) -> None:
    path = one_time_path(editor)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert client.post(path).status_code == 410


@pytest.mark.parametrize("token", ["x", "1-", "1-2-3", "-", "zzzzzzzzzzzzzz-1-a", "1-d0000-abc", "0-0-0", "é"])
def test_forged_ones_are_refused(client: Client, token: str) -> None:
    assert user_of(token) is None
    if token.isascii():
        assert client.get(f"/enter/{token}/").status_code == 410


def test_one_persons_token_does_not_fit_another(editor: User, reader: User) -> None:
    token = one_time_path(editor).split("/")[2].split("-", 1)[1]
    assert user_of(f"{reader.pk}-{token}") is None


def test_it_needs_the_forms_token(editor: User) -> None:
    assert Client(enforce_csrf_checks=True).post(one_time_path(editor)).status_code == 403


def test_the_demonstrations_editor_may_correct_and_has_no_password() -> None:
    user = ensure_demo_editor()
    assert ensure_demo_editor() == user
    assert user.username == DEMO_EDITOR
    assert not user.has_usable_password()
    assert may_correct(user)
    assert not user.is_staff


def test_who_may_correct(reader: User, editor: User, administrator: User) -> None:
    assert [may_correct(user) for user in (reader, editor, administrator, None)] == [False, True, True, False]
    editor.is_active = False
    assert not may_correct(editor)
