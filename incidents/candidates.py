"""Which known incidents an event is compared with: those near it in time and place, those naming the same people, those its
copies joined. Every query goes by an index and is cut off, so the cost of one event stays flat as the store grows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Q

from incidents.extraction.values import FAMILY_OF
from incidents.filters.conditions import bounding_box, inside
from incidents.filters.fields import Circle
from incidents.matching import FOLLOW_UP_DAYS, POINTS, Happening
from incidents.models import Event, Incident
from incidents.reports import Reported
from incidents.tolls import totals

SLACK = timedelta(days=3)
NEAR_KM = 100.0
MOST = 120  # incidents from one query
MOST_EVENTS = 3000  # events whose names are read for comparison
FOLLOWED_UP = timedelta(days=400)
LONG_AGO = timedelta(days=3650)


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
    found: dict[int, Incident] = {}
    for query in _queries(one, event):
        for incident in Incident.objects.visible().filter(query).order_by("-day", "-id").defer("search")[:MOST]:
            found[incident.pk] = incident
    return _with_events(found)


def _queries(one: Reported, event: Happening) -> Iterable[Q]:
    window = _window(event)
    if event.country and event.place_precision in POINTS and event.lat is not None and event.lon is not None:
        yield window & Q(country=event.country) & inside(bounding_box(Circle(event.lat, event.lon, NEAR_KM)))
    if event.admin1:
        yield window & Q(country=event.country, admin1=event.admin1)
    if event.country:
        imprecise = (
            Q() if event.place_precision == "country" else Q(place_precision__in=["country", "area", "sea", "adm1", "none"])
        )
        yield window & Q(country=event.country) & imprecise
    else:
        yield window & Q(country="")
    whole = [name for name in event.names if not name.startswith("*")]
    if whole:
        naming = Event.objects.filter(names__overlap=whole, incident__isnull=False).order_by("-pk")
        yield _long_window(event) & Q(pk__in=list(naming.values_list("incident_id", flat=True)[:MOST]))
    if one.event.article.origin_id:
        copies = Event.objects.filter(article__origin=one.event.article.origin_id, incident__isnull=False).order_by()
        yield Q(pk__in=list(copies.values_list("incident_id", flat=True).distinct()[:MOST]))


def _window(event: Happening) -> Q:
    """Return the days in which the incident may lie; a day of publication looks back, no day at all far back."""
    first, last = event.earliest or event.latest, event.latest or event.earliest
    if first is None or last is None:
        said = event.said
        return Q(day__range=(said - timedelta(days=FOLLOW_UP_DAYS), said + SLACK)) if said else Q(day__gte=date.min)
    if event.date_basis == "published":
        first -= timedelta(days=FOLLOW_UP_DAYS)
    return Q(day__lte=_later(last)) & (Q(day__gte=_earlier(first)) | Q(day__gte=first - LONG_AGO, latest__gte=_earlier(first)))


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
