"""The desk's page without scripts: complete, honest and unbreakable, whatever the query string."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_incident

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>"


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(client: Client) -> None:
    incident = make_incident(headline="Shooting in the market", killed_low=3, killed_best=4, killed_high=6)
    text = page(client)
    assert "Shooting in the market" in text
    assert incident.get_absolute_url() in text
    assert "Everything: <b>1</b> incident, <b>3–6</b> killed" in text
    assert ">4</a>" in text
    assert "3–6" in text


def test_an_empty_desk_says_how_incidents_come(client: Client) -> None:
    assert "No incident yet." in page(client)


def test_the_filter_narrows_list_and_sentence(client: Client) -> None:
    make_incident(headline="A bombing", type="bombing")
    make_incident(headline="A raid", type="raid")
    text = page(client, "?type=bombing")
    assert "A bombing" in text
    assert "A raid" not in text
    assert "Bombings: <b>1</b> incident" in text
    assert "Remove Type: bombing" in text


def test_nothing_fits_says_which_filter_to_drop(client: Client) -> None:
    make_incident(type="bombing", country="SY")
    make_incident(type="riot", country="IQ")
    text = page(client, "?type=bombing&country=IQ&family=attack,people")
    assert "Nothing fits all 4 filters." in text
    offered = text[text.index("Without one of them") : text.index("Clear all filters")]
    assert "Country: Iraq" in offered
    assert "Type: bombing" in offered
    assert "Family" not in offered  # without it there would be none either


def test_where_no_single_filter_helps_none_is_offered(client: Client) -> None:
    make_incident(type="bombing", country="SY")
    text = page(client, "?type=raid&country=IQ")
    assert "Leaving out one of them alone finds nothing either." in text
    assert "Without one of them" not in text


@pytest.mark.parametrize(
    "query",
    [
        "?since=2022-13-40",
        "?type=bombings",
        "?min=-5",
        "?near=1,2",
        "?bbox=a,b,c,d",
        "?page=-1",
        "?page=999999999",
        "?q=%00",
        "?%ff=%fe",
    ],
)
def test_a_bad_value_is_explained_and_never_an_error(client: Client, query: str) -> None:
    make_incident(headline="Still here")
    assert "Still here" in page(client, query)


def test_a_bad_value_is_named_beside_its_field_and_not_applied(client: Client) -> None:
    text = page(client, "?since=2022-13")
    assert 'aria-invalid="true" aria-describedby="err-since"' in text
    assert "Not applied." in text


def test_an_unknown_parameter_is_named_gently(client: Client) -> None:
    assert "Not understood and passed over: “colour”" in page(client, "?colour=red")


def test_hostile_headlines_are_escaped(client: Client) -> None:
    make_incident(headline=HOSTILE, place_name=HOSTILE)
    assert "<img src=x" not in page(client)


def test_unknown_is_never_zero(client: Client) -> None:
    make_incident(headline="No toll")
    make_incident(headline="Stated none", killed_low=0, killed_best=0, killed_high=0)
    text = page(client)
    assert "not stated" in text
    assert "none, stated" in text


def test_what_has_no_place_is_listed_and_counted(client: Client) -> None:
    make_incident(headline="Somewhere in Syria", place_precision="country", lat=None, lon=None)
    make_incident(headline="Nowhere", place_precision="none", country="", lat=None, lon=None)
    text = page(client)
    assert "<b>2</b> not on the map" in text
    assert "Syria, somewhere" in text
    assert "no place stated" in text


def test_scripts_get_the_parts_they_ask_for_as_the_page_has_them(client: Client) -> None:
    make_incident(type="bombing", country="SY")
    make_incident(headline="Somewhere in Syria", place_precision="country", lat=None, lon=None)
    whole = client.get("/?country=SY")
    parts = {
        wanted: client.get("/?country=SY", headers={"X-Desk-Parts": wanted}) for wanted in ("view", "picker", "drawer", "none")
    }
    held = {wanted: set(re.findall(r'id="([a-z-]+)"', answer.content.decode())) for wanted, answer in parts.items()}
    assert {"sum", "chips", "list", "charts", "families", "unplaced", "notice", "since", "tab-count"} < held["view"]
    assert "picker" in held["picker"]
    assert held["view"] & held["picker"] == set()
    assert held["drawer"] == {"unplaced"}
    assert held["none"] == set()
    text = whole.content.decode()
    assert re.findall(r'<li class="row".*?</li>', parts["view"].content.decode(), re.S) == re.findall(
        r'<li class="row".*?</li>', text, re.S
    )
    for wanted, kept in (("drawer", r'<ol class="drawer">.*?</ol>'), ("picker", r'<div class="fcols">.*?</form>')):
        assert re.search(kept, parts["view"].content.decode(), re.S) is None
        assert re.findall(kept, parts[wanted].content.decode(), re.S) == re.findall(kept, text, re.S) != []
    assert all("X-Desk-Parts" in answer.headers["Vary"] for answer in (whole, *parts.values()))


def test_scripts_look_for_options_that_the_page_does_not_hold(client: Client) -> None:
    frequent = [{"actor": n, "name": f"Group {n}", "role": "unknown", "origins": 1} for n in range(50)]
    for _ in range(2):
        make_incident(actors=frequent)
    make_incident(country="CI", actors=[{"actor": 99, "name": "Íslamic Legion", "role": "unknown", "origins": 1}])
    headers = {"X-Desk-Parts": "picker", "X-Desk-Find": "isl%C3%A2mic"}
    text = client.get("/", headers=headers).content.decode()
    assert re.findall(r'name="(?:actor|country)" value="([^"]*)"', text) == ["Íslamic Legion"]
    assert "Íslamic Legion" not in client.get("/", headers={"X-Desk-Parts": "picker"}).content.decode()
    countries = client.get("/", headers=headers | {"X-Desk-Find": "ivory"}).content.decode()
    assert re.findall(r'name="(?:actor|country)" value="([^"]*)"', countries) == ["CI"]


def test_a_tolls_chart_filters(client: Client) -> None:
    make_incident(earliest=date(2022, 1, 1), killed_low=2, killed_best=3, killed_high=5)
    assert 'href="?country=SY&amp;outcome=killed&amp;min=1" title' in page(client, "?country=SY")
    assert 'href="?" aria-current="true"' in page(client, "?outcome=killed&min=1")
    assert 'href="?" aria-current="true"' in page(client, "?min=2")


def test_the_list_is_paged(client: Client) -> None:
    for number in range(53):
        make_incident(headline=f"Row {number:02d}.")
    first, last = page(client), page(client, "?page=3")
    assert "1–25 of 53" in first
    assert 'rel="next"' in first
    assert "51–53 of 53" in last
    assert 'rel="next"' not in last


def test_a_family_can_be_left_out_without_scripts(client: Client) -> None:
    text = page(client)
    assert "?family=casualties&amp;family=captivity" in text


def test_the_picker_counts_what_would_remain(client: Client) -> None:
    make_incident(type="raid")
    make_incident(type="raid")
    text = page(client, "?type=bombing")
    raid = text.index('name="type" value="raid"')
    assert '<span class="n">2</span>' in text[raid : raid + 300]


def test_the_sentence_of_an_unknown_incident_is_not_found(client: Client) -> None:
    assert client.get(reverse("sentence", args=[1, "killed"])).status_code == 404


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/").status_code == 405


def test_killed_and_wounded_are_added_up_over_time(client: Client) -> None:
    make_incident(earliest=date(2022, 1, 1), killed_low=2, killed_best=3, killed_high=5)
    make_incident(earliest=date(2022, 1, 9), killed_low=7, killed_best=7, killed_high=7)
    make_incident(earliest=date(2022, 1, 5), totals={"wounded": {"low": 4, "best": None, "high": 6}})
    text = page(client)
    assert "Wounded, added up, low – best – high: 4 – 4 – 6" in text
    assert "Killed, added up, low – best – high: 9 – 10 – 12" in text
    assert "1 Jan 2022" in text
    assert "9 Jan 2022" in text
    line, band = (re.findall(f'<path class="{name}" d="([^"]+)"', text)[0] for name in ("bestline", "band"))
    assert line == "M0 96H0.0V75.5H228.0V27.7H228"  # 3 and 10 of 12, over eight days
    assert band == "M0 96H0.0V61.8H228.0V14.0H228V34.5H228.0V82.3H0.0V96Z"


def test_no_toll_draws_no_curve(client: Client) -> None:
    make_incident()
    assert "Killed, added up" not in page(client)


@pytest.mark.parametrize(
    "query",
    [
        "?near=36.5,40.75,30",
        "?near=90,0,500",
        "?bbox=39,36,42,37",
        "?bbox=170,-40,-170,89",
        "?since=2022&until=2022-01&min=0&outcome=wounded",
        "?actor=Nobody&role=victim&source=Gulf+Wire&claimant=SDF&q=shooting&sort=killed",
        "?placed=no&precision=adm1&review=needed&stage=foiled&confidence=0.5&background=only&admin1=Raqqa",
    ],
)
def test_every_parameter_is_answered_on_page_and_map(client: Client, query: str) -> None:
    make_incident()
    page(client, query)
    assert client.get(f"/api/v1/cells/{query.replace('&sort=killed', '')}").status_code == 200


def test_a_place_and_a_distance_find_what_lies_there(client: Client) -> None:
    make_incident(headline="Within reach", lat=36.5, lon=40.75)
    make_incident(headline="Far away", lat=33.3, lon=44.4)
    text = page(client, "?near=36.4,40.7,30")
    assert "Within reach" in text
    assert "Far away" not in text
