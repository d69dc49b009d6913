"""Incidents on the map: clusters by cell and zoom, single ones by themselves, and what has no point counted by country."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo import country_names
from geo.cells import FINEST
from incidents.columns.choosing import Chosen, chosen, incidents_in_order
from incidents.columns.growing import Mask, Whole
from incidents.columns.masks import in_box
from incidents.columns.tables import NONE
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
        groups = _fitting(points, view)
        alone = _alone(found, points, groups)
        off_map = unplaced(found)
    return {
        "clusters": _clusters(points, groups),
        "pins": [pin(incident) for incident in incidents_in_order(alone)],
        "unplaced": off_map,
    }


@dataclass(frozen=True, slots=True)
class Points:
    """The spots in view that incidents stand on: their numbers, how many by family, people killed and whether any is known."""

    spots: Whole
    x: Whole
    y: Whole
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    radius: npt.NDArray[np.float64]
    is_area: npt.NDArray[np.bool_]
    families: Whole  # one row a spot, one column a family
    killed: npt.NDArray[Any]
    known: Whole


def _points(found: Chosen, view: View) -> Points:
    held, tables = found.held, found.held.tables
    rows = found.rows()
    spots, size = held.of("spot", rows, np.arange(len(tables.spot))), len(tables.spot)
    names = tables.kind.names["family"].words
    column = np.array([list(FAMILIES).index(name) if name in FAMILIES else 0 for name in names], np.int64)
    family = held.of("kind", rows, column[tables.kind.values["family"].values])
    families = np.bincount(spots * len(FAMILIES) + family, minlength=size * len(FAMILIES)).reshape(size, len(FAMILIES))
    killed = held.of("toll", rows, tables.toll.first_known("best", "low"))
    stated = killed != NONE
    seen: Mask = families.sum(axis=1) > 0
    seen[0] = False
    if view.box:
        seen &= in_box(tables, view.box)
    at, spot = np.flatnonzero(seen), tables.spot
    return Points(
        spots=at,
        x=spot.x.values[at],
        y=spot.y.values[at],
        lat=spot.lat.values[at],
        lon=spot.lon.values[at],
        radius=spot.radius.values[at],
        is_area=spot.is_area.values[at],
        families=families[at],
        killed=np.bincount(spots[stated], killed[stated], size)[at],
        known=np.bincount(spots[stated], minlength=size)[at],
    )


@dataclass(frozen=True, slots=True)
class Groups:
    """Spots in cells: their positions cell by cell, where each cell starts, how many incidents each holds."""

    order: Whole
    starts: Whole
    counts: Whole


def _fitting(points: Points, view: View) -> Groups:
    """Group by the view's cells, or by the next coarser ones with which the answer is not too heavy."""
    zoom = view.cell_zoom
    groups = _grouped(points, zoom)
    while zoom > 1 and np.sum(np.where(groups.counts > 1, CLUSTER, PIN)) > HEAVIEST:
        zoom -= 1
        groups = _grouped(points, zoom)
    return groups


def _grouped(points: Points, zoom: int) -> Groups:
    shift = FINEST - zoom
    cell = ((points.y >> shift) << zoom | points.x >> shift) * 2 + points.is_area
    order = np.argsort(cell, kind="stable")
    ordered = cell[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(ordered) else np.empty(0, np.int64)
    each = points.families.sum(axis=1)[order]
    return Groups(order, starts, np.add.reduceat(each, starts) if len(starts) else np.empty(0, np.int64))


def _alone(found: Chosen, points: Points, groups: Groups) -> list[int]:
    """Return the incidents that are alone in their cell."""
    single = np.zeros(len(found.held.tables.spot), np.bool_)
    single[points.spots[groups.order[groups.starts[groups.counts == 1]]]] = True
    rows = found.rows()
    ids: list[int] = found.held.ids.values[rows[found.of("spot", single)]].tolist()
    return ids


def _clusters(points: Points, groups: Groups) -> list[dict[str, Any]]:
    if not len(groups.starts):
        return []
    order, starts = groups.order, groups.starts
    each = points.families.sum(axis=1)[order]
    together = {
        "lat": np.add.reduceat(points.lat[order] * each, starts) / groups.counts,
        "lon": np.add.reduceat(points.lon[order] * each, starts) / groups.counts,
        "south": np.minimum.reduceat(points.lat[order], starts),
        "north": np.maximum.reduceat(points.lat[order], starts),
        "west": np.minimum.reduceat(points.lon[order], starts),
        "east": np.maximum.reduceat(points.lon[order], starts),
        "radius": np.fmax.reduceat(points.radius[order], starts),
        "is_area": points.is_area[order][starts],
        "killed": np.add.reduceat(points.killed[order], starts),
        "known": np.add.reduceat(points.known[order], starts),
        "count": groups.counts,
    }
    families = np.add.reduceat(points.families[order], starts)
    lists = {name: values.tolist() for name, values in together.items()}
    by_family = families.tolist()
    several = np.flatnonzero(groups.counts > 1).tolist()
    return [_cluster({name: values[n] for name, values in lists.items()}, by_family[n]) for n in several]


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
