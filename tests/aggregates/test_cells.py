"""The map's figures: whatever has a point is in one cluster or a pin of its own; what has none is counted, never pinned."""

from typing import Any

import pytest
from django.http import QueryDict

from geo.cells import cell_of
from incidents.aggregates.cells import View, cells
from incidents.filters import IncidentFilter
from incidents.filters.fields import Box
from incidents.models import Incident
from tests.factories import make_incident

pytestmark = pytest.mark.django_db


def answer(query: str = "", zoom: int = 3, box: Box | None = None) -> dict[str, Any]:
    return cells(IncidentFilter(QueryDict(query)), View(zoom, box))


def at(lat: float, lon: float, **values: Any) -> Incident:
    return make_incident(lat=lat, lon=lon, cell=cell_of(lat, lon), **values)


def test_it_works() -> None:
    at(36.50, 40.74, killed_best=5)
    at(36.51, 40.75, killed_best=2, type="arrest")
    lone = at(-12.0, -77.0, headline="Shooting in Lima, Peru")
    found = answer()
    (cluster,) = found["clusters"]
    assert (cluster["count"], cluster["killed"], cluster["families"]) == (2, 7, {"attack": 1, "captivity": 1})
    assert cluster["bounds"] == [[36.50, 40.74], [36.51, 40.75]]
    (pin,) = found["pins"]
    assert (pin["id"], pin["precision"], pin["when"]) == (lone.pk, "settlement", "20 Jan 2022")
    assert found["unplaced"] == {"total": 0, "by_country": []}


def test_clusters_split_with_the_zoom() -> None:
    at(36.50, 40.74)
    at(36.51, 40.75)
    near = Box(40, 36, 41, 37)
    assert [len(answer(zoom=zoom, box=near)["clusters"]) for zoom in (3, 14)] == [1, 0]
    assert len(answer(zoom=14, box=near)["pins"]) == 2


def test_nothing_is_thinned() -> None:
    for n in range(40):
        at(30 + n * 0.3, 40 + n * 0.5)
    for zoom in range(0, 20, 3):
        found = answer(zoom=zoom)
        assert sum(cluster["count"] for cluster in found["clusters"]) + len(found["pins"]) == 40


def test_country_alone_is_counted_never_pinned() -> None:
    make_incident(place_precision="country", lat=None, lon=None)
    make_incident(place_precision="none", country="", lat=None, lon=None)
    found = answer()
    assert (found["clusters"], found["pins"]) == ([], [])
    assert found["unplaced"]["total"] == 2
    assert {"country": "SY", "country_name": "Syria", "count": 1} in found["unplaced"]["by_country"]


def test_areas_and_points_are_never_one_cluster() -> None:
    at(36.5, 40.7)
    at(36.5, 40.7, place_precision="adm1", radius_km=80.0)
    at(36.5, 40.7, place_precision="adm1", radius_km=90.0)
    found = answer()
    assert [(cluster["count"], cluster["precision"], cluster["radius_km"]) for cluster in found["clusters"]] == [
        (2, "area", 90.0)
    ]
    assert len(found["pins"]) == 1


def test_view_bounds_the_answer_but_not_the_unplaced() -> None:
    inside = at(36.5, 40.7)
    at(-12.0, -77.0)
    make_incident(lat=None, lon=None)
    found = answer(box=Box(30, 30, 50, 40))
    assert [pin["id"] for pin in found["pins"]] == [inside.pk]
    assert found["unplaced"]["total"] == 1


def test_wide_view_is_clustered_coarsely() -> None:
    """Whatever zoom is asked for, the answer for the whole world stays small."""
    assert View(20).cell_zoom == 6
    assert View(20, Box(40, 30, 41, 31)).cell_zoom == 14
    assert View(4, Box(170, -20, -170, -10)).cell_zoom == 6


def test_filter_holds() -> None:
    at(36.5, 40.7)
    arrest = at(36.5, 40.7, type="arrest")
    assert [pin["id"] for pin in answer("type=arrest")["pins"]] == [arrest.pk]
