"""The words of the vocabulary as people write them: types, families, outcomes, stages, precisions. Pure."""

from collections.abc import Sequence
from datetime import date

from incidents.extraction.values import FAMILIES, OUTCOMES

TYPE_NOUNS: dict[str, tuple[str, str]] = {
    "attack": ("attack", "attacks"),
    "armed_clash": ("armed clash", "armed clashes"),
    "shooting": ("shooting", "shootings"),
    "bombing": ("bombing", "bombings"),
    "suicide_bombing": ("suicide bombing", "suicide bombings"),
    "shelling": ("shelling", "shellings"),
    "air_strike": ("air strike", "air strikes"),
    "drone_strike": ("drone strike", "drone strikes"),
    "assassination": ("assassination", "assassinations"),
    "execution": ("execution", "executions"),
    "chemical_attack": ("chemical attack", "chemical attacks"),
    "arson": ("arson attack", "arson attacks"),
    "robbery": ("robbery", "robberies"),
    "sexual_violence": ("sexual violence", "acts of sexual violence"),
    "casualties": ("casualties", "casualty reports"),
    "kidnapping": ("kidnapping", "kidnappings"),
    "hostage_taking": ("hostage-taking", "hostage-takings"),
    "release": ("release of captives", "releases of captives"),
    "escape": ("escape", "escapes"),
    "arrest": ("arrest", "arrests"),
    "recapture": ("recapture", "recaptures"),
    "raid": ("raid", "raids"),
    "weapons_seizure": ("weapons seizure", "weapons seizures"),
    "curfew": ("curfew", "curfews"),
    "deployment": ("deployment", "deployments"),
    "territory_change": ("change of control", "changes of control"),
    "displacement": ("displacement", "displacements"),
    "protest": ("protest", "protests"),
    "riot": ("riot", "riots"),
    "threat": ("threat", "threats"),
    "other": ("incident", "other incidents"),
}
FAMILY_NOUNS = {
    "attack": "attacks",
    "casualties": "casualty reports",
    "captivity": "captivity",
    "operation": "operations",
    "people": "people on the move or in the streets",
    "other": "other incidents",
}
STAGES = ("accomplished", "attempted", "foiled", "threatened", "planned")
ROLES = ("perpetrator", "target", "victim", "security_force", "captive", "unknown")
# From the most to the least precise; `sea` names waters and has no extent of its own, so it ranks with areas.
PLACE_PRECISIONS = ("site", "settlement", "near", "adm2", "adm1", "area", "sea", "country", "none")
DATE_PRECISIONS = ("time", "day", "days", "month", "longer", "upper_bound")
TYPES = tuple(kind for kinds in FAMILIES.values() for kind in kinds)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

__all__ = ["FAMILIES", "OUTCOMES"]  # re-exported beside the words for them


def noun(kind: str) -> str:
    """Return the type in the singular: "suicide bombing"."""
    return TYPE_NOUNS.get(kind, (kind.replace("_", " "), ""))[0]


def plural(kind: str) -> str:
    return TYPE_NOUNS.get(kind, ("", kind.replace("_", " ")))[1]


def label(word: str) -> str:
    """Return any other word of the vocabulary as people write it: "security force"."""
    return word.replace("_", " ")


def listed(words: Sequence[str]) -> str:
    """Return "Syria, Iraq and Lebanon"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def long_period(earliest: date | None, latest: date | None, precision: str) -> str:
    """Return a stretch of days with the month written out: "20–31 January 2022"; "" where no day is known."""
    if earliest is None or latest is None:
        known = earliest or latest
        return "" if known is None else f"{'from' if earliest else 'by'} {_day(known)}"
    if precision == "upper_bound":
        return f"by {_day(latest)}"
    if precision == "month" and (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{MONTHS[latest.month - 1]} {latest.year}"
    if earliest == latest:
        return _day(latest)
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest.day}–{_day(latest)}"
    first = f"{earliest.day} {MONTHS[earliest.month - 1]}" if earliest.year == latest.year else _day(earliest)
    return f"{first} – {_day(latest)}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
