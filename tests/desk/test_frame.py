"""The frame of every page: import map under a strict policy, theme and contrast, map labels."""

import base64
import hashlib
import re

import pytest
from django.test import Client

from incidents.importmap import import_map
from tests.factories import make_place

pytestmark = pytest.mark.django_db


def test_the_import_map_sends_modules_to_their_hashed_files() -> None:
    assert re.search(r'"/static/js/state\.js":"/static/js/state\.[0-9a-f]+\.js"', import_map())


def test_the_policy_names_the_maps_hash_and_nothing_inline(client: Client) -> None:
    response = client.get("/")
    body = re.search(r'<script type="importmap">(.*?)</script>', response.content.decode(), re.S)
    assert body
    digest = base64.b64encode(hashlib.sha256(body[1].encode()).digest()).decode()
    policy = response["Content-Security-Policy"]
    assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_no_script_or_style_stands_in_the_page(client: Client) -> None:
    text = client.get("/").content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*(?:src=|importmap|application/json))", text)


def test_the_chosen_looks_stay(client: Client) -> None:
    response = client.post("/looks/", {"theme": "dark", "next": "/changes/"})
    assert response["Location"] == "/changes/"
    assert 'data-theme="dark"' in client.get("/").content.decode()
    client.post("/looks/", {"contrast": "more"})
    assert 'data-theme="dark" data-contrast="more"' in client.get("/").content.decode()
    client.post("/looks/", {"theme": ""})
    assert "data-theme" not in client.get("/").content.decode()


def test_unknown_looks_mean_the_systems_own(client: Client) -> None:
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/").content.decode()


def test_looks_never_lead_elsewhere(client: Client) -> None:
    assert client.post("/looks/", {"theme": "dark", "next": "//elsewhere.example/"})["Location"] == "/"


def test_labels_name_the_largest_places_of_a_tile(client: Client) -> None:
    make_place(population=188_160)
    make_place(id="geonames:1", name="Hamlet", population=10)
    places = client.get("/map/labels/5/19/12/").json()["places"]
    assert [place[0] for place in places] == ["Al Hasakah"]


def test_labels_of_a_tile_that_is_not_on_the_map_are_none(client: Client) -> None:
    assert client.get("/map/labels/2/9/9/").json() == {"places": []}
