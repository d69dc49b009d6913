"""What each filter parameter asks of an incident, as one table of conditions."""

import math
from collections.abc import Callable
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt
from django.db.models.lookups import LessThanOrEqual

from incidents.filters.fields import Box, Circle
from incidents.models import SEARCH_CONFIG
from incidents.vocabulary import PLACE_PRECISIONS
from sources.models import Source

Cleaned = dict[str, Any]
EARTH_RADIUS = 6371.0  # km
KM_PER_DEGREE = 111.195  # of latitude, on a sphere of 6,371 km


def since(asked: Cleaned) -> Q:
    """What lasts until then or longer; what is known only from a day on may still last."""
    return Q(latest__gte=asked["since"]) | Q(latest=None, earliest__isnull=False)


def until(asked: Cleaned) -> Q:
    """What begins by then; of what is known only "by" a day, that day counts."""
    return Q(day__lte=asked["until"])


def toll(asked: Cleaned) -> Q:
    """At least so many, by the best figure, else by the lowest that is stated. What is not stated never counts."""
    outcome, least = asked["outcome"] or "killed", asked["min"]
    if least is None:
        least = 1
    if outcome == "killed":
        return Q(killed_best__gte=least) | Q(killed_best=None, killed_low__gte=least)
    best, low = f"totals__{outcome}__best", f"totals__{outcome}__low"
    unknown = Q(**{best: None}) | Q(**{f"{best}__isnull": True})
    return Q(**{f"{best}__gte": least}) | unknown & Q(**{f"{low}__gte": least})


def near(asked: Cleaned) -> Q:
    """Within the circle by the great circle's length; a box around it lets the index do most of the work."""
    circle: Circle = asked["near"]
    around = bounding_box(circle)
    half_lat, half_lon = Radians(F("lat") - circle.lat) / 2, Radians(F("lon") - circle.lon) / 2
    cosines = math.cos(math.radians(circle.lat)) * Cos(Radians("lat"))
    haversine = Power(Sin(half_lat), 2) + cosines * Power(Sin(half_lon), 2)
    distance = 2 * EARTH_RADIUS * ASin(Least(Value(1.0), Sqrt(haversine)), output_field=FloatField())
    return inside(around) & Q(LessThanOrEqual(distance, Value(circle.km)))


def bounding_box(circle: Circle) -> Box:
    """Return a box that holds the circle; all longitudes where it reaches a pole."""
    height = circle.km / KM_PER_DEGREE
    south, north = circle.lat - height, circle.lat + height
    if south <= -90 or north >= 90:
        return Box(-180.0, max(south, -90.0), 180.0, min(north, 90.0))
    sine = math.sin(math.radians(min(height, 90.0))) / math.cos(math.radians(circle.lat))
    width = math.degrees(math.asin(sine)) if sine < 1 else 180.0
    if width >= 180:
        return Box(-180.0, south, 180.0, north)
    west, east = circle.lon - width, circle.lon + width
    return Box(west + 360 if west < -180 else west, south, east - 360 if east > 180 else east, north)


def inside(box: Box) -> Q:
    """Return the incidents whose point lies in the box."""
    rows = Q(lat__gte=box.south, lat__lte=box.north)
    if box.west <= box.east:
        return rows & Q(lon__gte=box.west, lon__lte=box.east)
    return rows & (Q(lon__gte=box.west) | Q(lon__lte=box.east))


def actor(asked: Cleaned) -> Q:
    """An actor by number or exact name, in the role where one is asked for; a role alone asks for anyone in it."""
    role = {"role": asked["role"]} if asked["role"] else {}
    found = Q(actors__contains=[role]) if role and not asked["actor"] else Q(pk__in=[])
    for each in asked["actor"]:
        by_number = {"actor": int(each)} if each.isdecimal() and len(each) < 19 else None
        found |= Q(actors__contains=[(by_number or {"name": each}) | role])
    return found


def source(asked: Cleaned) -> Q:
    """Reported by any of the sources, by number or exact name."""
    numbers = [int(each) for each in asked["source"] if each.isdecimal() and len(each) < 19]
    named = Source.objects.filter(name__in=asked["source"]).values_list("pk", flat=True)
    return Q(sources__overlap=[*numbers, *named])


def claimant(asked: Cleaned) -> Q:
    return Q(claimants__overlap=asked["claimant"])


def precision(asked: Cleaned) -> Q:
    """Place known at least so precisely."""
    return Q(place_precision__in=PLACE_PRECISIONS[: PLACE_PRECISIONS.index(asked["precision"]) + 1])


def placed(asked: Cleaned) -> Q:
    return Q(lat=None) if asked["placed"] == "no" else Q(lat__isnull=False)


def background(asked: Cleaned) -> Q:
    """History told in passing is left out unless asked for."""
    return {"": Q(background=False), "only": Q(background=True)}.get(asked["background"], Q())


def text(asked: Cleaned) -> Q:
    return Q(search=SearchQuery(asked["q"], config=SEARCH_CONFIG, search_type="websearch"))


def _among(parameter: str, column: str) -> Callable[[Cleaned], Q]:
    return lambda asked: Q(**{f"{column}__in": asked[parameter]})


# parameters -> condition; a condition is applied where any of its parameters has a value.
CONDITIONS: dict[tuple[str, ...], Callable[[Cleaned], Q]] = {
    ("since",): since,
    ("until",): until,
    ("type",): _among("type", "type"),
    ("family",): _among("family", "family"),
    ("outcome", "min"): toll,
    ("country",): _among("country", "country"),
    ("admin1",): _among("admin1", "admin1"),
    ("near",): near,
    ("bbox",): lambda asked: inside(asked["bbox"]),
    ("placed",): placed,
    ("actor", "role"): actor,
    ("source",): source,
    ("claimant",): claimant,
    ("stage",): _among("stage", "stage"),
    ("review",): _among("review", "review_status"),
    ("confidence",): lambda asked: Q(confidence__gte=asked["confidence"]),
    ("precision",): precision,
    ("q",): text,
}
ORDERINGS: dict[str, tuple[Any, ...]] = {
    "date": (F("day").desc(nulls_last=True), "-id"),
    "oldest": (F("day").asc(nulls_last=True), "id"),
    "killed": (F("killed_best").desc(nulls_last=True), "-id"),
    "origins": ("-origin_count", "-id"),
    "changed": ("-changed_at", "-id"),
}
