"""Gazetteer records become rows by COPY; again changes nothing."""

from dataclasses import replace

import pytest

from geo.loading import load_places
from geo.models import Place
from geo.records import PlaceRecord

pytestmark = pytest.mark.django_db

GAO = PlaceRecord("geonames:1", "Gao\tand\\tabs", "settlement", "ML", "Gao", None, 16.27, -0.04, 86633, 4.0)
SEA = PlaceRecord("desk:sea", "Red Sea", "sea", None, None, None, 20.0, 38.0, 0)


def test_it_works() -> None:
    assert load_places([GAO, SEA]) == 2
    gao, sea = Place.objects.get(pk="geonames:1"), Place.objects.get(pk="desk:sea")
    assert (gao.name, gao.kind, gao.country, gao.admin1, gao.admin2) == ("Gao\tand\\tabs", "settlement", "ML", "Gao", "")
    assert (gao.lat, gao.lon, gao.population, gao.radius_km) == (16.27, -0.04, 86633, 4.0)
    assert (sea.country, sea.radius_km) == ("", None)


def test_again_changes_what_differs_alone() -> None:
    load_places([GAO, SEA])
    assert load_places([GAO, SEA]) == 0
    assert load_places([replace(GAO, population=90000), SEA]) == 1
    assert Place.objects.get(pk="geonames:1").population == 90000


def test_own_places_stay() -> None:
    Place.objects.create(id="own:camp", name="The camp", kind="site", lat=0, lon=0)
    load_places([GAO])
    assert Place.objects.filter(pk="own:camp").exists()


def test_broken_record_loads_nothing() -> None:
    with pytest.raises(Exception, match="place_on_earth"):
        load_places([GAO, replace(SEA, lat=91.0)])
    assert not Place.objects.exists()
