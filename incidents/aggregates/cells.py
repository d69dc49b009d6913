"""Incidents on the map: clusters by cell and zoom, single ones by themselves, and what has no point counted by country."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, BooleanField, Case, Count, F, Max, Min, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from geo import country_names
from geo.cells import FINEST
from incidents.extraction.values import FAMILIES
from incidents.filters import IncidentFilter
from incidents.filters.conditions import inside
from incidents.filters.fields import Box
from incidents.models import Incident
from incidents.pages import words

FINER = 2  # zoom levels between a map tile (256 pixels) and a cluster's cell (64 pixels)
MOST_CELLS_WIDE = 64  # a view wider than that is clustered more coarsely, so that an answer stays small
AREAS = ("adm2", "adm1", "area", "sea")  # known as an extent: never in one cluster with points


@dataclass(frozen=True, slots=True)
class View:
    """The part of the map that is seen, and its zoom (0: the world in one tile)."""

    zoom: int
    box: Box | None = None

    @property
    def cell_zoom(self) -> int:
        """Zoom of the cells that incidents are clustered by."""
        width = self._width()
        zoom = min(self.zoom + FINER, FINEST)
        while zoom > 1 and width / 360 * (1 << zoom) > MOST_CELLS_WIDE:
            zoom -= 1
        return zoom

    def _width(self) -> float:
        if self.box is None:
            return 360.0
        return self.box.east - self.box.west if self.box.west <= self.box.east else self.box.east - self.box.west + 360


def cells(asked: IncidentFilter, view: View) -> dict[str, Any]:
    """Return clusters (two incidents and more), pins (one alone) and what stands under the filter without a point.

    A cluster of areas has the `precision` "area" and the widest `radius_km`; one of points has neither.
    """
    rows = _groups(asked, view)
    alone = Incident.objects.defer("search").in_bulk([row["first"] for row in rows if row["count"] == 1])
    return {
        "clusters": [_cluster(row) for row in rows if row["count"] > 1],
        "pins": [pin(incident) for incident in alone.values()],
        "unplaced": unplaced(asked),
    }


def _groups(asked: IncidentFilter, view: View) -> list[dict[str, Any]]:
    incidents = asked.narrow(Incident.objects.visible()).filter(cell__isnull=False)
    if view.box:
        incidents = incidents.filter(inside(view.box))
    is_area = Case(
        When(place_precision__in=AREAS, then=Value(value=True)), default=Value(value=False), output_field=BooleanField()
    )
    by_family: dict[str, Any] = {f"n_{family}": Count("pk", filter=Q(family=family)) for family in FAMILIES}
    grouped = incidents.annotate(at=F("cell").bitrightshift(2 * (FINEST - view.cell_zoom)), is_area=is_area).values(
        "at", "is_area"
    )
    found = grouped.annotate(
        count=Count("pk"),
        first=Min("pk"),
        mid_lat=Avg("lat"),
        mid_lon=Avg("lon"),
        south=Min("lat"),
        north=Max("lat"),
        west=Min("lon"),
        east=Max("lon"),
        radius=Max("radius_km"),
        killed=Sum(Coalesce("killed_best", "killed_low")),
        **by_family,
    )
    return [dict(row) for row in found.order_by("at", "is_area")]


def _cluster(row: dict[str, Any]) -> dict[str, Any]:
    cluster = {
        "lat": round(row["mid_lat"], 5),
        "lon": round(row["mid_lon"], 5),
        "count": row["count"],
        "killed": row["killed"],
        "families": {family: row[f"n_{family}"] for family in FAMILIES if row[f"n_{family}"]},
        "bounds": [[row["south"], row["west"]], [row["north"], row["east"]]],
    }
    return cluster | ({"precision": "area", "radius_km": row["radius"]} if row["is_area"] else {})


def pin(incident: Incident) -> dict[str, Any]:
    """Return one incident as the map shows it, its precision with it."""
    country = country_names.name_of(incident.country) if incident.country else ""
    return {
        "id": incident.pk,
        "lat": incident.lat,
        "lon": incident.lon,
        "precision": incident.place_precision,
        "radius_km": incident.radius_km,
        "family": incident.family,
        "type": incident.type,
        "headline": incident.headline,
        "when": words.days(incident.earliest, incident.latest, incident.date_precision),
        "where": words.place(incident.place_name, country, incident.place_precision),
        "killed": _killed(incident),
        "killed_best": incident.killed_best,
    }


def _killed(incident: Incident) -> str:
    total = incident.totals.get("killed")
    return words.total(total) if total else ""


def unplaced(asked: IncidentFilter) -> dict[str, Any]:
    """Return how many incidents have no point, by country; "" is the country of those that name none."""
    rows = asked.narrow(Incident.objects.visible()).filter(lat=None).values_list("country").annotate(n=Count("pk"))
    return {"total": sum(n for _, n in rows), "by_country": list(_countries(rows.order_by("-n", "country")))}


def _countries(rows: Iterable[tuple[str, int]]) -> Iterable[dict[str, Any]]:
    for code, n in rows:
        yield {"country": code, "country_name": country_names.name_of(code) if code else "", "count": n}
