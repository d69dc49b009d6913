"""The columns of the flat formats (CSV, XLSX, Parquet, GeoJSON's and KML's properties), each with what it means."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from geo import country_names
from incidents.exports.cells import READ, Kind, iso_time, true_or_false
from incidents.exports.formulas import RISKY, neutralised
from incidents.exports.rows import Fetched
from incidents.extraction.values import OUTCOMES

BOUNDS = {"low": "lowest figure stated", "best": "best figure by the desk's written rule", "high": "highest figure stated"}
ROLES = {
    "perpetrator": "perpetrators", "target": "targets", "victim": "victims", "security_force": "security_forces",
    "captive": "captives", "unknown": "other_actors",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, kind, meaning and HXL tag."""

    name: str
    kind: Kind
    words: str
    hxl: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and the function that gives a row's values in their order, text as the database writes it; None is not known.

    One function for all of them: a million rows have seventy million values, and a call for each takes minutes.
    """

    columns: tuple[Column, ...]
    values: Callable[[Fetched], list[Any]]


def _outcome(outcome: str) -> list[Column]:
    tag = {"wounded": "injured", "participants": "participating"}.get(outcome, outcome)
    marks = {"low": "min", "best": "best", "high": "max"}
    return [
        Column(
            f"{outcome}_{bound}",
            "whole",
            f"People {outcome.replace('participants', 'taking part')}: {words}. Empty: not stated; 0: stated to be none.",
            f"#affected+{tag}+{marks[bound]}",
        )
        for bound, words in BOUNDS.items()
    ]


def _role(role: str, name: str) -> Column:
    words = f"Actors in the role “{role.replace('_', ' ')}”, with the most independent origins first, parted by semicolons."
    return Column(name, "text", words, f"#org+{role}+list")


def country_name(row: Fetched) -> str:
    return country_names.name_of(row.country) if row.country else ""


COLUMNS: tuple[Column, ...] = (
    Column("id", "whole", "The incident's number; it never changes.", "#event+id"),
    Column("number", "code", "The name people use for it.", "#event+code"),
    Column("url", "code", "Its page, with every claim and the sentence it was read from.", "#event+url"),
    Column("headline", "text", "What happened, in a line.", "#event+name"),
    Column("type", "code", "Type of event (the desk's vocabulary).", "#event+type"),
    Column("family", "code", "Family of types.", "#event+category"),
    Column(
        "stage", "code", "accomplished, attempted, foiled, threatened or planned.", "#event+status+stage"),
    Column("background", "yes_no", "Told only in passing, as history.", "#event+background"),
    Column("confidence", "number", "How sure the reading is, 0 to 1.", "#indicator+confidence"),
    Column("earliest", "day", "First day it may have happened. Empty: open.", "#date+start"),
    Column("latest", "day", "Last day it may have happened. Empty: open.", "#date+end"),
    Column(
        "date_precision", "code", "time, day, days (2–7), month, longer, upper_bound; empty: no date is known.",
        "#date+precision",
    ),
    Column(
        "date_basis", "code", "stated, relative, published (nothing stated: the publication date stands in) or editor.",
        "#date+basis",
    ),
    Column("time_of_day", "text", "Where an hour is stated, by the clocks of the place: 18:40. Empty: none is.", "#date+time"),
    Column("place_id", "text", "The place in the gazetteer.", "#loc+code"),
    Column("place_name", "text", "The place, as it is known.", "#loc+name"),
    Column(
        "place_precision", "code", "site, settlement, near, adm2, adm1, area, sea, country or none: coordinates mean no more.",
        "#loc+precision",
    ),
    Column("country", "code", "ISO 3166-1 alpha-2 code.", "#country+code+v_iso2"),
    Column("country_name", "text", "The country in English.", "#country+name"),
    Column("admin1", "text", "Province.", "#adm1+name"),
    Column("lat", "number", "Latitude in degrees (WGS 84). Empty: no point is known.", "#geo+lat"),
    Column("lon", "number", "Longitude in degrees (WGS 84).", "#geo+lon"),
    Column("radius_km", "number", "It lies within so many kilometres of the point.", "#geo+radius"),
    *(column for outcome in OUTCOMES for column in _outcome(outcome)),
    *(_role(role, name) for role, name in ROLES.items()),
    Column("article_count", "whole", "Articles that report it.", "#meta+articles+num"),
    Column("origin_count", "whole", "Independent origins among them.", "#meta+origins+num"),
    Column("sources", "text", "Who published those articles.", "#meta+source"),
    Column("review_status", "code", "unreviewed, needed or reviewed.", "#status+review"),
    Column("version", "whole", "The change log's number of its last change.", "#meta+version"),
    Column("created_at", "time", "When the desk first had it.", "#date+created"),
    Column("changed_at", "time", "When it last changed.", "#date+updated"),
)  # fmt: skip


NOBODY: list[str] = [""] * len(ROLES)
NOT_STATED: tuple[None, ...] = (None,) * len(BOUNDS)


def _parties(actors: list[dict[str, Any]]) -> list[str]:
    """Return the names in each role, in the order of ROLES."""
    if not actors:
        return NOBODY
    named: dict[str, list[str]] = {role: [] for role in ROLES}
    for actor in actors:
        named[actor["role"] if actor["role"] in named else "unknown"].append(actor["name"])
    return ["; ".join(names) for names in named.values()]


def _figures(totals: dict[str, dict[str, Any]]) -> list[int | None]:
    """Return low, best and high of each outcome, in the order of OUTCOMES."""
    figures: list[int | None] = []
    for outcome in OUTCOMES:
        total = totals.get(outcome)
        figures += (total.get("low"), total.get("best"), total.get("high")) if total else NOT_STATED
    return figures


def _values(row: Fetched) -> list[Any]:
    return [
        row.id, row.number, row.url, row.headline, row.type, row.family, row.stage, row.background, row.confidence, row.earliest,
        row.latest, row.date_precision, row.date_basis, (row.time_of_day or "")[:5], row.place_id or "", row.place_name,
        row.place_precision, row.country,
        country_name(row), row.admin1, row.lat, row.lon, row.radius_km, *_figures(row.totals), *_parties(row.actors),
        row.article_count, row.origin_count, row.sources, row.review_status, row.version, row.created_at,
        row.changed_at,
    ]  # fmt: skip


INCIDENTS = Table(COLUMNS, _values)


def lines(table: Table, rows: Iterable[Fetched]) -> Iterable[list[Any]]:
    """Yield each row as cells for a CSV writer: formulas neutralised, numbers as they are, days and times in ISO form."""
    at = {kind: [n for n, column in enumerate(table.columns) if column.kind == kind] for kind in ("text", "time", "yes_no")}
    for row in rows:
        cells = table.values(row)
        for n in at["text"]:
            if cells[n][:1] in RISKY:
                cells[n] = neutralised(cells[n])
        for n in at["time"]:
            cells[n] = iso_time(cells[n])
        for n in at["yes_no"]:
            cells[n] = true_or_false(cells[n])
        yield cells


def plain(table: Table, row: Fetched) -> dict[str, Any]:
    """Return a row as plain JSON values: null is not known."""
    values = zip(table.columns, typed(table, row), strict=True)
    return {
        column.name: value.isoformat() if value is not None and column.kind in ("day", "time") else value
        for column, value in values
    }


def typed(table: Table, row: Fetched) -> list[Any]:
    """Return a row's values as what they are: numbers, days, times, yes or no; None is not known."""
    values = zip(table.columns, table.values(row), strict=True)
    return [value if value is None else READ[column.kind](value) for column, value in values]
