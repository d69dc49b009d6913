"""Signing in by name and password, and out again."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from incidents import failures
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db


def test_it_works(client: Client, editor: User) -> None:
    assert "Sign in" in text_of(client.get("/sign-in/"))
    response = client.post("/sign-in/", {"username": "editor", "password": "a-long-password-2"})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(editor.pk)


def test_it_leads_back_to_the_page(client: Client, editor: User) -> None:
    assert 'value="/incidents/5/"' in client.get("/sign-in/?next=/incidents/5/").content.decode()
    response = client.post("/sign-in/", {"username": "editor", "password": "a-long-password-2", "next": "/incidents/5/"})
    assert response["Location"] == "/incidents/5/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "http:evil", "\\\\evil"])
def test_it_never_leads_elsewhere(client: Client, editor: User, elsewhere: str) -> None:
    response = client.post("/sign-in/", {"username": "editor", "password": "a-long-password-2", "next": elsewhere})
    assert response["Location"] == "/"


def test_a_wrong_password_keeps_the_name_and_tells_nothing_more(client: Client, editor: User) -> None:
    wrong = client.post("/sign-in/", {"username": "editor", "password": "wrong"})
    unknown = client.post("/sign-in/", {"username": "nobody", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 422
    assert 'value="editor"' in wrong.content.decode()
    assert "wrong" not in wrong.content.decode()
    assert text_of(wrong).replace("editor", "") == text_of(unknown).replace("nobody", "")


def test_an_empty_form_says_what_is_missing(client: Client) -> None:
    response = client.post("/sign-in/", {})
    assert response.status_code == 422
    assert text_of(response).count("This field is required.") == 2


def test_after_too_many_failures_even_the_right_password_waits(client: Client, editor: User) -> None:
    for _ in range(failures.FOR_NAME_FROM_ADDRESS):
        assert client.post("/sign-in/", {"username": "Editor ", "password": "wrong"}).status_code == 422
    response = client.post("/sign-in/", {"username": "editor", "password": "a-long-password-2"})
    assert response.status_code == 429
    assert "Try again in 15 minutes." in text_of(response)
    assert "_auth_user_id" not in client.session


def test_another_address_is_not_kept_waiting(client: Client, editor: User) -> None:
    for _ in range(failures.FOR_NAME_FROM_ADDRESS):
        failures.count("editor", "192.0.2.1")
    assert client.post("/sign-in/", {"username": "editor", "password": "a-long-password-2"}).status_code == 302


def test_one_address_cannot_try_name_after_name(client: Client, editor: User) -> None:
    for number in range(failures.FROM_ADDRESS):
        failures.count(f"name{number}", "127.0.0.1")
    assert client.post("/sign-in/", {"username": "editor", "password": "a-long-password-2"}).status_code == 429


def test_one_name_cannot_be_tried_from_everywhere(client: Client, editor: User) -> None:
    for number in range(failures.FOR_NAME):
        failures.count("editor", f"192.0.2.{number}")
    assert client.post("/sign-in/", {"username": "editor", "password": "a-long-password-2"}).status_code == 429


def test_success_forgets_the_failures(client: Client, editor: User) -> None:
    for _ in range(failures.FOR_NAME_FROM_ADDRESS - 1):
        failures.count("editor", "127.0.0.1")
    client.post("/sign-in/", {"username": "editor", "password": "a-long-password-2"})
    assert not failures.too_many("editor", "127.0.0.1")
    failures.count("editor", "127.0.0.1")
    assert not failures.too_many("editor", "127.0.0.1")


def test_it_needs_the_forms_token(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/sign-in/", {"username": "editor", "password": "a-long-password-2"})
    assert response.status_code == 403
    assert "This form is no longer valid" in text_of(response)


def test_someone_signed_in_is_led_on(signed_in: Callable[[User], Client], editor: User) -> None:
    assert signed_in(editor).get("/sign-in/?next=/articles/")["Location"] == "/articles/"


def test_a_name_with_markup_comes_back_as_text(client: Client) -> None:
    body = client.post("/sign-in/", {"username": '"><script>', "password": "x"}).content.decode()
    assert '"><script>' not in body


def test_the_page_is_not_kept_by_caches(client: Client) -> None:
    assert "no-store" in client.get("/sign-in/")["Cache-Control"]


def test_signing_out_takes_a_form(signed_in: Callable[[User], Client], editor: User) -> None:
    client = signed_in(editor)
    assert client.get("/sign-out/").status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post("/sign-out/").status_code == 302
    assert "_auth_user_id" not in client.session
