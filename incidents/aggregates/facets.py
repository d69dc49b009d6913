"""How many incidents each value of each filter parameter would leave, under all the other parameters."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from unicodedata import combining, normalize

import numpy as np

from incidents.columns.choosing import Chosen, chosen
from incidents.columns.growing import Codes, Whole
from incidents.columns.tables import Names
from incidents.filters import IncidentFilter
from incidents.vocabulary import OUTCOMES, PLACE_PRECISIONS
from sources.models import Source

OF_KIND = ("family", "type", "stage", "review")
OF_REGION = ("country", "admin1")
MOST = 40  # values of an open vocabulary
LEAST_SURE = ("0.9", "0.7", "0.5")  # confidence, at least; falling
ALONE = ("precision", "placed", "background", "actor", "role", "source", "claimant", "outcome", "confidence")
FACETS = (*OF_KIND, *OF_REGION, *ALONE)
Facet = dict[str, int]


def facets(asked: IncidentFilter) -> dict[str, Facet]:
    """Return parameter -> value -> number of incidents; of open vocabularies the most frequent values, in that order."""
    with chosen(asked.asked) as found:
        counted = found.once("facets", lambda: _all_but_sources(found))
        return counted | _sources(found)


def charted(asked: IncidentFilter) -> dict[str, Facet]:
    """Return those that the desk draws at every change of the filter; all are counted while the picker is open."""
    with chosen(asked.asked) as found:
        return found.once("charted", lambda: _kinds_of(found, ("family", "type")) | _regions(found, ("country",)) | _named(found))


def found_by_name(asked: IncidentFilter, text: str) -> dict[str, Facet]:
    """Return the same of the actors, claimants and sources whose names hold the text, however seldom they are met."""
    with chosen(asked.asked) as found:
        return _named(found, text) | _sources(found, text)


def _named(found: Chosen, text: str = "") -> dict[str, Facet]:
    return _casts(found, ("actor",), text) | _claimants(found, text)


def _all_but_sources(found: Chosen) -> dict[str, Facet]:
    """Return what the copy alone tells; the names of sources are the database's."""
    return _kinds(found) | _regions(found) | _casts(found) | _claimants(found) | _tolls(found) | _sure(found)


def breakdown(asked: IncidentFilter) -> dict[str, Facet]:
    """Return family, type and country -> value -> number of the incidents under the whole filter."""
    with chosen(asked.asked) as found:
        kinds, regions = found.held.tables.kind, found.held.tables.region
        by_kind, by_region = found.counts("kind"), found.counts("region")
        counted = {name: _counted(kinds.names[name], kinds.values[name].values, by_kind) for name in ("family", "type")}
        return counted | {"country": _counted(regions.names["country"], regions.values["country"].values, by_region)}


def folded(text: str) -> str:
    """Return the text without case and accents, as it is compared when a name is looked for."""
    return "".join(letter for letter in normalize("NFD", text.casefold()) if not combining(letter))


def _kinds_of(found: Chosen, fields: Sequence[str]) -> dict[str, Facet]:
    kinds = found.held.tables.kind
    return {
        field: _counted(kinds.names[field], kinds.values[field].values, found.counts("kind", but=(field,))) for field in fields
    }


def _kinds(found: Chosen) -> dict[str, Facet]:
    precision, placed, background = _kinds_of(found, ("precision", "placed", "background")).values()
    cumulative = accumulate(precision.get(value, 0) for value in PLACE_PRECISIONS)  # known at least so well
    yes, no, news, history = placed.get("1", 0), placed.get("0", 0), background.get("0", 0), background.get("1", 0)
    return _kinds_of(found, OF_KIND) | {
        "precision": dict(zip(PLACE_PRECISIONS, cumulative, strict=True)),
        "placed": {"yes": yes, "no": no, "": yes + no},
        "background": {"": news, "1": news + history, "only": history},
    }


def _regions(found: Chosen, fields: Sequence[str] = OF_REGION) -> dict[str, Facet]:
    regions = found.held.tables.region
    return {
        name: _counted(regions.names[name], regions.values[name].values, found.counts("region", but=(name,))) for name in fields
    }


def _counted(names: Names, values: Codes, counts: Whole) -> Facet:
    """Add up the counts of distinct values by one part of theirs; "" is left out."""
    return _ranked(names.words, np.bincount(values, counts, len(names.words)).astype(np.int64))


def _ranked(words: list[str], counts: Whole, most: int | None = None, text: str = "") -> Facet:
    present = [(words[number], int(counts[number])) for number in np.flatnonzero(counts).tolist() if words[number]]
    present = [item for item in present if folded(text) in folded(item[0])] if text else present
    return dict(sorted(present, key=lambda item: (-item[1], item[0]))[:most])


def _casts(found: Chosen, fields: Sequence[str] = ("actor", "role"), text: str = "") -> dict[str, Facet]:
    """Count in the lists of actors, each incident once a value."""
    casts = found.held.tables.cast
    parts = {"actor": (casts.of_names, casts.names), "role": (casts.of_roles, casts.roles)}
    return {
        name: _ranked(names.words, sets.counted(found.counts("cast", but=(name,)), len(names.words)), MOST, text)
        for name, (sets, names) in parts.items()
        if name in fields
    }


def _claimants(found: Chosen, text: str = "") -> dict[str, Facet]:
    lists = found.held.tables.claimant
    counts = lists.of.counted(found.counts("claimant", but=("claimant",)), len(lists.names.words))
    return {"claimant": _ranked(lists.names.words, counts, MOST, text)}


def _tolls(found: Chosen) -> dict[str, Facet]:
    """Count for each outcome the incidents with at least as many people as the filter asks for; one where it asks for none."""
    toll, least = found.held.tables.toll, found.asked["min"]
    counts = found.counts("toll", but=("outcome", "min"))
    enough = {outcome: toll.known(outcome) >= (1 if least is None else least) for outcome in OUTCOMES}
    return {"outcome": {outcome: n for outcome, mask in enough.items() if (n := int(counts[mask].sum()))}}


def _sure(found: Chosen) -> dict[str, Facet]:
    """Count what is at least so sure; "" asks for nothing."""
    counts, number = found.counts("confidence", but=("confidence",)), found.held.tables.confidence.number.values
    return {"confidence": {"": int(counts.sum())} | {least: int(counts[number >= float(least)].sum()) for least in LEAST_SURE}}


def _sources(found: Chosen, text: str = "") -> dict[str, Facet]:
    lists = found.held.tables.source
    counts = lists.of.counted(found.counts("source", but=("source",)), len(lists.names.words))
    by_number = {int(lists.names.words[number]): int(counts[number]) for number in np.flatnonzero(counts).tolist()}
    names: Mapping[int, str] = dict(Source.objects.filter(pk__in=by_number).values_list("pk", "name"))
    named = [(names[number], n) for number, n in by_number.items() if number in names and folded(text) in folded(names[number])]
    return {"source": dict(sorted(named, key=lambda item: (-item[1], item[0]))[:MOST])}
