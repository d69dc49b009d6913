"""/api/v1/cells/, timeline/ and facets/: the figures of the pages, asked for again only when something changed."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from geo.cells import cell_of
from incidents.editing import correct
from tests.api.conftest import Get
from tests.factories import make_incident

pytestmark = pytest.mark.django_db


def test_cells(get: Get) -> None:
    make_incident(cell=cell_of(36.5, 40.7))
    make_incident(lat=None, lon=None)
    found = get("cells/?zoom=4&view=30,30,50,40&type=shooting")
    assert len(found["pins"]) == 1
    assert found["unplaced"]["total"] == 1
    assert get("cells/?zoom=4&view=0,0,10,10")["pins"] == []


def test_timeline(get: Get) -> None:
    make_incident()
    found = get("timeline/?unit=day&from=2022-01-01&to=2022-02")
    assert found["bins"] == [{"start": "2022-01-20", "families": {"attack": 1}}]
    assert (found["first"], found["last"], found["unit"]) == ("2022-01-20", "2022-01-20", "day")


def test_facets(get: Get) -> None:
    make_incident()
    assert get("facets/?country=SY")["type"] == {"shooting": 1}


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("cells/?zoom=25", "zoom"),
        ("cells/?zoom=x", "zoom"),
        ("cells/?view=1", "view"),
        ("cells/?page_size=5", "page_size"),
        ("timeline/?unit=century", "unit"),
        ("timeline/?from=2022-02-30", "from"),
        ("timeline/?from=2022&to=2021", "to"),
        ("facets/?zoom=1", "zoom"),
        ("facets/?min=x", "min"),
    ],
)
def test_what_cannot_be_used_is_named(get: Get, address: str, field: str) -> None:
    assert field in get(address, status=400)["errors"]


@pytest.mark.parametrize("path", ["cells/", "timeline/", "facets/"])
def test_correction_is_in_the_next_answer(client: Client, editor: User, path: str) -> None:
    """Until something changes the answer is "not modified"; afterwards never."""
    incident = make_incident(version=1, cell=cell_of(36.5, 40.7))
    first = client.get(f"/api/v1/{path}")
    headers = {"If-None-Match": first["ETag"]}
    assert client.get(f"/api/v1/{path}", headers=headers).status_code == 304
    correct(incident=incident, field="type", value="arrest", user=editor)
    second = client.get(f"/api/v1/{path}", headers=headers)
    assert second.status_code == 200
    assert second.json() != first.json()
