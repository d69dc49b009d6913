"""An incident's headline, built from its fields alone. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from incidents.consensus import When, Where
from incidents.vocabulary import long_period, noun

LONGEST = 300
# What is counted first in the headline of each type; killed and wounded follow in every case.
LEADING_OUTCOME = {
    "kidnapping": "abducted", "hostage_taking": "abducted", "release": "released", "escape": "escaped", "arrest": "captured",
    "recapture": "recaptured", "displacement": "displaced", "protest": "participants", "riot": "participants", "raid": "captured",
}  # fmt: skip
STAGE_WORDS = {"attempted": "Attempted", "foiled": "Foiled", "threatened": "Threatened", "planned": "Planned"}
PREPOSITIONS = {"site": "at", "near": "near"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A total with the word it was stated with ("nearly"), where it follows one statement."""

    low: int | None
    best: int | None
    high: int | None
    quantifier: str = ""


def headline(
    *, kind: str, stage: str, when: When | None, where: Where | None, country_name: str, totals: Mapping[str, Figure]
) -> str:
    """Return "Prison break in Hasakah, Syria: nearly 500 killed, 20–31 January 2022"; what is not known is left out."""
    title = " ".join(part for part in (_what(kind, stage), _place(where, country_name)) if part)
    facts = [*_tolls(kind, totals), *_period(when)]
    text = f"{title}: {', '.join(facts)}" if facts else title
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def brief(headline: str, when: When | None) -> str:
    """Return a built headline without its days and its killed, where both stand beside it."""
    title, colon, facts = headline.rpartition(": ")
    kept = [fact for fact in facts.split(", ") if fact not in _period(when) and not fact.endswith(" killed")]
    return headline if not colon else f"{title}: {', '.join(kept)}" if kept else title


def _what(kind: str, stage: str) -> str:
    word = noun(kind)
    if stage in STAGE_WORDS and kind != "threat":
        return f"{STAGE_WORDS[stage]} {word}"
    return word[0].upper() + word[1:]


def _place(where: Where | None, country_name: str) -> str:
    if where is None or where.precision == "none":
        return f"in {country_name}" if country_name else ""
    if where.precision == "country":
        return f"in {country_name or where.name}"
    around = f", {country_name}" if country_name and country_name != where.name else ""
    return f"{PREPOSITIONS.get(where.precision, 'in')} {where.name}{around}"


def _tolls(kind: str, totals: Mapping[str, Figure]) -> list[str]:
    wanted = dict.fromkeys([*([LEADING_OUTCOME[kind]] if kind in LEADING_OUTCOME else []), "killed", "wounded"])
    return [words for outcome in wanted if outcome in totals and (words := _toll(outcome, totals[outcome]))][:2]


def _toll(outcome: str, figure: Figure) -> str:
    number = _number(figure)
    if not number or figure.high == 0:
        return ""  # "no one killed" is a fact for the page, not for a headline
    people = "person" if number == "1" else "people"
    return f"{number} {people} taking part" if outcome == "participants" else f"{number} {outcome}"


def _number(figure: Figure) -> str:
    low, best, high = figure.low, figure.best, figure.high
    if low is not None and high is not None and low != high and (best is None or low < best or not figure.quantifier):
        return f"{low:,}–{high:,}"
    if best is not None:
        word = figure.quantifier or ("at least" if high is None and low == best else "")
        return f"{word} {best:,}".strip()
    if low is not None:
        return f"at least {low:,}"
    return f"at most {high:,}" if high is not None else ""


def _period(when: When | None) -> list[str]:
    words = long_period(when.earliest, when.latest, when.precision) if when else ""
    return [words] if words else []


def figures(totals: Mapping[str, Mapping[str, Any]], quantifiers: Mapping[str, str]) -> dict[str, Figure]:
    """Return stored totals as figures, each with the quantifier of the statement it follows."""
    return {
        outcome: Figure(total.get("low"), total.get("best"), total.get("high"), quantifiers.get(outcome, ""))
        for outcome, total in totals.items()
    }
