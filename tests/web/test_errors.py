"""Errors stay within the desk's frame."""

import logging
import re
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.views import defaults

from incidents.api.errors import server_error
from incidents.references import Lines
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
            response = server_error(request)
    assert response.status_code == status
    assert says in text_of(response)
    assert "secret" not in response.content.decode()


def test_a_mistake_of_ours_is_told_without_the_database(django_db_blocker: object) -> None:
    with django_db_blocker.block():  # type: ignore[attr-defined]  # pytest-django's own object
        assert server_error(RequestFactory().get("/")).status_code == 500


@pytest.mark.parametrize(
    ("path", "broken"), [("/api/v1/incidents/", "incidents.api.views.log.head"), ("/", "incidents.views.desk.listing")]
)
def test_a_mistake_has_one_number_on_the_page_and_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, path: str, broken: str
) -> None:
    monkeypatch.setattr(broken, None)
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR, "django.request"):
        failed = client.get(path)
    assert failed.status_code == 500
    lines = [
        Lines("{levelname}: {message}", style="{").format(record) for record in caplog.records if record.name == "django.request"
    ]
    told = [match[1] for line in lines if (match := re.match(r"ERROR: \[(\w+)\] Internal Server Error: " + path, line))]
    assert len(told) == 1
    assert told[0] in failed.content.decode()
    if path.startswith("/api/"):
        assert failed.json()["reference"] == told[0]
    assert failed.content != client.get(path).content  # each mistake has a number of its own


def test_the_log_of_a_running_desk_is_written_in_those_lines() -> None:
    logging_: Any = settings.LOGGING
    assert logging_["formatters"]["line"]["()"] == "incidents.references.Lines"
