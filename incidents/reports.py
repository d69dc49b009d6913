"""The events of incidents as the pure rules of derivation see them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from incidents.consensus import Party, Report, When, Where, clock_of
from incidents.models import Count, Event
from incidents.vocabulary import PLACE_PRECISIONS

OLDEST_FIRST = ("article__published_on", "article_id", "ordinal")


@dataclass(frozen=True, slots=True)
class Reported:
    """An event with its report and its statements of numbers."""

    event: Event
    report: Report
    counts: tuple[Count, ...]


def reported(incidents: Collection[int]) -> Mapping[int, list[Reported]]:
    """Return incident id -> its events, oldest article first. Four queries, however many incidents."""
    found: dict[int, list[Reported]] = defaultdict(list)
    for one in together(incidents):
        found[one.event.incident_id or 0].append(one)
    return found


def together(incidents: Collection[int]) -> list[Reported]:
    """Return the events of all these incidents as if they were one's, oldest article first."""
    events = (
        Event.objects.filter(incident__in=incidents)
        .select_related("article", "place")
        .prefetch_related("counts", "participations__actor")
        .order_by(*OLDEST_FIRST)
    )
    return [Reported(event, report_of(event, order), tuple(event.counts.all())) for order, event in enumerate(events)]


def origin_key(event: Event) -> int:
    """Return what stands for the independent report behind the event's article; below zero where none was assigned."""
    return event.article.origin_id or -event.article_id


def report_of(event: Event, order: int = 0) -> Report:
    return Report(
        origin=origin_key(event),
        order=order,
        said=event.article.published_on,
        type=event.type,
        stage=event.stage,
        background=event.background,
        confidence=event.confidence,
        when=when_of(event),
        where=where_of(event),
        parties=frozenset(Party(one.actor_id, one.actor.name, one.role) for one in event.participations.all() if not one.denied),
    )


def when_of(event: Event) -> When | None:
    """Return the event's date; None for none, and for a month and a day whose year is open."""
    if event.earliest is None and event.latest is None:
        return None
    read = event.date or {}
    clock = clock_of(read.get("time"))
    return When(event.earliest, event.latest, read.get("precision") or "day", read.get("basis") or "stated", clock)


def where_of(event: Event) -> Where | None:
    """Return the event's place as it was read; only the gazetteer's row adds an extent."""
    read: Mapping[str, Any] = event.place_read or {}
    precision = read.get("precision") or "none"
    if not read or precision == "none" or precision not in PLACE_PRECISIONS:
        return None
    radius = read.get("radius_km")
    return Where(
        place_id=read.get("place_id"),
        name=_name(event, read.get("name") or "")[:200],
        precision=precision,
        country=(read.get("country") or "")[:2],
        admin1=(read.get("admin1") or "")[:200],
        lat=read.get("lat"),
        lon=read.get("lon"),
        radius_km=radius if radius is not None or event.place is None else event.place.radius_km,
    )


def _name(event: Event, written: str) -> str:
    """Return the place's name as the text has it; as the gazetteer has it where the text is all in capitals."""
    return event.place.name if event.place and len(written) > 3 and written.isupper() else written


def iso_day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
