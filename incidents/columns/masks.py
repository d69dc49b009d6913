"""Which incidents a filter leaves: the twin of incidents/filters/conditions.py over the columns.

Each parameter is answered on the distinct values of one column, then looked up for every incident. The SQL conditions stay the
reference; a test holds both against each other on random incidents and filters.
"""

import math
from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from incidents.columns.growing import Mask
from incidents.columns.held import Held
from incidents.columns.tables import NO_DAY, NONE, Tables
from incidents.vocabulary import PLACE_PRECISIONS

if TYPE_CHECKING:
    from incidents.filters.fields import Box, Circle

Cleaned = dict[str, Any]
EPOCH = date(1970, 1, 1).toordinal()
EARTH_RADIUS = 6371.0  # km
ROUNDING = 1e-6  # degrees
ANY = "any reason"


def number_of(day: date) -> int:
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    return date.fromordinal(int(number) + EPOCH)


def _since(tables: Tables, asked: Cleaned) -> Mask:
    """What lasts until then or longer; what is known only from a day on may still last."""
    when = tables.when
    open_end = (when.latest.values == NO_DAY) & (when.earliest.values != NO_DAY)
    found: Mask = (when.latest.values >= max(number_of(asked["since"]), NO_DAY + 1)) | open_end
    return found


def _until(tables: Tables, asked: Cleaned) -> Mask:
    day = tables.when.day.values
    found: Mask = (day <= number_of(asked["until"])) & (day != NO_DAY)
    return found


def _toll(tables: Tables, asked: Cleaned) -> Mask:
    """At least so many, by the best figure, else by the lowest that is stated. What is not stated never counts."""
    outcome, least = asked["outcome"] or "killed", 1 if asked["min"] is None else asked["min"]
    known = tables.toll.known(outcome)
    found: Mask = (known >= least) & (known != NONE)
    return found


def _near(tables: Tables, asked: Cleaned) -> Mask:
    circle: Circle = asked["near"]
    found: Mask = np.abs(tables.spot.lat.values - circle.lat) <= math.degrees(circle.km / EARTH_RADIUS) + ROUNDING  # NaN is not
    at = np.flatnonzero(found)
    lat, lon = tables.spot.lat.values[at], tables.spot.lon.values[at]
    half_lat, half_lon = np.radians(lat - circle.lat) / 2, np.radians(lon - circle.lon) / 2
    cosines = math.cos(math.radians(circle.lat)) * np.cos(np.radians(lat))
    haversine = np.sin(half_lat) ** 2 + cosines * np.sin(half_lon) ** 2
    found[at] = 2 * EARTH_RADIUS * np.arcsin(np.minimum(1.0, np.sqrt(haversine))) <= circle.km
    return found


def in_box(tables: Tables, box: "Box") -> Mask:
    """Return for each spot whether it lies in the box."""
    lat, lon = tables.spot.lat.values, tables.spot.lon.values
    east, west = lon <= box.east, lon >= box.west
    found: Mask = (lat >= box.south) & (lat <= box.north) & ((west & east) if box.west <= box.east else (west | east))
    return found


def _actor(tables: Tables, asked: Cleaned) -> Mask:
    """An actor by number or exact name, in the role where one is asked for; a role alone asks for anyone in it."""
    cast = tables.cast
    parts = np.ones(len(cast.actor), np.bool_)
    if asked["actor"]:
        numbers = [int(each) for each in asked["actor"] if _is_number(each)]
        names = [each for each in asked["actor"] if not _is_number(each)]
        parts = np.isin(cast.actor.values, np.array(numbers, np.int64)) | cast.names.among(names)[cast.name.values]
    if asked["role"]:
        parts = parts & cast.roles.among([asked["role"]])[cast.role.values]
    return cast.of_parts.holding(parts, len(cast))


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) < 19


def _precision(tables: Tables, asked: Cleaned) -> Mask:
    """Place known at least so precisely."""
    return tables.kind.among("precision", list(PLACE_PRECISIONS[: PLACE_PRECISIONS.index(asked["precision"]) + 1]))


def _background(tables: Tables, asked: Cleaned) -> Mask:
    """History told in passing is left out unless asked for; what does not stand always is."""
    wanted = {"": ["0"], "only": ["1"]}.get(asked["background"] or "")
    return tables.kind.among("background", wanted) if wanted else tables.kind.visible()


def _waiting(tables: Tables, asked: Cleaned) -> Mask:
    """What waits for review, for any reason or for this one."""
    waits = tables.waits
    if asked["waiting"] != ANY:
        return waits.of.holding(waits.names.among([asked["waiting"]]), len(waits))
    found = np.ones(len(waits), np.bool_)
    found[0] = False
    return found


def _of_kind(parameter: str) -> Callable[[Tables, Cleaned], Mask]:
    return lambda tables, asked: tables.kind.among(parameter, asked[parameter])


def _of_region(parameter: str) -> Callable[[Tables, Cleaned], Mask]:
    return lambda tables, asked: tables.region.among(parameter, asked[parameter])


def _of_list(parameter: str) -> Callable[[Tables, Cleaned], Mask]:
    def holding(tables: Tables, asked: Cleaned) -> Mask:
        lists = getattr(tables, parameter)
        found: Mask = lists.of.holding(lists.names.among(asked[parameter]), len(lists))
        return found

    return holding


# column -> parameters -> what it asks of the column's distinct values; asked where any of the parameters has a value.
MASKS: dict[str, dict[tuple[str, ...], Callable[[Tables, Cleaned], Mask]]] = {
    "kind": {
        ("type",): _of_kind("type"),
        ("family",): _of_kind("family"),
        ("stage",): _of_kind("stage"),
        ("review",): _of_kind("review"),
        ("precision",): _precision,
        ("placed",): lambda tables, asked: tables.kind.among("placed", ["1" if asked["placed"] == "yes" else "0"]),
    },
    "when": {("since",): _since, ("until",): _until},
    "toll": {("outcome", "min"): _toll},
    "region": {("country",): _of_region("country"), ("admin1",): _of_region("admin1")},
    "spot": {("near",): _near, ("bbox",): lambda tables, asked: in_box(tables, asked["bbox"])},
    "cast": {("actor", "role"): _actor},
    "source": {("source",): _of_list("source")},
    "claimant": {("claimant",): _of_list("claimant")},
    "confidence": {("confidence",): lambda tables, asked: tables.confidence.number.values >= asked["confidence"]},
    "waits": {("waiting",): _waiting},
}


def active(asked: Cleaned, name: str) -> bool:
    return asked.get(name) not in (None, "", [])


def without(asked: Cleaned, names: Collection[str]) -> Cleaned:
    """Return what is asked, with the named parameters asking for nothing; history is let in where nothing is asked of it."""
    empty: Cleaned = {name: [] if isinstance(asked[name], list) else None for name in names}
    return asked | empty | ({"background": "1"} if "background" in names else {})


def on_values(held: Held, column: str, asked: Cleaned) -> Mask | None:
    """Return for each distinct value of the column whether it is asked for; None where nothing is asked of the column."""
    tables = held.tables
    found: Mask | None = None
    if column == "kind":
        found = tables.kind.visible() & _background(tables, asked)
    for names, mask in MASKS[column].items():
        if any(active(asked, name) for name in names):
            each = mask(tables, asked)
            found = each if found is None else found & each
    return found
