"""A CSV in the shape of UCDP's Georeferenced Event Dataset, for programs that read that: our incidents, none of UCDP's data.

GED holds events with at least one death by organised violence; what is none of that has no type of violence, quality "none".
"""

from collections.abc import Iterable, Iterator
from datetime import date

from incidents.exports.about import About
from incidents.exports.columns import Column, country_name
from incidents.exports.csv_file import table
from incidents.exports.mapping import Mapped, quality, reasons
from incidents.exports.rows import Fetched

STATE, NON_STATE, ONE_SIDED = "1", "2", "3"
CLASHES = ("armed_clash", "territory_change")
HEAVY = ("shelling", "air_strike", "drone_strike")  # as a rule, a state has these
ON_PEOPLE = (
    "attack", "shooting", "bombing", "suicide_bombing", "assassination", "execution", "chemical_attack", "arson",
    "sexual_violence", "kidnapping", "hostage_taking", "raid",
)  # fmt: skip
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


def _parts(row: Fetched) -> list[Mapped]:
    return [_violence(row), _when(row), _where(row)]


def _code(row: Fetched) -> str:
    return _violence(row).code


def _place(row: Fetched) -> str:
    return _where(row).code


def _district(row: Fetched) -> str:
    return row.place_name if row.place_precision == "adm2" else ""


def _high(row: Fetched) -> int | None:
    return row.total("killed").get("high")


def _quality(row: Fetched) -> str:
    return quality(_parts(row))


def _reasons(row: Fetched) -> str:
    return reasons(_parts(row))


def _side_b(row: Fetched) -> str:
    return (
        row.named("target") or row.named("victim") or row.named("captive") or ("Civilians" if _violence(row).code == "3" else "")
    )


def _side_a(row: Fetched) -> str:
    return row.named("perpetrator") or row.named("security_force")


def _clarity(row: Fetched) -> int:
    return 1 if row.date_precision in ("time", "day", "days") else 2


def _start(row: Fetched) -> date | None:
    return row.earliest or row.latest


def _end(row: Fetched) -> date | None:
    return row.latest or row.earliest


def _year(row: Fetched) -> int | None:
    day = _start(row)
    return day.year if day else None


COLUMNS: tuple[Column, ...] = (
    Column("id", "whole", "Our number, not UCDP's.", "", lambda row: row.id),
    Column("relid", "text", "Our number as people say it.", "", lambda row: row.number),
    Column("year", "whole", "Of date_start.", "", _year),
    Column("type_of_violence", "text", "1 state-based, 2 non-state, 3 one-sided; empty: none.", "", _code),
    Column("side_a", "text", "Perpetrator, else security force.", "", _side_a),
    Column("side_b", "text", "Target, victim or captive.", "", _side_b),
    Column("number_of_sources", "whole", "Independent origins.", "", lambda row: row.origin_count),
    Column("source_article", "text", "Our page, which names every article.", "", lambda row: row.url),
    Column("source_office", "text", "Sources.", "", lambda row: "; ".join(row.sources)),
    Column("source_headline", "text", "Our headline.", "", lambda row: row.headline),
    Column("where_prec", "text", "1 exact, 2 near, 3 district, 4 province, 5 area, 6 country, 7 sea.", "", _place),
    Column("where_coordinates", "text", "Place.", "", lambda row: row.place_name),
    Column("adm_1", "text", "Province.", "", lambda row: row.admin1),
    Column("adm_2", "text", "District, where the place is one.", "", _district),
    Column("latitude", "number", "Degrees; empty where no point is known.", "", lambda row: row.lat),
    Column("longitude", "number", "Degrees.", "", lambda row: row.lon),
    Column("country", "text", "Country.", "", country_name),
    Column("event_clarity", "whole", "1 a single event, 2 dated too coarsely to tell.", "", _clarity),
    Column("date_prec", "text", "1 day, 2 days, 4 month, 5 longer.", "", lambda row: _when(row).code),
    Column("date_start", "day", "First day.", "", _start),
    Column("date_end", "day", "Last day.", "", _end),
    Column("deaths_unknown", "whole", "All deaths: they are not split by side.", "", _best),
    Column("best", "whole", "Best figure, else the lowest stated. Empty: not stated.", "", _best),
    Column("high", "whole", "Highest figure. Empty: open.", "", _high),
    Column("low", "whole", "Lowest figure.", "", lambda row: row.total("killed").get("low")),
    Column("mapping_quality", "text", "exact, near or none: the worst of type, date and place.", "", _quality),
    Column("mapping_notes", "text", "What is not exact.", "", _reasons),
    Column("type", "text", "Our type.", "", lambda row: row.type),
)  # fmt: skip


def write_ged(rows: Iterable[Fetched], _about: About) -> Iterator[bytes]:
    return table(COLUMNS, rows)
