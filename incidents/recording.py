"""What the engine read becomes rows, in place of what it read before."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Max, Q

from geo.index import default_index
from geo.loading import row_of
from geo.models import Place
from incidents.actors import actors_named, is_in_capitals
from incidents.extraction.record_json import record_json
from incidents.extraction.values import Record
from incidents.identity import Read, same_events
from incidents.models import Actor, Count, Event, MatchProposal, Participation
from sources.models import Article

Json = dict[str, Any]
MOST_PEOPLE = 8_000_000_000 // 4  # what the column holds; a larger number counts no people
BY_HAND = "editor"  # the extractor of what people added
SET_ASIDE = 10_000  # added to the ordinals of earlier events while new ones take their numbers


def record_events(article: Article, record: Record) -> None:
    """Save the record's events in place of those the same extractor read before. Call in a transaction.

    An event that was read before keeps its row, and with it its incident and what people decided about it; one that a person
    touched keeps all that it says. Those that are no longer read are set aside until the article is matched: their incidents must
    change once, not vanish and come back.
    """
    fields = record_json(record)
    extractor = f"{record.extractor} {record.version}".strip()[:40]
    of_this = Q(extractor__startswith=record.extractor.split()[0]) | Q(extractor=BY_HAND, touched_at__isnull=False)
    earlier = list(article.events.select_for_update().filter(of_this).order_by("ordinal", "pk"))
    _set_aside(earlier)
    same = same_events([_as_read(values) for values in fields["events"]], [_as_read_before(event) for event in earlier])
    places = _places([event["place"] for event in fields["events"]] + fields["toponyms"])
    for ordinal, values in enumerate(fields["events"]):
        event = earlier[same[ordinal]] if ordinal in same else Event(article=article)
        if event.touched_at is not None:
            _renumber(event, ordinal)
            continue
        _fill(event, values, places)
        event.ordinal, event.extractor = ordinal, extractor
        event.save()
        _record_people(event, values)


def _set_aside(events: list[Event]) -> None:
    for event in events:
        if event.extractor != BY_HAND:
            event.ordinal = event.ordinal % SET_ASIDE + SET_ASIDE
            Event.objects.filter(pk=event.pk).update(ordinal=event.ordinal)


def _renumber(event: Event, ordinal: int) -> None:
    """Give an event that a person touched its place in the new reading; all else stays."""
    if event.extractor != BY_HAND:
        Event.objects.filter(pk=event.pk).update(ordinal=ordinal)


def _as_read(values: Json) -> Read:
    setting = _setting(values["date"], values["place"])
    return Read(values["type"], values["background"], values["trigger"], setting, values["evidence"])


def _as_read_before(event: Event) -> Read:
    setting = _setting(event.date, event.place_read)
    held = event.touched_at is not None
    return Read(event.type, event.background, event.trigger, setting, event.evidence or [], held)


def describe(article: Article, record: Record) -> None:
    """Set what the engine's own record says of the article as a whole; the caller saves it."""
    article.toponyms = record_json(record)["toponyms"]
    article.relevant, article.language = record.relevant, record.language[:8]
    article.extractor = f"{record.extractor} {record.version}".strip()[:40]


def drop_unread_events(article: Article) -> set[int]:
    """Delete the events that the last reading no longer saw; return the ids of all incidents the article told of, or asked
    about, before it.

    What people touched or decided about stays, as they left it.
    """
    told = set(article.events.exclude(incident=None).values_list("incident_id", flat=True))
    unread = article.events.filter(ordinal__gte=SET_ASIDE)
    kept = list(unread.filter(_is_held()).order_by("ordinal").distinct())
    going = unread.exclude(pk__in=[event.pk for event in kept])
    asked = MatchProposal.objects.filter(event__in=going, state=MatchProposal.State.OPEN)
    told |= set(asked.values_list("incident_id", flat=True))  # the question goes with the event
    going.delete()
    last = article.events.filter(ordinal__lt=SET_ASIDE).aggregate(last=Max("ordinal"))["last"]
    for place, event in enumerate(kept, 0 if last is None else last + 1):
        Event.objects.filter(pk=event.pk).update(ordinal=place)
    return {incident_id for incident_id in told if incident_id is not None}


