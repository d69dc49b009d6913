"""Two filters side by side: numbers and differences without scripts, every state a link, no query string an error."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.factories import make_incident, make_place
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def incidents() -> None:
    """Twelve shootings in January, with 24 to 36 killed; twenty arrests in February, three of them with one killed each."""
    for day in range(1, 13):
        make_incident(type="shooting", earliest=date(2022, 1, day), killed_low=2, killed_best=2, killed_high=3)
    for day in range(1, 21):
        toll = {"killed_low": 1, "killed_best": 1, "killed_high": 1} if day < 4 else {}
        make_incident(type="arrest", earliest=date(2022, 2, day), **toll)


def words(client: Client, **query: str) -> str:
    response = client.get(f"/compare/?{urlencode({name.replace('_', '.', 1): value for name, value in query.items()})}")
    assert response.status_code == 200
    return text_of(response)


def test_it_works(client: Client, incidents: None) -> None:
    text = words(client, a_type="shooting", b_type="arrest")
    assert "12 incidents, 24–36 killed" in text
    assert "20 incidents, 3 killed; 17 with no toll" in text
    assert "8 incidents more in B (1.7 times as many)." in text
    assert "More people killed in A, whichever figures hold; 17 incidents of B state none." in text
    assert "They differ most in shootings: 12 in A (100%), 0 in B (0%)." in text
    assert "No incident stands in both." in text
    assert "Jan 2022 12 0 Feb 2022 0 20" in text


def test_an_overlap_is_counted_and_an_open_difference_stays_open(client: Client, incidents: None) -> None:
    text = words(client, a_type="shooting", a_until="2022-01-06", b_type="shooting", b_since="2022-01-05")
    assert "2 incidents stand in both." in text
    text = words(client, a_type="shooting", a_until="2022-01-06", b_type="shooting", b_since="2022-01-06", b_until="2022-01-12")
    assert "is open: the ranges overlap" in text


def test_a_side_without_a_toll_is_not_compared_by_it(client: Client, incidents: None) -> None:
    assert "people killed cannot be compared" in words(client, a_type="shooting", b_since="2022-02-10")


def test_stretches_of_different_length_are_compared_by_the_day(client: Client, incidents: None) -> None:
    text = words(client, a_since="2022-01-01", a_until="2022-01-10", b_since="2022-02-01", b_until="2022-02-05")
    assert "(10 and 5 days): 1.00 incidents a day in A, 1.00 in B." in text


def test_each_chip_leaves_the_other_side_alone(client: Client, incidents: None) -> None:
    page = client.get("/compare/?a.type=shooting&a.since=2022&b.type=arrest").content.decode()
    assert 'href="?a.since=2022&amp;b.type=arrest" aria-label="Remove Type: shooting from A"' in page
    assert 'href="?a.type=arrest&amp;b.type=shooting&amp;b.since=2022"' in page  # swapped


def test_a_form_carries_the_other_side(client: Client, incidents: None) -> None:
    page = client.get("/compare/?a.type=shooting&b.actor=Someone, else").content.decode()
    assert page.count('<input type="hidden" name="b.actor" value="Someone, else">') == 1
    assert 'name="a.type" value="shooting" checked' in page


def test_the_stretch_before_and_the_year_before_are_offered(client: Client, incidents: None) -> None:
    page = client.get("/compare/?a.since=2024-02-29&a.until=2024-03-01").content.decode()
    assert "b.since=2024-02-27&amp;b.until=2024-02-28" in page
    assert "b.since=2023-02-28&amp;b.until=2023-03-01" in page


@pytest.mark.parametrize(
    "query",
    [
        "a.since=nonsense&b.min=-4",
        "a.bbox=1,2&b.type=%00",
        "type=raid&c.x=1",
        "a.=&b",
        "a.since=0001&a.until=0002",
        "a.q=" + "x" * 600,
    ],
)
def test_no_query_string_breaks_it(client: Client, query: str) -> None:
    make_incident(place=make_place())
    assert client.get(f"/compare/?{query}").status_code == 200


def test_a_bad_value_is_explained_on_its_side(client: Client) -> None:
    text = words(client, a_type="bombin", b_since="2022-13-40", type="raid")
    assert "did you mean “bombing”" in text
    assert "Parameters of neither side, passed over: “type”." in text


def test_the_desk_leads_here_with_its_filter(client: Client) -> None:
    assert 'href="/compare/?a.type=raid&amp;a.since=2022"' in client.get("/?type=raid&since=2022&page=1").content.decode()
