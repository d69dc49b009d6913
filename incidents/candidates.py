"""Which known incidents an event is compared with: those near it in time and place, those naming the same people, those its
copies joined. Every query goes by an index and is cut off, so the cost of one event stays flat as the store grows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.contrib.postgres.lookups import Overlap
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q, Value

from incidents.extraction.values import FAMILY_OF
from incidents.filters.conditions import bounding_box, inside
from incidents.filters.fields import Circle
from incidents.matching import FOLLOW_UP_DAYS, POINTS, Happening, comparable
from incidents.models import Event, Incident
from incidents.models.incidents import Lasts
from incidents.reports import Reported
from incidents.tolls import totals

SLACK = timedelta(days=3)
NEAR_KM = 100.0
MOST = 120  # incidents from one query
MOST_BEARERS = 12  # of one name: shared by more it weighs next to nothing (incidents/matching.py, _rarity)
NEWEST = 500  # incidents of a country that an event without any day is compared with
MOST_EVENTS = 3000  # events whose names are read for comparison
FOLLOWED_UP = timedelta(days=400)
LONG_AGO = timedelta(days=3650)
NO_CLOSER = ("country", "area", "sea", "adm1", "none")
READ = (
    "type", "family", "stage", "earliest", "latest", "date_precision", "date_basis", "place_id", "place_precision", "country",
    "admin1", "lat", "lon", "radius_km", "actors", "totals",
)  # fmt: skip
# What a name's newest bearers are: by the index of names, so that a name which thousands bear costs no more than another.
NAMING = """
    SELECT DISTINCT event.incident_id FROM unnest(%(names)s::text[]) AS asked (name)
    CROSS JOIN LATERAL (
        SELECT event_id FROM incidents_eventname
        WHERE name = asked.name AND day BETWEEN %(first)s AND %(last)s AND event_id <> %(event)s
        ORDER BY day DESC, event_id DESC LIMIT %(most)s
    ) AS bearer
    JOIN incidents_event AS event ON event.id = bearer.event_id WHERE event.incident_id IS NOT NULL
"""


def of_event(one: Reported) -> Happening:
    """Return the event as matching sees it."""
    event, report = one.event, one.report
    where, when = report.where, report.when
    return Happening(
        type=event.type,
        family=FAMILY_OF[event.type],
        stage=event.stage,
        earliest=event.earliest,
        latest=event.latest,
        date_precision=when.precision if when else "",
        date_basis=when.basis if when else "",
        said=report.said,
        place_id=where.place_id if where else None,
        place_precision=where.precision if where else "none",
        country=where.country if where else "",
        admin1=where.admin1 if where else "",
        lat=where.lat if where else None,
        lon=where.lon if where else None,
        radius_km=where.radius_km if where else None,
        actors=frozenset(party.actor for party in report.parties),
        names=frozenset(event.names),
        tolls=_ranges(totals([one])),
        updates=any(count.supersedes for count in one.counts),
        origins=frozenset([report.origin]),
        readings=frozenset([reading_of(event.article_id, event.extractor)]),
    )


def _ranges(found: Mapping[str, Mapping[str, int | None]]) -> dict[str, tuple[int | None, int | None]]:
    return {
        outcome: (total.get("low") if total.get("low") is not None else total.get("best"), total.get("high"))
        for outcome, total in found.items()
    }


def of_incident(incident: Incident) -> Happening:
    """Return the incident as matching sees it, without what only its events know."""
    return Happening(
        type=incident.type,
        family=incident.family,
        stage=incident.stage,
        earliest=incident.earliest,
        latest=incident.latest,
        date_precision=incident.date_precision,
        date_basis=incident.date_basis,
        place_id=incident.place_id,
        place_precision=incident.place_precision,
        country=incident.country,
        admin1=incident.admin1,
        lat=incident.lat,
        lon=incident.lon,
        radius_km=incident.radius_km,
        actors=frozenset(actor["actor"] for actor in incident.actors),
        tolls=_ranges(incident.totals),
    )


def candidates(one: Reported) -> dict[Incident, Happening]:
    """Return the incidents the event may be the same as, each as matching sees it."""
    event = of_event(one)
    kinds = Q(type__in=comparable(event.type))
    found: dict[int, Incident] = {}
    for query in _queries(one, event):
        rows = Incident.objects.visible().filter(kinds & query).order_by("-day", "-id").only(*READ)
        found |= {incident.pk: incident for incident in rows[:MOST]}
    return _with_events(found)


def _queries(one: Reported, event: Happening) -> Iterable[Q]:
    places, beginning, lasting = list(_places(event)), _beginning(event), _lasting(event)
    yield from (beginning & place for place in places)
    if lasting:
        yield lasting & reduce(or_, places)
    if naming := _naming(one.event.pk, event):
        yield _long_window(event) & Q(pk__in=naming)
    if one.event.article.origin_id:
        copies = Event.objects.filter(article__origin=one.event.article.origin_id, incident__isnull=False).order_by()
        yield Q(pk__in=list(copies.values_list("incident_id", flat=True).distinct()[:MOST]))


def _places(event: Happening) -> Iterable[Q]:
    """Yield where the incident may lie: near the event's point, in its province, in its country and known no closer than that."""
    country = Q(country=event.country)
    if event.country and event.place_precision in POINTS and event.lat is not None and event.lon is not None:
        yield country & inside(bounding_box(Circle(event.lat, event.lon, NEAR_KM)))
    if event.admin1:
        yield country & Q(admin1=event.admin1)
    known_closer = event.country and event.place_precision != "country"
    yield country & Q(place_precision__in=NO_CLOSER) if known_closer else country


