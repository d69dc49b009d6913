"""Sessions: listed with their device, ended one by one and all at once; passwords changed and set anew by mail."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from incidents import failures
from incidents.devices import device
from incidents.models import SignedIn
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.1 Safari/604.1"


def enter(user: User, agent: str, address: str = "192.0.2.7") -> Client:
    """Sign in as a browser would."""
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    password = {"reader": "a-long-password-1", "editor": "a-long-password-2"}[user.username]
    assert client.post("/sign-in/", {"username": user.username, "password": password}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_it_works(reader: User) -> None:
    desk, phone = enter(reader, FIREFOX), enter(reader, PHONE, "2001:db8::9")
    page = text_of(desk.get("/account/"))
    assert "Firefox on Linux this session 192.0.2.7" in page
    assert "Safari on iPhone" in page
    assert "2001:db8::9" in page
    other = SignedIn.objects.get(address="2001:db8::9")
    assert desk.post(f"/account/sessions/{other.pk}/end/").status_code == 302
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert "Safari on iPhone" not in text_of(desk.get("/account/"))


def test_all_others_end_at_once(reader: User, editor: User) -> None:
    here, *others, colleague = enter(reader, FIREFOX), enter(reader, PHONE), enter(reader, ""), enter(editor, FIREFOX)
    response = here.post("/account/sessions/end-others/", follow=True)
    assert "2 other sessions are ended." in text_of(response)
    assert [is_in(client) for client in (here, *others, colleague)] == [True, False, False, True]


def test_nobody_ends_anothers_session(reader: User, editor: User) -> None:
    client, victim = enter(reader, FIREFOX), enter(editor, FIREFOX)
    row = SignedIn.objects.get(user=editor)
    assert client.post(f"/account/sessions/{row.pk}/end/").status_code == 404
    assert Client().post(f"/account/sessions/{row.pk}/end/").status_code == 302
    assert is_in(victim)


def test_last_seen_follows_use_to_a_few_minutes(reader: User) -> None:
    client = enter(reader, FIREFOX)
    old = timezone.now() - timedelta(hours=2)
    SignedIn.objects.update(last_seen_at=old)
    cache.clear()
    client.get("/sources/")
    seen = SignedIn.objects.get().last_seen_at
    assert seen > old + timedelta(hours=1)
    client.get("/sources/")
    assert SignedIn.objects.get().last_seen_at == seen


def test_a_device_that_says_odd_things(reader: User) -> None:
    client = enter(reader, "<script>" + "x" * 900, address="")
    assert "a device that does not say what it is" in text_of(client.get("/account/"))
    assert device(FIREFOX) == ("Firefox", "Linux")
    assert device(PHONE) == ("Safari", "iPhone")
    assert device("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0") == ("Edge", "Windows")
    assert device("") == ("", "")


def test_changing_the_password_ends_every_other_session(reader: User) -> None:
    here, other = enter(reader, FIREFOX), enter(reader, PHONE)
    values = {"old_password": "a-long-password-1", "new_password1": "brook-lantern-88", "new_password2": "brook-lantern-88"}
    wrong = here.post("/account/password/", values | {"old_password": "no"})
    assert "old password was entered incorrectly" in text_of(wrong)
    assert is_in(other)
    assert here.post("/account/password/", values).status_code == 302
    assert (is_in(here), is_in(other)) == (True, False)
    assert SignedIn.objects.filter(user=reader).count() == 1


def link_of(message: mail.EmailMessage) -> str:
    return str(re.findall(r"http://testserver(/forgotten/\S+)", str(message.body))[0])


def test_a_forgotten_password(client: Client, reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(email="reader@desk.example")
    lost = enter(reader, PHONE)
    assert client.post("/forgotten/", {"email": "reader@desk.example"})["Location"] == "/forgotten/sent/"
    path = link_of(mail.outbox[0])
    form = client.get(path, follow=True).redirect_chain[-1][0]
    too_easy = client.post(form, {"new_password1": "12345678", "new_password2": "12345678"})
    assert "entirely numeric" in text_of(too_easy)
    done = client.post(form, {"new_password1": "brook-lantern-88", "new_password2": "brook-lantern-88"})
    assert done["Location"] == "/sign-in/"
    assert not is_in(lost)
    assert "This link no longer works" in text_of(Client().get(path, follow=True))
    reader.refresh_from_db()
    assert reader.check_password("brook-lantern-88")


def test_asking_tells_nobody_who_has_an_account(client: Client, reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(email="reader@desk.example")
    known, unknown = (client.post("/forgotten/", {"email": f"{name}@desk.example"}) for name in ("reader", "nobody"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 1


def test_nobodys_mailbox_is_filled(client: Client, reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(email="reader@desk.example")
    answers = [client.post("/forgotten/", {"email": "Reader@desk.example"}) for _ in range(failures.FOR_NAME_FROM_ADDRESS + 1)]
    assert answers[-1].status_code == 429
    assert len(mail.outbox) == failures.FOR_NAME_FROM_ADDRESS
    assert "Try again in 15 minutes" in text_of(answers[-1])


def test_the_administration_has_no_sign_in_of_its_own(client: Client, reader: User, administrator: User) -> None:
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/sign-in/?next=%2Fadmin%2F"
    for _ in range(failures.FOR_NAME_FROM_ADDRESS):
        client.post("/admin/login/", {"username": "administrator", "password": "wrong"})
        client.post("/sign-in/", {"username": "administrator", "password": "wrong"})
    assert client.post("/sign-in/", {"username": "administrator", "password": "a-long-password-3"}).status_code == 429
    client.force_login(reader)
    assert client.get("/admin/", follow=True).status_code == 403


def test_every_page_of_the_account_needs_one(client: Client, signed_in: Callable[[User], Client], reader: User) -> None:
    for path in ("/account/", "/account/password/", "/account/keys/"):
        assert client.get(path)["Location"] == f"/sign-in/?next={path}"
        assert signed_in(reader).get(path).status_code == 200
