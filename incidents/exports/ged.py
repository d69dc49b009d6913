"""A CSV in the shape of UCDP's Georeferenced Event Dataset, for programs that read that: our incidents, none of UCDP's data.

GED holds events with at least one death by organised violence; what is none of that has no type of violence, quality "none".
"""

from collections.abc import Iterable, Iterator
from typing import Any

from incidents.exports.about import About
from incidents.exports.columns import Column, Table, country_name
from incidents.exports.csv_file import as_csv
from incidents.exports.mapping import Mapped, quality, reasons
from incidents.exports.rows import Fetched

STATE, NON_STATE, ONE_SIDED = "1", "2", "3"
CLASHES = ("armed_clash", "territory_change")
HEAVY = ("shelling", "air_strike", "drone_strike")  # as a rule, a state has these
ON_PEOPLE = (
    "attack", "shooting", "bombing", "suicide_bombing", "assassination", "execution", "chemical_attack", "arson",
    "sexual_violence", "kidnapping", "hostage_taking", "raid",
)  # fmt: skip
EMPTY = (None,) * 5
DATE = {"time": "1", "day": "1", "days": "2", "month": "4", "longer": "5"}
PLACE = {
    "site": "1", "settlement": "1", "near": "2", "adm2": "3", "adm1": "4", "area": "5", "country": "6", "sea": "7",
}  # fmt: skip


def _best(row: Fetched) -> int | None:
    total = row.total("killed")
    return total.get("best") if total.get("best") is not None else total.get("low")


def _violence(row: Fetched) -> Mapped:
    """Return the type of violence: 1 state-based, 2 non-state, 3 one-sided."""
    if row.stage != "accomplished":
        return Mapped("", "none", f"{row.stage}: not coded")
    if not _best(row):
        return Mapped("", "none", "no death stated")
    forces = bool(row.named("security_force"))
    if row.type in CLASHES:
        if forces and row.named("perpetrator"):
            return Mapped(STATE)
        return Mapped(STATE if forces else NON_STATE, "near", "sides not fully known")
    if row.type in HEAVY:
        return Mapped(STATE, "near", f"{row.type}: taken for state-based")
    if row.type in ON_PEOPLE:
        return Mapped(STATE if forces else ONE_SIDED, "near", "type of violence inferred from the actors")
    return Mapped("", "none", f"{row.type}: no organised violence")


def _when(row: Fetched) -> Mapped:
    if row.date_precision in DATE:
        near = row.date_precision in ("month", "days")  # GED's 2 and 3 part days from a week, by the codebook
        return Mapped(DATE[row.date_precision], "near" if near else "exact", f"{row.date_precision}: nearest" if near else "")
    if row.earliest is None and row.latest is None:
        return Mapped("", "none", "no date")
    return Mapped("5", "near", f"{row.date_precision or 'open date'}: no such precision")


def _where(row: Fetched) -> Mapped:
    if row.place_precision in PLACE:
        return Mapped(PLACE[row.place_precision])
    return Mapped("", "none", "no place")


def _sides(row: Fetched, violence: str) -> tuple[str, str]:
    """Return who did it and to whom."""
    side_b = row.named("target") or row.named("victim") or row.named("captive")
    return row.named("perpetrator") or row.named("security_force"), side_b or ("Civilians" if violence == ONE_SIDED else "")


def _unknown(*names: str) -> list[Column]:
    """Columns of GED's own that stay empty: ids and notes that nobody here gives."""
    return [Column(name, "code", "Not known here.") for name in names]


def _grid(row: Fetched) -> tuple[str | None, int | None]:
    """Return the point as well-known text, and its cell of PRIO-GRID: half degrees, counted from the south-west."""
    if row.lat is None or row.lon is None:
        return None, None
    south, west = min(int((float(row.lat) + 90) * 2), 359), int((float(row.lon) + 180) * 2) % 720
    return f"POINT ({row.lon} {row.lat})", south * 720 + west + 1


COLUMNS: tuple[Column, ...] = (
    Column("id", "whole", "Our number, not UCDP's."),
    Column("relid", "code", "Our number as people say it."),
    Column("year", "whole", "Of date_start."),
    *_unknown("active_year", "code_status"),
    Column("type_of_violence", "code", "1 state-based, 2 non-state, 3 one-sided; empty: none."),
    *_unknown("conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id"),
    Column("dyad_name", "text", "Both sides; empty where one is not known."),
    *_unknown("side_a_dset_id", "side_a_new_id"),
    Column("side_a", "text", "Perpetrator, else security force."),
    *_unknown("side_b_dset_id", "side_b_new_id"),
    Column("side_b", "text", "Target, victim or captive."),
    Column("number_of_sources", "whole", "Independent origins."),
    Column("source_article", "code", "Our page, which names every article."),
    Column("source_office", "text", "Sources."),
    *_unknown("source_date"),
    Column("source_headline", "text", "Our headline."),
    *_unknown("source_original"),
    Column("where_prec", "code", "1 exact, 2 near, 3 district, 4 province, 5 area, 6 country, 7 sea."),
    Column("where_coordinates", "text", "Place."),
    *_unknown("where_description"),
    Column("adm_1", "text", "Province."),
    Column("adm_2", "text", "District, where the place is one."),
    Column("latitude", "number", "Degrees; empty where no point is known."),
    Column("longitude", "number", "Degrees."),
    Column("geom_wkt", "code", "The point."),
    Column("priogrid_gid", "whole", "Its cell of PRIO-GRID."),
    Column("country", "text", "Country."),
    *_unknown("country_id", "region"),
    Column("event_clarity", "whole", "1 a single event, 2 dated too coarsely to tell."),
    Column("date_prec", "code", "1 day, 2 days, 4 month, 5 longer."),
    Column("date_start", "day", "First day."),
    Column("date_end", "day", "Last day."),
    *_unknown("deaths_a", "deaths_b", "deaths_civilians"),
    Column("deaths_unknown", "whole", "All deaths: they are not split by side."),
    Column("best", "whole", "Best figure, else the lowest stated. Empty: not stated."),
    Column("high", "whole", "Highest figure. Empty: open."),
    Column("low", "whole", "Lowest figure."),
    *_unknown("gwnoa", "gwnob"),
    Column("mapping_quality", "code", "exact, near or none: the worst of type, date and place."),
    Column("mapping_notes", "text", "What is not exact."),
    Column("type", "code", "Our type."),
)  # fmt: skip


def _values(row: Fetched) -> list[Any]:
    violence, when, where = _violence(row), _when(row), _where(row)
    parts = (violence, when, where)
    start, end = row.earliest or row.latest, row.latest or row.earliest
    killed, best = row.total("killed"), _best(row)
    sides = _sides(row, violence.code)
    return [
        row.id, row.number, start[:4] if start else None, *EMPTY[:2], violence.code, *EMPTY[:5],
        " - ".join(sides) if all(sides) else "", *EMPTY[:2], sides[0], *EMPTY[:2], sides[1], row.origin_count, row.url,
        row.sources, None, row.headline, None, where.code, row.place_name, None, row.admin1,
        row.place_name if row.place_precision == "adm2" else "", row.lat, row.lon, *_grid(row), country_name(row), *EMPTY[:2],
        1 if row.date_precision in ("time", "day", "days") else 2, when.code, start, end, *EMPTY[:3], best, best,
        killed.get("high"), killed.get("low"), *EMPTY[:2], quality(parts), reasons(parts), row.type,
    ]  # fmt: skip


TABLE = Table(COLUMNS, _values)


def write_ged(rows: Iterable[Fetched], _about: About) -> Iterator[bytes]:
    return as_csv(TABLE, rows)
