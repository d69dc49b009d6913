"""Incidents on the map: clusters by cell and zoom, single ones by themselves, and what has no point counted by country."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo import country_names
from geo.cells import FINEST
from incidents.columns.choosing import Chosen, chosen, incidents_in_order
from incidents.columns.growing import Codes, Mask, Rows, Whole
from incidents.columns.masks import in_box
from incidents.columns.tables import NONE
from incidents.columns.tables import Cells as SpotCells
from incidents.extraction.values import FAMILIES
from incidents.filters import IncidentFilter
from incidents.filters.fields import Box
from incidents.models import Incident
from incidents.pages import words

FINER = 2  # zoom levels between a map tile (256 pixels) and a cluster's cell (64 pixels)
MOST_CELLS_WIDE = 64  # a view wider than that is clustered more coarsely, so that an answer stays small
HEAVIEST = 55_000  # bytes of an answer, compressed; CLUSTER and PIN are what one of them comes to (bench/map_sizes.py)
CLUSTER, PIN = 50, 100


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
    with chosen(asked.asked) as found:
        points = _points(found, view)
        grouped = _fitting(found, points, view)
        clusters = _clusters(found, points, grouped)
        alone = _alone(found, points, grouped)
        off_map = unplaced(found)
    return {"clusters": clusters, "pins": [pin(incident) for incident in incidents_in_order(alone)], "unplaced": off_map}


@dataclass(frozen=True, slots=True)
class Points:
    """The rows chosen that lie in view, with the spot of each, and how many of them stand on each spot."""

    rows: Rows
    spots: Codes
    counts: Whole


def _points(found: Chosen, view: View) -> Points:
    tables, rows = found.held.tables, found.rows()
    seen: Mask = in_box(tables, view.box) if view.box else np.ones(len(tables.spot), np.bool_)
    seen[0] = False
    spots = found.held.column("spot")[rows]
    inside = seen[spots]
    rows, spots = rows[inside], spots[inside]
    return Points(rows, spots, np.bincount(spots, minlength=len(tables.spot)))


@dataclass(frozen=True, slots=True)
class Grouped:
    """The cells of one zoom and how many incidents each holds."""

    cells: SpotCells
    counts: Whole


def _fitting(found: Chosen, points: Points, view: View) -> Grouped:
    """Group by the view's cells, or by the next coarser ones with which the answer is not too heavy."""
    zoom = view.cell_zoom
    while True:
        spot_cells = found.held.tables.spot.cells(zoom)
        counts = np.add.reduceat(points.counts[spot_cells.order], spot_cells.starts)
        weight = CLUSTER * int((counts > 1).sum()) + PIN * int((counts == 1).sum())
        if zoom <= 1 or weight <= HEAVIEST:
            return Grouped(spot_cells, counts)
        zoom -= 1


def _alone(found: Chosen, points: Points, grouped: Grouped) -> list[int]:
    """Return the incidents that are alone in their cell."""
    single = (grouped.counts == 1)[grouped.cells.of]
    ids: list[int] = found.held.ids.values[points.rows[single[points.spots]]].tolist()
    return ids


def _clusters(found: Chosen, points: Points, grouped: Grouped) -> list[dict[str, Any]]:
    several = np.flatnonzero(grouped.counts > 1)
    together = {name: values[several].tolist() for name, values in _spread(found, points, grouped).items()}
    together |= {name: values[several].tolist() for name, values in _killed_in(found, points, grouped).items()}
    families = _families_in(found, points, grouped)[several].tolist()
    return [_cluster({name: values[n] for name, values in together.items()}, families[n]) for n in range(len(several))]


def _spread(found: Chosen, points: Points, grouped: Grouped) -> dict[str, npt.NDArray[Any]]:
    """Return of each cell the middle and the bounds of what stands in it."""
    spot, groups = found.held.tables.spot, grouped.cells
    order, starts = groups.order, groups.starts
    counts = points.counts[order]
    there = counts > 0
    lat, lon, radius = (column.values[order] for column in (spot.lat, spot.lon, spot.radius))
    size = np.maximum(grouped.counts, 1)
    return {
        "lat": np.add.reduceat(np.where(there, lat * counts, 0.0), starts) / size,
        "lon": np.add.reduceat(np.where(there, lon * counts, 0.0), starts) / size,
        "south": np.minimum.reduceat(np.where(there, lat, np.inf), starts),
        "north": np.maximum.reduceat(np.where(there, lat, -np.inf), starts),
        "west": np.minimum.reduceat(np.where(there, lon, np.inf), starts),
        "east": np.maximum.reduceat(np.where(there, lon, -np.inf), starts),
        "radius": np.fmax.reduceat(np.where(there, radius, np.nan), starts),
        "is_area": spot.is_area.values[order][starts],
        "count": grouped.counts,
    }


def _killed_in(found: Chosen, points: Points, grouped: Grouped) -> dict[str, npt.NDArray[Any]]:
    """Return the people killed in each cell, and how many incidents there state any figure."""
    killed = found.held.of("toll", points.rows, found.held.tables.toll.first_known("best", "low"))
    stated = killed != NONE
    cell, size = grouped.cells.of[points.spots[stated]], len(grouped.counts)
    return {"killed": np.bincount(cell, killed[stated], size), "known": np.bincount(cell, minlength=size)}


def _families_in(found: Chosen, points: Points, grouped: Grouped) -> Whole:
    """Count by cell (one row each) and family (one column each)."""
    kinds, size = found.held.tables.kind, len(grouped.counts)
    family = found.held.of("kind", points.rows, kinds.in_order("family", tuple(FAMILIES)))
    codes = grouped.cells.of[points.spots] * len(FAMILIES) + family
    return np.bincount(codes, minlength=size * len(FAMILIES)).reshape(size, len(FAMILIES))


def _cluster(row: dict[str, Any], families: list[int]) -> dict[str, Any]:
    cluster = {
        "lat": round(row["lat"], 5),
        "lon": round(row["lon"], 5),
        "count": row["count"],
        "killed": int(row["killed"]) if row["known"] else None,
        "families": {family: n for family, n in zip(FAMILIES, families, strict=True) if n},
        "bounds": [[row["south"], row["west"]], [row["north"], row["east"]]],
    }
    radius = None if np.isnan(row["radius"]) else row["radius"]
    return cluster | ({"precision": "area", "radius_km": radius} if row["is_area"] else {})


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


def unplaced(found: Chosen) -> dict[str, Any]:
    """Return how many incidents have no point, by country; "" is the country of those that name none."""
    regions = found.held.tables.region
    rows = found.rows()
    off_map = rows[found.held.column("spot")[rows] == 0]
    counts = np.bincount(regions.values["country"].values[found.held.column("region")[off_map]], minlength=1)
    by_code = {regions.names["country"].words[number]: int(counts[number]) for number in np.flatnonzero(counts).tolist()}
    return {"total": len(off_map), "by_country": list(_countries(sorted(by_code.items(), key=lambda item: (-item[1], item[0]))))}


def _countries(rows: Iterable[tuple[str, int]]) -> Iterable[dict[str, Any]]:
    for code, n in rows:
        yield {"country": code, "country_name": country_names.name_of(code) if code else "", "count": n}
