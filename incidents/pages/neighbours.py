"""What happened near an incident in place and time, and what its articles tell in passing."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import asin, atan2, cos, degrees, radians, sin, sqrt

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents.models import Event, Incident
from incidents.pages import words
from incidents.pages.dossier import Dossier

DAYS = 21
REACH_KM = 150.0
SHOWN = 6
CANDIDATES = 60
SAME_PLACE_KM = 3.0
EARTH_KM = 6371.0
KM_PER_DEGREE = 111.2
WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An incident near another: how far and which way from it, and how much earlier or later."""

    incident: Incident
    when: str
    where: str
    after: str


@dataclass(frozen=True, slots=True)
class Passing:
    """An incident that articles mention in passing; in how many of them."""

    incident: Incident
    when: str
    articles: int


def near(incident: Incident) -> list[Neighbour]:
    """Return the closest incidents within three weeks, those of the same place and day first; none without a date."""
    if incident.earliest is None or incident.latest is None:
        return []
    window = Q(earliest__lte=incident.latest + timedelta(days=DAYS), latest__gte=incident.earliest - timedelta(days=DAYS))
    rows = Incident.objects.visible().filter(window, _around(incident), background=False).exclude(pk=incident.pk)
    rows = rows.exclude(place_precision__in=["none", "country"]).order_by("-origin_count", "-id")[:CANDIDATES]
    found = sorted(rows, key=lambda row: _apart(incident, row))
    return [_neighbour(incident, row) for row in found if _kilometres(incident, row) <= REACH_KM][:SHOWN]


def _around(incident: Incident) -> Q:
    if incident.lat is None or incident.lon is None or incident.place_precision in ("none", "country"):
        return Q(pk__in=())
    tall = REACH_KM / KM_PER_DEGREE
    wide = min(180.0, tall / max(0.05, cos(radians(incident.lat))))
    west, east = incident.lon - wide, incident.lon + wide
    across = Q(lon__range=(west, east))
    if west < -180:
        across |= Q(lon__gte=west + 360)
    if east > 180:
        across |= Q(lon__lte=east - 360)
    return across & Q(lat__range=(incident.lat - tall, incident.lat + tall))


def _days_between(one: Incident, other: Incident) -> int:
    start, then = one.earliest, other.earliest
    return (then - start).days if isinstance(start, date) and isinstance(then, date) else 0


def _apart(one: Incident, other: Incident) -> tuple[float, int]:
    """Order by both: a day weighs as much as ten kilometres."""
    return _kilometres(one, other) + 10 * abs(_days_between(one, other)), other.pk


def _kilometres(one: Incident, other: Incident) -> float:
    """Great-circle distance in kilometres (haversine); 0 where either has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    lat1, lat2 = radians(one.lat), radians(other.lat)
    height = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, height)))


def _wind(one: Incident, other: Incident) -> str:
    """Which way the other lies from the one, by the initial bearing."""
    lat1, lat2 = radians(one.lat or 0), radians(other.lat or 0)
    east = radians((other.lon or 0) - (one.lon or 0))
    bearing = degrees(atan2(sin(east) * cos(lat2), cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(east)))
    return WINDS[round(bearing % 360 / 45) % 8]


def _neighbour(one: Incident, other: Incident) -> Neighbour:
    distance = _kilometres(one, other)
    if distance <= SAME_PLACE_KM:
        where = _("same place")
    else:
        where = _("%(km)s km %(wind)s") % {"km": f"{distance:.0f}", "wind": _(_wind(one, other))}
    days = _days_between(one, other)
    apart = ngettext("%(n)s day", "%(n)s days", abs(days)) % {"n": f"{days:+d}".replace("-", "−")}
    return Neighbour(
        other,
        words.days(other.earliest, other.latest, other.date_precision, other.time_of_day),
        where,
        apart if days else _("same day"),
    )


def in_passing(dossier: Dossier) -> list[Passing]:
    """Return the other incidents that the articles behind this one tell as background, those in most articles first."""
    rows = (
        Event.objects.filter(article__in=[article.pk for article in dossier.articles], background=True)
        .exclude(incident=None)
        .exclude(incident=dossier.incident)
        .filter(incident__merged_into=None, incident__deleted_at=None)
        .values("incident")
        .annotate(articles=Count("article", distinct=True))
        .order_by("-articles", "incident")[:SHOWN]
    )
    counted = {row["incident"]: row["articles"] for row in rows}
    found = Incident.objects.in_bulk(counted)
    return [Passing(found[pk], _when(found[pk]), articles) for pk, articles in counted.items()]


def _when(incident: Incident) -> str:
    return words.days(incident.earliest, incident.latest, incident.date_precision, incident.time_of_day)
