"""A record as the JSON document of the stable contract. Keys keep their meaning; more may be added."""

from typing import Any

from incidents.extraction.values import Actor, Count, DateValue, Event, PlaceValue, Record, Span, Toponym, Total, Weapon

Json = dict[str, Any]


def record_json(record: Record) -> Json:
    """Return the record as plain values that json.dumps takes. "truncated" is there only where not all of the text was read."""
    return {
        "id": record.id,
        "relevant": record.relevant,
        "events": [_event(event) for event in record.events],
        "toponyms": [_toponym(toponym) for toponym in record.toponyms],
        "extractor": record.extractor,
        "version": record.version,
        "language": record.language,
    } | ({"truncated": True} if record.truncated else {})


def _located(span: Span | None) -> Json:
    if span is None:
        return {"span": None}
    return {"span": [span.start, span.end]} | ({"in": "title"} if span.in_title else {})


def _event(event: Event) -> Json:
    return {
        "type": event.type,
        "stage": event.stage,
        "background": event.background,
        "confidence": round(event.confidence, 3),
        "date": event.date and _date(event.date),
        "place": event.place and _place(event.place),
        "actors": [_actor(actor) for actor in event.actors],
        "counts": [_count(count) for count in event.counts],
        "totals": {outcome: _total(total) for outcome, total in event.totals.items()},
        "weapons": [_weapon(weapon) for weapon in event.weapons],
        "evidence": [_located(span) for span in event.evidence],
        "trigger": event.trigger and _located(event.trigger),
    }


def _date(value: DateValue) -> Json:
    known: Json = {
        "earliest": value.earliest and value.earliest.isoformat(),
        "latest": value.latest and value.latest.isoformat(),
        "precision": value.precision,
        "basis": value.basis,
    }
    if value.month_day:
        known["month_day"] = list(value.month_day)
    if value.time:
        known["time"] = value.time
    return known | _located(value.span)


def _place(value: PlaceValue) -> Json:
    known: Json = {
        "name": value.name,
        "country": value.country,
        "country_name": value.country_name,
        "admin1": value.admin1,
        "lat": value.lat,
        "lon": value.lon,
        "precision": value.precision,
        "radius_km": value.radius_km,
        "place_id": value.place_id,
    }
    if value.candidates:
        known["candidates"] = [{"place_id": place, "score": round(score, 3)} for place, score in value.candidates]
    return known | _located(value.span)


def _actor(actor: Actor) -> Json:
    known: Json = {"name": actor.name, "role": actor.role}
    if actor.claimant:
        known["claimant"] = actor.claimant
    if actor.denied:
        known["denied"] = True
    return known | _located(actor.span)


def _count(count: Count) -> Json:
    known: Json = {
        "outcome": count.outcome,
        "low": count.low,
        "best": count.best,
        "high": count.high,
        "quantifier": count.quantifier,
        "who": count.who,
        "who_class": count.who_class,
        "claimant": count.claimant,
        "claimant_span": count.claimant_span and [count.claimant_span.start, count.claimant_span.end],
    }
    marks = ("part_of_whole", "supersedes", "cumulative", "further", "replaced")
    known |= {key: True for key in marks if getattr(count, key)}
    return known | _located(count.span)


def _total(total: Total) -> Json:
    return {"low": total.low, "best": total.best, "high": total.high}


def _weapon(weapon: Weapon) -> Json:
    return {"name": weapon.name} | _located(weapon.span)


def _toponym(toponym: Toponym) -> Json:
    known: Json = {
        "name": toponym.name,
        "place_id": toponym.place_id,
        "country": toponym.country,
        "lat": toponym.lat,
        "lon": toponym.lon,
    }
    return known | _located(toponym.span)