def _beginning(event: Happening) -> Q:
    """Return the days in which the incident may begin. A day of publication looks back; without any, the newest are compared."""
    if days := _days(event):
        return Q(day__range=days)
    if said := event.said:
        return Q(day__range=(said - timedelta(days=FOLLOW_UP_DAYS), said + SLACK))
    newest = Incident.objects.visible().filter(country=event.country).order_by("-day", "-id")
    return Q(pk__in=newest.values("pk")[:NEWEST])


def _lasting(event: Happening) -> Q | None:
    """Return what asks for incidents that began earlier and lasted until the event's days; None for an event without any."""
    days = _days(event)
    if days is None or days[0] < date.min + LONG_AGO:
        return None
    began = (days[0] - LONG_AGO, days[0] - timedelta(days=1))
    return Q(latest__gt=F("earliest"), day__range=began) & Q(Overlap(Lasts(), Value(DateRange(*days, "[]"))))


def _days(event: Happening) -> tuple[date, date] | None:
    first, last = event.earliest or event.latest, event.latest or event.earliest
    if first is None or last is None:
        return None
    if event.date_basis == "published":
        first -= timedelta(days=FOLLOW_UP_DAYS)
    return _earlier(first), _later(last)


def _naming(number: int, event: Happening) -> list[int]:
    """Return the incidents whose newest reports give one of the event's names in full."""
    names = sorted(name for name in event.names if not name.startswith("*"))
    if not names:
        return []
    said = event.said or event.latest or event.earliest
    first, last = (said - FOLLOWED_UP, said + SLACK) if said else (date.min, date.max)
    with connection.cursor() as cursor:
        cursor.execute(NAMING, {"event": number, "names": names, "first": first, "last": last, "most": MOST_BEARERS})
        return [number for (number,) in cursor.fetchall()]


def _long_window(event: Happening) -> Q:
    """Return the days in which reports that name the same people may lie: trials and anniversaries come long after."""
    said = event.said or event.latest or event.earliest
    return Q(day__range=(said - FOLLOWED_UP, said + SLACK)) if said else Q()


def _later(day: date) -> date:
    return day + SLACK if day < date.max - SLACK else date.max


def _earlier(day: date) -> date:
    return day - SLACK if day > date.min + SLACK else date.min


def reading_of(article: int, extractor: str) -> tuple[int, str]:
    """Name one extractor's reading of one article, whatever its version."""
    return article, extractor.partition(" ")[0]


def _with_events(found: Mapping[int, Incident]) -> dict[Incident, Happening]:
    """Add what the incidents' events know: names, origins, readings."""
    names: dict[int, set[str]] = defaultdict(set)
    origins: dict[int, set[int]] = defaultdict(set)
    readings: dict[int, set[tuple[int, str]]] = defaultdict(set)
    rows = Event.objects.filter(incident__in=found).order_by("-pk").values_list(
        "incident_id", "article_id", "extractor", "article__origin_id", "names"
    )  # fmt: skip
    for number, article, extractor, origin, given in rows[:MOST_EVENTS]:
        names[number or 0].update(given)
        readings[number or 0].add(reading_of(article, extractor))
        origins[number or 0].add(origin or -article)
    return {
        incident: replace(
            of_incident(incident),
            names=frozenset(names[number]),
            origins=frozenset(origins[number]),
            readings=frozenset(readings[number]),
        )
        for number, incident in found.items()
    }


def commonness(happenings: Iterable[Happening]) -> Counter[str]:
    """Return in how many of the incidents each name occurs."""
    return Counter(name for happening in happenings for name in happening.names)
