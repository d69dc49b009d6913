"""How the API writes its rows: plain functions, since an answer has hundreds of them. What they look like: shapes.py, reports.py.

`base` is the desk's address ("https://desk.example").
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from geo import country_names
from incidents import told
from incidents.models import Incident
from incidents.moments import moment
from incidents.stored import Stored
from incidents.told import Json, Library, Told
from incidents.told_articles import ToldArticle

BOUNDS = ("low", "best", "high")
IN_ROLE = ("actor", "name", "role", "origins")


def date_of(row: Any, earliest: str | None, latest: str | None, time: str | None) -> Json:
    """Return the days of an incident, however its row holds them."""
    return {"earliest": earliest, "latest": latest, "precision": row.date_precision, "basis": row.date_basis, "time": time}


def place_of(row: Any, lat: float | None, lon: float | None, radius_km: float | None) -> Json:
    """Return the place of an incident, however its row holds the numbers."""
    return {
        "place_id": row.place_id,
        "name": row.place_name,
        "precision": row.place_precision,
        "country": row.country,
        "country_name": country_names.name_of(row.country) if row.country else "",
        "admin1": row.admin1,
        "lat": lat,
        "lon": lon,
        "radius_km": radius_km,
    }


WRITTEN: dict[str, Callable[[Any], Any]] = {
    "date": lambda row: date_of(
        row,
        row.earliest and row.earliest.isoformat(),
        row.latest and row.latest.isoformat(),
        row.time_of_day and row.time_of_day.isoformat("minutes"),
    ),
    "place": lambda row: place_of(row, row.lat, row.lon, row.radius_km),
    "totals": lambda row: {outcome: {bound: total.get(bound) for bound in BOUNDS} for outcome, total in row.totals.items()},
    "actors": lambda row: [{key: actor[key] for key in IN_ROLE} for actor in row.actors],
    "created_at": lambda row: moment(row.created_at),
    "changed_at": lambda row: moment(row.changed_at),
} | {
    name: attrgetter(name)
    for name in (
        "id", "number", "headline", "type", "family", "stage", "background", "confidence", "article_count", "origin_count",
        "review_status", "version",
    )
}  # fmt: skip


def incident(row: Stored | Incident, base: str, names: Iterable[str]) -> Json:
    """Return these fields of an incident."""
    return {name: f"{base}/incidents/{row.pk}/" if name == "url" else WRITTEN[name](row) for name in names}


def chosen_totals(row: Stored) -> Json:
    """Return the totals with the claim that each best figure follows."""
    bounds = WRITTEN["totals"](row)
    return {outcome: total | {"chosen": row.totals[outcome].get("chosen")} for outcome, total in bounds.items()}


def events(told_of_it: Sequence[Told]) -> list[Json]:
    return [one.shown for one in told_of_it]


def claims(statements: Collection[int], library: Library) -> list[Json]:
    """Return statements, each judged beside everything else that is said of its incident."""
    shown = told.statements(statements, library)
    said = told.of_incidents({count["incident"] for count in shown}, library)
    judged = {count["id"]: judgement for events in said.values() for _, count, judgement in told.judged(events)}
    return [count | told.verdict(judged.get(count["id"])) for count in shown]


def article(row: ToldArticle, base: str, *, with_text: bool) -> Json:
    """Return one article, its text for those alone who may see it."""
    return {
        "id": row.id,
        "external_id": row.external_id,
        "url": row.url,
        "page": f"{base}/articles/{row.id}/",
        "title": row.title,
        "source": row.source,
        "publisher": row.publisher,
        "origin": row.origin,
        "language": row.language,
        "published_on": row.published_on and row.published_on.isoformat(),
        "published_at": row.published_at and moment(row.published_at),
        "retrieved_at": moment(row.retrieved_at),
        "read_at": row.read_at and moment(row.read_at),
        "state": row.state,
        "relevant": row.relevant,
        "extractor": row.extractor,
        "incidents": row.incidents,
        "excerpts": row.excerpts,
        "text": row.text if with_text else None,
    }


def in_the_api(number: int, base: str) -> str:
    """Return the address of an incident in the API."""
    return f"{base}/api/v1/incidents/{number}/"


def narrowed(rows: Iterable[Mapping[str, Any]], wanted: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return the rows with what is wanted of them, everything where that says nothing."""
    return [{name: row[name] for name in row if name in wanted} for row in rows] if wanted else list(rows)
