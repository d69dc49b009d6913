"""Errors stay within the desk's frame."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.views import defaults

from tests.web.pages import text_of

pytestmark = pytest.mark.django_db


def test_not_found(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    page = text_of(response)
    assert "There is no such page" in page
    assert "Skip to the content" in page


@pytest.mark.parametrize(
    ("status", "says"),
    [(400, "This request could not be read"), (403, "Not allowed"), (500, "The desk made a mistake")],
)
def test_each_error_has_its_page(status: int, says: str) -> None:
    request = RequestFactory().get("/")
    response: HttpResponse
    match status:
        case 400:
            response = defaults.bad_request(request, Exception("secret"))
        case 403:
            response = defaults.permission_denied(request, Exception("secret"))
        case _:
            response = defaults.server_error(request)
    assert response.status_code == status
    assert says in text_of(response)
    assert "secret" not in response.content.decode()


def test_a_mistake_of_ours_is_told_without_the_database(django_db_blocker: object) -> None:
    with django_db_blocker.block():  # type: ignore[attr-defined]  # pytest-django's own object
        assert defaults.server_error(RequestFactory().get("/")).status_code == 500
