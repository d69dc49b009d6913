"""Places for editors: by id, by a name as it stands in a text, and by the first letters typed.

The compiled index knows every name and spelling of the gazetteer; rows know what people added. A place of the index that has no
row yet gets one when it is chosen.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Func, Q, QuerySet

from geo.distance import kilometres
from geo.index import default_index
from geo.loading import row_of
from geo.models import Place
from geo.records import PlaceRecord

MOST = 8
NEAR_DEGREES = 1.0


def entry(place_id: str) -> Place | None:
    """Return the gazetteer's entry of an id, making its row where only the index has it; None where there is none."""
    known = Place.objects.filter(pk=place_id[:64]).first()
    if known is None and (record := default_index().get(place_id)):
        known = Place.objects.get_or_create(pk=record.id, defaults=row_of(record))[0]
    return known


def entries(place_ids: Iterable[str]) -> list[Place]:
    """Return the entries of these ids in their order; those that are gone are left out."""
    wanted = list(place_ids)
    known = Place.objects.in_bulk(wanted)
    return [place for number in wanted if (place := known.get(number) or entry(number))]


def named(text: str) -> list[Place]:
    """Return the entries that an id or a name means: rows of exactly that name, else what the index knows by it."""
    if by_id := entry(text):
        return [by_id]
    rows = list(_with_words(text).filter(name__iexact=text).order_by("-population", "id")[:MOST])
    return rows or _rows(default_index().lookup(text)[:MOST])


def suggested(text: str) -> list[Place]:
    """Return places for what has been typed so far, the likeliest first: own ones, then names that begin with it or nearly do."""
    own = Place.objects.filter(pk__startswith="own:", name__icontains=text).order_by("name", "pk")
    added = _with_words(text).filter(~Q(pk__startswith="geonames:"), ~Q(pk__startswith="desk:"), name__icontains=text)
    found = [*own[:MOST], *added[:MOST], *_rows(default_index().search(text, MOST))]
    return list({place.pk: place for place in found}.values())[:MOST]


def country_near(lat: float, lon: float) -> str:
    """Return the country of the nearest known settlement within a degree, "" where there is none."""
    south, north, west, east = lat - NEAR_DEGREES, lat + NEAR_DEGREES, lon - NEAR_DEGREES, lon + NEAR_DEGREES
    around = Place.objects.filter(kind="settlement", lat__range=(south, north), lon__range=(west, east))
    nearest = min(around.only("lat", "lon", "country"), key=lambda one: kilometres(lat, lon, one.lat, one.lon), default=None)
    return nearest.country if nearest else ""


def as_json(place: Place) -> dict[str, Any]:
    """Return a place as the search box shows it."""
    return {
        "id": place.pk,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "around": ", ".join(part for part in (place.admin2, place.admin1, place.country) if part and part != place.name),
        "population": place.population,
        "lat": place.lat,
        "lon": place.lon,
    }


def _rows(records: Iterable[PlaceRecord]) -> list[Place]:
    return [Place(**row_of(record)) for record in records]


def _with_words(text: str) -> "QuerySet[Place]":
    """Narrow the rows to those that hold the words, by the index on them."""
    stored: Any = Func(F("name"), template="to_tsvector('simple', %(expressions)s)", output_field=SearchVectorField())
    return Place.objects.annotate(words=stored).filter(words=SearchQuery(text, config="simple", search_type="phrase"))
