"""Why an incident needs a person's eyes, and how much a look is worth.

A ground is `{"reason": key of REASONS, "field": the field to decide or "", "detail": what its words are made of}`, plain JSON, so
that the same ground is known again: one that a person has closed does not open the case a second time.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from math import log2
from typing import Any

from geo.distance import kilometres
from geo.index import default_index
from incidents import tolls
from incidents.models import Event, Incident
from incidents.reports import Reported

Ground = dict[str, Any]
REASONS = (
    "ambiguous_place", "conflicting_claims", "possible_duplicate", "no_date", "no_place", "low_confidence",
    "model_disagreement", "changed_article", "no_publication_date",
)  # fmt: skip
LOW_CONFIDENCE = 0.4
APART_KM = 30.0  # entries of one name within it are one place for a reader
AS_LARGE = 1 / 6  # of the chosen place's people that another of its name must have to be mistaken for it
HALF_LIFE = 30  # days after which a report is worth half
DAY_ZERO = date(2000, 1, 1)
FAR_FROM_HARM = {"displaced": 100, "participants": 100}  # so many of them weigh as one killed, wounded, missing or held
LIVE = ("best", "agrees", "added", "sets the low", "sets the high", "rival")


def grounds(incident: Incident, events: Sequence[Reported], decided: Collection[str]) -> list[Ground]:
    """Return what is uncertain in an incident's own fields; `decided` are the fields that people have set."""
    current = [one for one in events if not one.report.background] or list(events)
    found = [
        *_place(incident, current),
        *(ground for outcome in incident.totals for ground in _claims(outcome, incident, current)),
        *_missing(incident),
        *_disagreements(current),
    ]
    return [ground for ground in found if ground["field"] not in decided]


def ground(reason: str, field: str = "", **detail: Any) -> Ground:
    return {"reason": reason, "field": field, "detail": detail}


def worth(incident: Incident, count: int, newest: date | None) -> float:
    """Return the value of a look, in bits: uncertain fields x people affected x recency x readers.

    `count` is the number of grounds, `newest` the day of the newest report. Recency halves every HALF_LIFE days, so the order of
    two incidents never changes with time and the stored number never grows stale. Nothing is kept about readers here
    (incidents/visits.py): the number of articles that carry the incident stands in, since each has readers of its own.
    """
    day = newest or incident.created_at.date()
    factors = log2(max(count, 1)) + log2(1 + people(incident)) + log2(1 + incident.article_count)
    return round(factors + (day - DAY_ZERO).days / HALF_LIFE, 4)


def people(incident: Incident) -> int:
    """Return the people affected: the largest figure of any outcome, those far from harm counted a hundredth."""
    found = [0]
    for outcome, total in incident.totals.items():
        most = max((number for bound in ("high", "best", "low") if (number := (total or {}).get(bound)) is not None), default=0)
        found.append(most // FAR_FROM_HARM.get(outcome, 1))
    return max(found)


def _missing(incident: Incident) -> Iterator[Ground]:
    if incident.earliest is None and incident.latest is None:
        yield ground("no_date", "date")
    if incident.place_precision in ("none", ""):
        yield ground("no_place", "place")
    if incident.confidence < LOW_CONFIDENCE:
        yield ground("low_confidence", "type", confidence=round(incident.confidence, 2))


def _claims(outcome: str, incident: Incident, events: Sequence[Reported]) -> Iterator[Ground]:
    """Different claimants who stand by different figures for the whole."""
    total = incident.totals[outcome] or {}
    if total.get("low") == total.get("high"):
        return
    said: dict[int, str] = {}
    for _one, count, judgement in tolls.judged(events).get(outcome, []):
        number = next((value for value in (count.best, count.low, count.high) if value is not None), None)
        if judgement.verdict in LIVE and number is not None and not count.part_of_whole:
            said.setdefault(number, count.claimant)
    if len(said) > 1 and len(set(said.values())) > 1:
        yield ground("conflicting_claims", outcome, numbers=sorted(said), claimants=[said[number] for number in sorted(said)])


def _place(incident: Incident, events: Iterable[Reported]) -> Iterator[Ground]:
    """Other gazetteer entries of the name, elsewhere and large enough to be meant, unless the text speaks for the chosen one."""
    for one in events:
        read = one.event.place_read or {}
        if not read.get("candidates") or read.get("place_id") != incident.place_id:
            continue
        if rivals := list(_rivals(one.event)):
            yield ground("ambiguous_place", "place", name=read.get("name") or "", candidates=[incident.place_id, *rivals])
            return


def _rivals(event: Event) -> Iterator[str]:
    read = event.place_read or {}
    index = default_index()
    chosen = index.get(read["place_id"]) if read.get("place_id") else None
    if chosen is None:
        return
    others = {toponym.get("place_id") for toponym in event.article.toponyms or []} - {chosen.id, None}
    named = [record for number in others if (record := index.get(number))]
    countries, provinces = {one.country for one in named}, {one.admin1 for one in named if one.country == chosen.country}
    for candidate in read["candidates"]:
        other = index.get(candidate.get("place_id") or "")
        if other is None or other.kind not in ("settlement", "site"):
            continue
        elsewhere = kilometres(chosen.lat, chosen.lon, other.lat, other.lon) > APART_KM
        other_land = chosen.country in countries and other.country not in countries
        other_part = bool(chosen.admin1) and chosen.admin1 in provinces and other.admin1 not in provinces
        if elsewhere and not other_land and not other_part and other.population >= chosen.population * AS_LARGE:
            yield other.id


def _disagreements(events: Iterable[Reported]) -> Iterator[Ground]:
    """Fields that two extractors read differently in one article."""
    readings: dict[int, dict[str, Event]] = defaultdict(dict)
    for one in events:
        readings[one.event.article_id].setdefault(one.event.extractor.split(" ")[0], one.event)
    differing: set[str] = set()
    for by_extractor in readings.values():
        first, *others = by_extractor.values()
        differing.update(field for other in others for field in _differing(first, other))
    for field in sorted(differing):
        yield ground("model_disagreement", field)


def _differing(one: Event, other: Event) -> Iterator[str]:
    if one.type != other.type:
        yield "type"
    if (one.earliest, one.latest) != (other.earliest, other.latest):
        yield "date"
    if one.place_id != other.place_id:
        yield "place"
