"""Incidents on the map: clusters by cell and zoom, single ones by themselves, and what has no point counted by country."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo import country_names
from geo.cells import FINEST
from incidents import stored
from incidents.columns.choosing import Chosen, chosen
from incidents.columns.grid import Spread, spread
from incidents.columns.growing import Mask, Whole
from incidents.columns.masks import in_box
from incidents.columns.tallies import PLACED, Tallies
from incidents.extraction.values import FAMILIES
from incidents.filters import IncidentFilter
from incidents.filters.fields import Box
from incidents.pages import words
from incidents.stored import Stored

FINER = 2  # zoom levels between a map tile (256 pixels) and a cluster's cell (64 pixels)
MOST_CELLS_WIDE = 64  # a view wider than that is clustered more coarsely, so that an answer stays small
HEAVIEST = 55_000  # bytes of an answer, compressed; CLUSTER and PIN are what one of them comes to (measured by make bench)
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
        clusters, alone = found.once(view, lambda: _on_map(found, view))
        off_map = found.once("unplaced", lambda: unplaced(found))
    return {"clusters": clusters, "pins": [pin(incident) for incident in stored.in_order(alone)], "unplaced": off_map}


def _on_map(found: Chosen, view: View) -> tuple[list[dict[str, Any]], list[int]]:
    """Return the clusters, and which incidents are alone."""
    seen = _seen(found, view)
    return _clusters(seen), _alone(found, seen.spread)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the map shows: where incidents stand, by cell, by family and with the killed, and which cells are of areas."""

    spread: Spread
    families: Whole
    killed: Whole
    is_area: Mask


def _seen(found: Chosen, view: View) -> Seen:
    """Add up by the view's cells, or by the next coarser ones with which the answer is not too heavy."""
    spot = found.held.tables.spot
    seen: Mask = in_box(found.held.tables, view.box) if view.box else np.ones(len(spot), np.bool_)
    seen[0] = False
    tallies = found.tallies()
    if view.box and not found.asks_for_all:
        rows = found.having("spot", seen)
        tallies = Tallies(found.held, lambda: rows)
    counts, where = tallies.counts("spot"), (spot.lat.values, spot.lon.values, spot.radius.values)
    zoom = view.cell_zoom
    while True:
        cells, is_area = spot.cells(zoom)
        told = spread(cells, len(is_area), seen, counts, where)
        weight = CLUSTER * int((told.counts > 1).sum()) + PIN * int((told.counts == 1).sum())
        if zoom <= 1 or weight <= HEAVIEST:
            break
        zoom -= 1
    # What is not seen is added up in a group of its own, the last.
    families, killed = tallies.in_groups("spot", np.where(seen, cells, len(is_area)).astype(np.int32), len(is_area) + 1)
    return Seen(told, families[:-1], killed[:-1], is_area)


def _alone(found: Chosen, told: Spread) -> list[int]:
    """Return the incidents that are alone in their cell."""
    single = np.zeros(len(found.held.tables.spot), np.bool_)
    single[told.spot[told.counts == 1]] = True
    ids: list[int] = found.held.ids.values[found.having("spot", single)].tolist() if single.any() else []
    return ids


def _clusters(seen: Seen) -> list[dict[str, Any]]:
    told = seen.spread
    several = np.flatnonzero(told.counts > 1)
    columns = (told.counts, seen.killed, seen.families, told.place, seen.is_area)
    return [_cluster(*row) for row in zip(*(column[several].tolist() for column in columns), strict=True)]


def _cluster(count: int, killed: list[int], families: list[int], place: list[float], is_area: bool) -> dict[str, Any]:  # noqa: FBT001
    lat, lon, south, west, north, east, radius = place
    cluster = {
        "lat": round(lat / count, 5),
        "lon": round(lon / count, 5),
        "count": count,
        "killed": killed[0] if killed[1] else None,
        "families": {family: n for family, n in zip(FAMILIES, families, strict=True) if n},
        "bounds": [[south, west], [north, east]],
    }
    return cluster | ({"precision": "area", "radius_km": radius if radius >= 0 else None} if is_area else {})


def pin(incident: Stored) -> dict[str, Any]:
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
        "when": words.days(incident.earliest, incident.latest, incident.date_precision, incident.time_of_day),
        "where": words.place(incident.place_name, country, incident.place_precision),
        "killed": _killed(incident),
        "killed_best": incident.killed_best,
    }


def _killed(incident: Stored) -> str:
    total = incident.totals.get("killed")
    return words.total(total) if total else ""


def unplaced(found: Chosen) -> dict[str, Any]:
    """Return how many incidents have no point, by country; "" is the country of those that name none."""
    regions = found.held.tables.region
    off_map = found.tallies().by("region", PLACED)[:, 0]
    counts = np.bincount(regions.values["country"].values, off_map, len(regions.names["country"].words)).astype(np.int64)
    by_code = {regions.names["country"].words[number]: int(counts[number]) for number in np.flatnonzero(counts).tolist()}
    countries = list(_countries(sorted(by_code.items(), key=lambda item: (-item[1], item[0]))))
    return {"total": int(off_map.sum()), "by_country": countries}


def _countries(rows: Iterable[tuple[str, int]]) -> Iterable[dict[str, Any]]:
    for code, n in rows:
        yield {"country": code, "country_name": country_names.name_of(code) if code else "", "count": n}
