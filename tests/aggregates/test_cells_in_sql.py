"""The map's figures are those of plain SQL under any filter, at any zoom: freshly read, kept on disk, and after corrections."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone

from geo.cells import FINEST, cell_of
from incidents.aggregates.cells import View, cells
from incidents.columns import following, keeping
from incidents.columns.following import Copy
from incidents.columns.reading import AREAS
from incidents.extraction.values import FAMILY_OF
from incidents.filters import IncidentFilter
from incidents.filters.fields import Box
from incidents.models import Incident
from incidents.vocabulary import PLACE_PRECISIONS
from tests.factories import make_source

INCIDENTS = 1500
TYPES = list(FAMILY_OF)[:9]
VIEWS = (
    View(2),
    View(5, Box(20.0, 20.0, 60.0, 45.0)),
    View(8, Box(40.0, 32.0, 46.0, 36.0)),
    View(14, Box(44.2, 33.2, 44.6, 33.5)),
)
FILTERS = (
    "", "family=attack", "country=IQ", "since=2020-01-01&type=bombing", "actor=Group+1", "actor=2&role=target", "min=10",
    "source=Wire+2", "near=33.3,44.4,300&family=attack", "near=33.3,44.4,0.001", "claimant=police", "until=2015",
    "precision=settlement&min=3", "confidence=0.8&stage=foiled", "bbox=35,30,45,38", "background=1", "background=only",
    "review=reviewed", "placed=no",
)  # fmt: skip


def some(chance: Random) -> dict[str, Any]:
    """Make up an incident's row; a few places hold most of them."""
    near = chance.random() < 0.5
    lat, lon = (33.3 + chance.randrange(4) / 10, 44.4) if near else (chance.uniform(-60, 80), chance.uniform(-180, 180))
    placed, day, kind = chance.random() < 0.9, date(2010, 1, 1) + timedelta(chance.randrange(5000)), chance.choice(TYPES)
    best = chance.choice([None, 0, 3, 12])
    return {
        "type": kind, "family": FAMILY_OF[kind], "stage": chance.choice(["accomplished", "foiled"]), "earliest": day,
        "latest": day, "date_precision": "day", "background": chance.random() < 0.1, "confidence": chance.choice([0.3, 0.8]),
        "lat": lat if placed else None, "lon": lon if placed else None, "cell": cell_of(lat, lon) if placed else None,
        "place_precision": chance.choice(PLACE_PRECISIONS), "radius_km": chance.choice([None, 5.0, 60.0]),
        "country": chance.choice(["IQ", "SY"]), "killed_low": chance.choice([None, 1]), "killed_best": best,
        "actors": [{"actor": n, "name": f"Group {n}", "role": role, "origins": 1}
                   for n, role in {(chance.randrange(4), chance.choice(["target", "perpetrator"]))}],
        "sources": [chance.randrange(1, 4)], "claimants": chance.choice([[], ["police"]]),
        "review_status": chance.choice(Incident.Review.values), "changed_at": timezone.now(),
    }  # fmt: skip


def in_sql(asked: IncidentFilter, view: View) -> list[tuple[int, int | None]]:
    """Group by cell, areas apart, as anybody would in SQL: how many incidents, and the killed."""
    rows = asked.narrow(Incident.objects.visible()).filter(lat__isnull=False)
    if view.box:
        rows = rows.filter(lat__range=(view.box.south, view.box.north), lon__range=(view.box.west, view.box.east))
    at = F("cell").bitrightshift(2 * (FINEST - view.cell_zoom))
    found: list[tuple[int, int | None]] = []
    for areas in (True, False):
        apart = rows.filter(place_precision__in=AREAS) if areas else rows.exclude(place_precision__in=AREAS)
        groups = apart.annotate(at=at).values("at").annotate(n=Count("id"), killed=Sum(Coalesce("killed_best", "killed_low")))
        found += groups.values_list("n", "killed")
    return sorted(found, key=str)


def on_the_map(asked: IncidentFilter, view: View) -> list[tuple[int, int | None]]:
    told = cells(asked, view)
    pins = Incident.objects.filter(pk__in=[pin["id"] for pin in told["pins"]])
    alone = pins.annotate(killed=Coalesce("killed_best", "killed_low")).values_list("killed", flat=True)
    assert len(alone) == len(told["pins"])
    return sorted([*((each["count"], each["killed"]) for each in told["clusters"]), *((1, each) for each in alone)], key=str)


def compare() -> None:
    for n, query in enumerate(FILTERS):
        asked = IncidentFilter(QueryDict(query))
        assert not asked.errors
        for view in (VIEWS[0], VIEWS[1 + n % 3]):
            expected = in_sql(asked, view)
            assert on_the_map(asked, view) == expected, (query, view)
            assert cells(asked, view)["unplaced"]["total"] == asked.narrow(Incident.objects.visible()).filter(lat=None).count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("worth_keeping", [1, 10**9])
def test_cells_are_what_sql_counts(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path, worth_keeping: int) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(keeping, "WORTH_KEEPING", worth_keeping)
    chance = Random(7)  # noqa: S311
    for n in (1, 2, 3):
        make_source(f"Wire {n}", pk=n)
    Incident.objects.bulk_create(Incident(**some(chance)) for _ in range(INCIDENTS))
    monkeypatch.setattr(following, "_copy", Copy())
    compare()
    ids = list(Incident.objects.values_list("pk", flat=True))
    for pk in chance.sample(ids, 60):
        Incident.objects.filter(pk=pk).update(**some(chance))
    Incident.objects.filter(pk__in=chance.sample(ids, 20)).delete()
    Incident.objects.bulk_create(Incident(**some(chance)) for _ in range(700))  # more than the room that was kept
    compare()
