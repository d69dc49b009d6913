"""Rows for tests: each function makes one thing with all it needs; keyword arguments replace what matters to the test."""

import hashlib
from datetime import date
from itertools import count
from typing import Any

from django.db import connection

from geo.cells import cell_of
from geo.models import Place
from incidents.extraction.values import FAMILY_OF
from incidents.models import Actor, Count, Event, Incident, Participation
from sources.models import Article, Origin, Source

_serial = count(1)


def make_place(**values: Any) -> Place:
    """Make or return a gazetteer entry; Hasakah unless told otherwise."""
    hasakah = {
        "id": "geonames:173480",
        "name": "Al Hasakah",
        "kind": "settlement",
        "country": "SY",
        "admin1": "Al-Hasakah",
        "lat": 36.50237,
        "lon": 40.74772,
        "population": 188160,
    }
    values = hasakah | values
    return Place.objects.get_or_create(id=values.pop("id"), defaults=values)[0]


def make_source(name: str = "Gulf Wire", **values: Any) -> Source:
    return Source.objects.get_or_create(name=name, defaults=values)[0]


def make_article(text: str = "Gunmen killed five people in Hasakah on Thursday.", **values: Any) -> Article:
    """Make an article that has been read, published 2022-01-22."""
    values.setdefault("title", f"Report {next(_serial)}")
    values.setdefault("source", make_source())
    values.setdefault("origin", Origin.objects.create())
    values.setdefault("published_on", date(2022, 1, 22))
    values.setdefault("state", Article.State.DONE)
    values.setdefault("digest", hashlib.sha256(f"{values['title']}\n{text}".encode()).hexdigest())
    return Article.objects.create(text=text, **values)


def span_of(article: Article, words: str) -> dict[str, Any]:
    """Return the engine's span object for the first place the words stand in the article's text."""
    start = article.text.index(words)
    return {"span": [start, start + len(words)]}


def make_event(
    article: Article | None = None, *, incident: Incident | None = None, place: Place | None = None, **values: Any
) -> Event:
    """Make an event of the article: a shooting in Hasakah on 2022-01-20 unless told otherwise."""
    article = article or make_article()
    place = place or make_place()
    values.setdefault("type", "shooting")
    values.setdefault("stage", "accomplished")
    values.setdefault("confidence", 0.8)
    values.setdefault("earliest", date(2022, 1, 20))
    values.setdefault("latest", values["earliest"])
    if values["earliest"]:
        dates = {"earliest": str(values["earliest"]), "latest": str(values["latest"]), "precision": "day", "basis": "relative"}
        values.setdefault("date", dates | {"span": [0, min(7, len(article.text))]})
    values.setdefault(
        "place_read",
        {
            "name": place.name,
            "country": place.country,
            "country_name": "Syria",
            "admin1": place.admin1,
            "lat": place.lat,
            "lon": place.lon,
            "precision": place.kind,
            "radius_km": None,
            "place_id": place.pk,
            "span": [0, min(7, len(article.text))],
        },
    )
    values.setdefault("evidence", [{"span": [0, len(article.text)]}])
    values.setdefault("ordinal", article.events.count())
    values.setdefault("extractor", "rules 1")
    return Event.objects.create(article=article, incident=incident, place=place, **values)


def make_count(event: Event, outcome: str = "killed", best: int | None = 5, **values: Any) -> Count:
    values.setdefault("low", best)
    values.setdefault("high", best)
    values.setdefault("span", {"span": [0, min(9, len(event.article.text))]})
    values.setdefault("ordinal", event.counts.count())
    return Count.objects.create(event=event, outcome=outcome, best=best, **values)


def make_participation(event: Event, name: str = "Islamic State", role: str = "perpetrator", **values: Any) -> Participation:
    actor = Actor.objects.get_or_create(name=name)[0]
    values.setdefault("span", {"span": [0, min(6, len(event.article.text))]})
    return Participation.objects.create(event=event, actor=actor, role=role, **values)


def make_incident(**values: Any) -> Incident:
    """Make an incident row as derivation would leave it; no events behind it unless the test adds them."""
    place = values.pop("place", None) or make_place()
    values.setdefault("type", "shooting")
    values.setdefault("family", FAMILY_OF[values["type"]])
    values.setdefault("headline", f"{values['type'].replace('_', ' ').capitalize()} in Hasakah {next(_serial)}")
    values.setdefault("earliest", date(2022, 1, 20))
    values.setdefault("latest", values["earliest"])
    values.setdefault("date_precision", "day")
    values.setdefault("date_basis", "relative")
    values.setdefault("place_name", place.name)
    values.setdefault("place_precision", "settlement")
    values.setdefault("country", place.country)
    values.setdefault("admin1", place.admin1)
    values.setdefault("lat", place.lat)
    values.setdefault("lon", place.lon)
    on_map = values["lat"] is not None and values["lon"] is not None
    values.setdefault("cell", cell_of(values["lat"], values["lon"]) if on_map else None)
    values.setdefault("confidence", 0.8)
    values.setdefault("article_count", 1)
    values.setdefault("origin_count", 1)
    return Incident.objects.create(place=place, **values)


def copies(incident: Incident, number: int) -> None:
    """Make so many incidents that are like one but for their number."""
    columns = [field.column for field in Incident._meta.local_concrete_fields if not (field.primary_key or field.generated)]
    names = ", ".join(f'"{column}"' for column in columns)
    rows = f"SELECT {names} FROM incidents_incident, generate_series(1, %s) WHERE id = %s"  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO incidents_incident ({names}) {rows}", [number, incident.pk])
