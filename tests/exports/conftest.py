"""What the tests of exports share: incidents with everything that can go wrong in a file."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from incidents.exports.about import About
from incidents.models import Incident
from tests.factories import make_incident, make_source

HOSTILE = '=HYPERLINK("http://evil.example";"a")'
Download = Callable[..., bytes]


@pytest.fixture
def three(transactional_db: None) -> tuple[Incident, Incident, Incident]:
    """A plain incident with a source; one with hostile text and no point; one known by a province, in the past."""
    plain = make_incident(
        headline="Shooting in Hasakah: 5 killed",
        totals={"killed": {"low": 5, "best": 5, "high": None, "chosen": None}, "wounded": {"low": 0, "best": 0, "high": 0}},
        actors=[{"actor": 1, "name": "-Islamic State", "role": "perpetrator", "origins": 2}],
        version=7,
    )
    Incident.objects.filter(pk=plain.pk).update(sources=[make_source("@Gulf Wire").pk])
    hostile = make_incident(
        headline=f"{HOSTILE}\r\n\x01 ]]> C:\\new\\N\ttab <b>قتل</b> & \U0001f4a3,\"'",
        place_name="+1",
        country="SY",
        admin1="\tX",
        lat=None,
        lon=None,
        place_precision="country",
        earliest=None,
        latest=None,
        date_precision="",
    )
    old = make_incident(
        type="arrest", place_precision="adm1", lat=-36.5, lon=-40.75, earliest="1899-12-31", latest="1900-01-02",
        date_precision="days", background=False,
    )  # fmt: skip
    return plain, hostile, old


@pytest.fixture
def download(client: Client) -> Download:
    """Take a format away under a query and return its bytes."""

    def take(name: str, query: str = "", status: int = 200) -> bytes:
        response = client.get(f"/export/{name}/?{query}")
        assert response.status_code == status, response.content[:500]
        return b"".join(response) if response.streaming else response.content

    return take


def about_nothing() -> About:
    """What an export without a row says of itself."""
    return About("", "Everything", timezone.now(), 0, 0, "http://desk.example")
