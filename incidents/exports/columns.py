"""The columns of the flat formats (CSV, XLSX, Parquet, GeoJSON's and KML's properties), each with what it means."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from geo import country_names
from incidents.exports.formulas import neutralised
from incidents.exports.rows import Fetched
from incidents.extraction.values import OUTCOMES

Kind = Literal["text", "whole", "number", "day", "time", "yes_no"]
BOUNDS = {"low": "lowest figure stated", "best": "best figure by the desk's written rule", "high": "highest figure stated"}
ROLES = {
    "perpetrator": "perpetrators", "target": "targets", "victim": "victims", "security_force": "security_forces",
    "captive": "captives", "unknown": "other_actors",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, kind, meaning, HXL tag, and how a row's value is read; None is not known."""

    name: str
    kind: Kind
    words: str
    hxl: str
    value: Callable[[Fetched], Any]


def _total(outcome: str, bound: str) -> Callable[[Fetched], int | None]:
    def value(row: Fetched) -> int | None:
        total = row.totals.get(outcome)
        return total.get(bound) if total else None

    return value


def _outcome(outcome: str) -> list[Column]:
    tag = {"wounded": "injured", "participants": "participating"}.get(outcome, outcome)
    marks = {"low": "min", "best": "best", "high": "max"}
    return [
        Column(
            f"{outcome}_{bound}",
            "whole",
            f"People {outcome.replace('participants', 'taking part')}: {words}. Empty: not stated; 0: stated to be none.",
            f"#affected+{tag}+{marks[bound]}",
            _total(outcome, bound),
        )
        for bound, words in BOUNDS.items()
    ]


def _role(role: str, name: str) -> Column:
    words = f"Actors in the role “{role.replace('_', ' ')}”, with the most independent origins first, parted by semicolons."
    return Column(name, "text", words, f"#org+{role}+list", lambda row: row.named(role))


def country_name(row: Fetched) -> str:
    return country_names.name_of(row.country) if row.country else ""


COLUMNS: tuple[Column, ...] = (
    Column("id", "whole", "The incident's number; it never changes.", "#event+id", lambda row: row.id),
    Column("number", "text", "The name people use for it.", "#event+code", lambda row: row.number),
    Column("url", "text", "Its page, with every claim and the sentence it was read from.", "#event+url", lambda row: row.url),
    Column("headline", "text", "What happened, in a line.", "#event+name", lambda row: row.headline),
    Column("type", "text", "Type of event (the desk's vocabulary).", "#event+type", lambda row: row.type),
    Column("family", "text", "Family of types.", "#event+category", lambda row: row.family),
    Column(
        "stage", "text", "accomplished, attempted, foiled, threatened or planned.", "#event+status+stage", lambda row: row.stage
    ),
    Column("background", "yes_no", "Told only in passing, as history.", "#event+background", lambda row: row.background),
    Column("confidence", "number", "How sure the reading is, 0 to 1.", "#indicator+confidence", lambda row: row.confidence),
    Column("earliest", "day", "First day it may have happened. Empty: open.", "#date+start", lambda row: row.earliest),
    Column("latest", "day", "Last day it may have happened. Empty: open.", "#date+end", lambda row: row.latest),
    Column(
        "date_precision", "text", "time, day, days (2–7), month, longer, upper_bound; empty: no date is known.",
        "#date+precision", lambda row: row.date_precision,
    ),
    Column(
        "date_basis", "text", "stated, relative, published (nothing stated: the publication date stands in) or editor.",
        "#date+basis", lambda row: row.date_basis,
    ),
    Column("place_id", "text", "The place in the gazetteer.", "#loc+code", lambda row: row.place_id or ""),
    Column("place_name", "text", "The place, as it is known.", "#loc+name", lambda row: row.place_name),
    Column(
        "place_precision", "text", "site, settlement, near, adm2, adm1, area, sea, country or none: coordinates mean no more.",
        "#loc+precision", lambda row: row.place_precision,
    ),
    Column("country", "text", "ISO 3166-1 alpha-2 code.", "#country+code+v_iso2", lambda row: row.country),
    Column("country_name", "text", "The country in English.", "#country+name", country_name),
    Column("admin1", "text", "Province.", "#adm1+name", lambda row: row.admin1),
    Column("lat", "number", "Latitude in degrees (WGS 84). Empty: no point is known.", "#geo+lat", lambda row: row.lat),
    Column("lon", "number", "Longitude in degrees (WGS 84).", "#geo+lon", lambda row: row.lon),
    Column("radius_km", "number", "It lies within so many kilometres of the point.", "#geo+radius", lambda row: row.radius_km),
    *(column for outcome in OUTCOMES for column in _outcome(outcome)),
    *(_role(role, name) for role, name in ROLES.items()),
    Column("article_count", "whole", "Articles that report it.", "#meta+articles+num", lambda row: row.article_count),
    Column("origin_count", "whole", "Independent origins among them.", "#meta+origins+num", lambda row: row.origin_count),
    Column("sources", "text", "Who published those articles.", "#meta+source", lambda row: "; ".join(row.sources)),
    Column("review_status", "text", "unreviewed, needed or reviewed.", "#status+review", lambda row: row.review_status),
    Column("version", "whole", "The change log's number of its last change.", "#meta+version", lambda row: row.version),
    Column("created_at", "time", "When the desk first had it.", "#date+created", lambda row: row.created_at),
    Column("changed_at", "time", "When it last changed.", "#date+updated", lambda row: row.changed_at),
)  # fmt: skip


def _written(column: Column) -> Callable[[Fetched], Any]:
    """Return how a row's value is written into a text file's cell."""
    value = column.value
    match column.kind:
        case "text":
            return lambda row: neutralised(value(row))
        case "time":
            return lambda row: value(row).isoformat(timespec="seconds")
        case "yes_no":
            return lambda row: "true" if value(row) else "false"
        case _:
            return value


def lines(columns: Iterable[Column], rows: Iterable[Fetched]) -> Iterable[list[Any]]:
    """Yield each row as cells for a CSV writer: formulas neutralised, numbers left numbers, days in ISO form."""
    writers = [_written(column) for column in columns]
    return ([write(row) for write in writers] for row in rows)


def plain(columns: Iterable[Column], row: Fetched) -> dict[str, Any]:
    """Return a row as plain JSON values: null is not known."""
    values = ((column, column.value(row)) for column in columns)
    return {
        column.name: value.isoformat() if value is not None and column.kind in ("day", "time") else value
        for column, value in values
    }