def _is_held() -> Q:
    """What a person touched, or said to be or not to be part of an incident."""
    decided = Q(proposals__state__in=[MatchProposal.State.SAME, MatchProposal.State.DIFFERENT])
    said = Q(incident__verdicts_below__same=False) | Q(incident__verdicts_above__same=False)
    return Q(touched_at__isnull=False) | decided | said


def _setting(when: Json | None, where: Json | None) -> tuple[object, ...]:
    return (when or {}).get("earliest"), (when or {}).get("latest"), (where or {}).get("place_id")


def _fill(event: Event, values: Json, places: dict[str, Place]) -> None:
    when, where = values["date"] or {}, values["place"] or {}
    event.type, event.stage, event.background = values["type"], values["stage"], values["background"]
    event.confidence = values["confidence"]
    event.earliest, event.latest = _day(when.get("earliest")), _day(when.get("latest"))
    event.date, event.place_read = values["date"], values["place"]
    event.place = places.get(where.get("place_id") or "")
    event.weapons, event.evidence = values["weapons"], values["evidence"]
    event.trigger, event.totals = values["trigger"], values["totals"]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _places(located: Iterable[Json | None]) -> dict[str, Place]:
    """Return the gazetteer's rows for places the engine named, made from its index where they are not loaded."""
    ids = {place["place_id"] for place in located if place and place["place_id"]}
    known = Place.objects.in_bulk(ids)
    if missing := [record for number in ids - known.keys() if (record := default_index().get(number))]:
        rows = [Place(**row_of(record)) for record in missing]
        Place.objects.bulk_create(rows, ignore_conflicts=True)
        known |= {row.pk: row for row in rows}
    return known


def _record_people(event: Event, values: Json) -> None:
    """Save the event's statements and parties; a statement that was there in the same place keeps its id."""
    known = dict(event.counts.values_list("ordinal", "pk"))
    event.counts.all().delete()
    event.participations.all().delete()
    counts = [_count(event, ordinal, count) for ordinal, count in enumerate(values["counts"]) if _is_of_people(count)]
    for count in counts:
        count.pk = known.get(count.ordinal)
    Count.objects.bulk_create(count for count in counts if count.pk is not None)
    Count.objects.bulk_create(count for count in counts if count.pk is None)
    names = {actor["name"] for actor in values["actors"]}
    actors = actors_named(names, in_capitals=is_in_capitals(event.article.text))
    Participation.objects.bulk_create(_participation(event, actors, actor) for actor in values["actors"])


def _is_of_people(count: Json) -> bool:
    return all((count[bound] or 0) <= MOST_PEOPLE for bound in ("low", "best", "high"))


def _count(event: Event, ordinal: int, count: Json) -> Count:
    return Count(
        event=event,
        ordinal=ordinal,
        outcome=count["outcome"],
        low=count["low"],
        best=count["best"],
        high=count["high"],
        quantifier=(count["quantifier"] or "")[:60],
        who=(count["who"] or "")[:200],
        who_class=count["who_class"],
        claimant=(count["claimant"] or "")[:200],
        span=_located(count),
        claimant_span=count["claimant_span"],
        part_of_whole=count.get("part_of_whole", False),
        supersedes=count.get("supersedes", False),
        cumulative=count.get("cumulative", False),
        further=count.get("further", False),
        replaced=count.get("replaced", False),
    )


def _participation(event: Event, actors: dict[str, Actor], actor: Json) -> Participation:
    return Participation(
        event=event,
        actor=actors[actor["name"]],
        role=actor["role"],
        span=_located(actor),
        claimant=(actor.get("claimant") or "")[:200],
        denied=actor.get("denied", False),
    )


def _located(value: Json) -> Json:
    """Return the span alone, in the engine's own form: `{"span": [start, end]}`, with `"in": "title"` where it lies there."""
    return {key: value[key] for key in ("span", "in") if key in value}
