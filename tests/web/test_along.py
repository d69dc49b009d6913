"""An incident under the reader's filter: the next and the last one in the list's own order, the filter kept in every link."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client

from incidents.filters import IncidentFilter
from incidents.models import Incident
from incidents.pages.along import COLUMNS, along
from tests.factories import make_incident
from tests.web.pages import tags_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def incidents() -> None:
    """Raids with and without a day and a toll, equal values among them, and one riot."""
    for day, killed in ((3, 5), (3, None), (9, 5), (None, 2), (None, None), (20, None)):
        when = date(2022, 1, day) if day else None
        make_incident(type="raid", earliest=when, latest=when, killed_best=killed, origin_count=killed or 1)
    make_incident(type="riot", earliest=date(2022, 1, 9))


@pytest.mark.parametrize("sort", sorted(COLUMNS))
def test_walking_on_and_back_meets_every_incident_of_the_list_once(incidents: None, sort: str) -> None:
    asked = IncidentFilter(QueryDict(f"type=raid&sort={sort}"))
    listed = list(asked.apply(Incident.objects.visible()))
    walked = [listed[0]]
    while found := along(walked[-1], asked).after:
        walked.append(found)
    assert walked == listed
    back = [listed[-1]]
    while found := along(back[-1], asked).before:
        back.append(found)
    assert back == listed[::-1]


def test_the_page_keeps_the_filter(client: Client, incidents: None) -> None:
    middle = Incident.objects.get(day=date(2022, 1, 9), type="raid")
    page = client.get(f"{middle.get_absolute_url()}?type=raid&page=2&history=all&nonsense=1")
    links = {link.get("rel"): link["href"] for link in tags_of(page, "a") if link.get("rel") in ("prev", "next")}
    assert links["prev"] == f"/incidents/{Incident.objects.get(day=date(2022, 1, 20)).pk}/?type=raid&nonsense=1"
    assert links["next"]
    assert any(link["href"] == "/?type=raid&nonsense=1" for link in tags_of(page, "a"))
    assert "Raids" in text_of(page)


def test_without_a_filter_the_page_leads_along_all(client: Client) -> None:
    first, second = make_incident(earliest=date(2022, 1, 1)), make_incident(earliest=date(2022, 1, 2))
    page = client.get(second.get_absolute_url())
    assert [link["href"] for link in tags_of(page, "a") if link.get("rel") == "next"] == [first.get_absolute_url()]
    assert not [link for link in tags_of(page, "a") if link.get("rel") == "prev"]
    assert client.get(f"{second.get_absolute_url()}?since=nonsense&near=1").status_code == 200


def test_a_row_of_the_desk_leads_to_it_under_the_filter(client: Client) -> None:
    incident = make_incident(type="raid")
    assert f'href="{incident.get_absolute_url()}?type=raid"' in client.get("/?type=raid&page=1").content.decode()
    assert f'href="{incident.get_absolute_url()}"' in client.get("/").content.decode()
