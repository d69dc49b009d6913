"""The filter in plain words: one sentence, and chips that can be taken away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geo import country_names
from incidents.pages import words as values
from incidents.vocabulary import FAMILY_NOUNS
from sources.models import Source

if TYPE_CHECKING:
    from incidents.columns.summing import Sums

GROUPS = (("since", "until"), ("outcome", "min"))  # parameters that make one chip together


class Numbers:
    """What a filter's incidents come to, in words: "12 incidents, 96–131 killed"."""

    def __init__(self, sums: "Sums") -> None:
        self.incidents, self.killed_low, self.killed_high = sums.incidents, sums.killed_low, sums.killed_high
        self.open_end, self.without_toll = sums.open_end, sums.without_toll

    def __str__(self) -> str:
        words = ngettext("%(n)s incident", "%(n)s incidents", self.incidents) % {"n": values.figure(self.incidents)}
        if self.incidents == self.without_toll:
            return words + (_(", no toll stated") if self.incidents else "")
        killed = values.between(self.killed_low, self.killed_high) + (_(" or more") if self.open_end else "")
        words += _(", %(killed)s killed") % {"killed": killed}
        return words + (_("; %(n)s with no toll") % {"n": values.figure(self.without_toll)} if self.without_toll else "")


@dataclass(frozen=True, slots=True)
class Chip:
    """One active part of the filter; `query` is the query string without it."""

    name: str
    label: str
    value: str
    query: str


def sentence(asked: dict[str, Any]) -> str:
    """Return what is asked for: "Bombings in Syria, 1–31 Jan 2022, at least 5 killed"."""
    head = " ".join(part for part in (_what(asked), _where(asked)) if part)
    return ", ".join([head[:1].upper() + head[1:], *_rest(asked)])


def _what(asked: dict[str, Any]) -> str:
    kinds = [values.plural(kind) for kind in asked["type"]] or [_(FAMILY_NOUNS[family]) for family in asked["family"]]
    return values.listed(kinds) if kinds else _("everything")


def _where(asked: dict[str, Any]) -> str:
    names = asked["admin1"] or [country_names.in_words(code) for code in asked["country"]]
    parts = [_("in %s") % values.listed(names)] if names else []
    if asked["admin1"] and asked["country"]:
        parts.append(f"({values.listed([country_names.name_of(code) for code in asked['country']])})")
    if asked["near"]:
        parts.append(_("within %(km)g km of %(lat)g, %(lon)g") % _point(asked))
    if asked["bbox"]:
        parts.append(_("in the chosen part of the map"))
    return " ".join(parts)


def _point(asked: dict[str, Any]) -> dict[str, float]:
    return {"km": asked["near"].km, "lat": asked["near"].lat, "lon": asked["near"].lon}


def _rest(asked: dict[str, Any]) -> list[str]:
    found = [_when(asked)] if asked["since"] or asked["until"] else []
    found += [PHRASES[name](asked) for name in PHRASES if asked[name] not in (None, "", [])]
    if asked["min"] is not None and not asked["outcome"]:
        found.append(_toll(asked))
    if asked["role"] and not asked["actor"]:
        found.append(
            _("with a %s") % values.label(asked["role"]) if asked["role"] != "unknown" else _("with an actor of unknown role")
        )
    if asked["type"] and asked["family"]:
        found.append(_("family %s") % values.either([values.label(family) for family in asked["family"]]))
    return found


def _when(asked: dict[str, Any]) -> str:
    since, until = asked["since"], asked["until"]
    if since and until:
        return values.days(since, until)
    return _("since %s") % values.day(since) if since else _("until %s") % values.day(until)


def _toll(asked: dict[str, Any]) -> str:
    least = 1 if asked["min"] is None else asked["min"]
    return _("at least %(n)s %(outcome)s") % {"n": values.figure(least), "outcome": values.label(asked["outcome"] or "killed")}


def _actors(asked: dict[str, Any]) -> str:
    who = values.either(asked["actor"])
    return (
        _("with %(who)s as %(role)s") % {"who": who, "role": values.label(asked["role"])} if asked["role"] else _("with %s") % who
    )


def _background(asked: dict[str, Any]) -> str:
    return _("only history told in passing") if asked["background"] == "only" else _("with history told in passing")


# How well the place is known, at least.
PRECISELY = {
    "site": "placed at a site", "settlement": "placed in a settlement or closer", "near": "placed near a settlement or closer",
    "adm2": "placed in a district or closer", "adm1": "placed in a province or closer", "area": "placed in an area or closer",
    "country": "placed in a country or closer", "sea": "placed at sea or closer", "none": "wherever placed",
}  # fmt: skip
PHRASES = {
    "outcome": _toll,
    "placed": lambda asked: _("on the map") if asked["placed"] == "yes" else _("not on the map"),
    "actor": _actors,
    "source": lambda asked: _("reported by %s") % values.either([_named(source) for source in asked["source"]]),
    "claimant": lambda asked: _("with figures from %s") % values.either(asked["claimant"]),
    "stage": lambda asked: values.either([values.label(word) for word in asked["stage"]]),
    "review": lambda asked: values.either([values.label(word) for word in asked["review"]]),
    "confidence": lambda asked: _("confidence %g or more") % asked["confidence"],
    "precision": lambda asked: _(PRECISELY[asked["precision"]]),
    "q": lambda asked: _("with the words “%s”") % asked["q"],
    "background": _background,
}
LABELS = {
    "since": "When", "outcome": "Toll", "min": "Toll", "until": "When", "type": "Type", "family": "Family", "country": "Country",
    "admin1": "Province", "near": "Near", "bbox": "Map view", "placed": "On the map", "actor": "Actor", "role": "As",
    "source": "Source", "claimant": "Who says so", "stage": "Stage", "review": "Review", "confidence": "Confidence",
    "precision": "Place known", "q": "Words", "background": "History told in passing",
}  # fmt: skip


def chips(asked: dict[str, Any], query: QueryDict) -> list[Chip]:
    """Return one chip for each value, and one for parameters that only mean something together."""
    found: list[Chip] = []
    for name, text in LABELS.items():
        group = next((group for group in GROUPS if name in group), (name,))
        if asked[name] in (None, "", []) or any(chip.name in group for chip in found):
            continue
        if isinstance(asked[name], list):
            found += [Chip(name, _(text), _worded(name, value), _without(query, (name,), value)) for value in asked[name]]
        else:
            found.append(Chip(name, _(text), SINGLES[name](asked), _without(query, group)))
    return found


def _named(source: str) -> str:
    """Return a source's name, also where it is asked for by number."""
    if not source.isdecimal() or len(source) > 18:
        return source
    return Source.objects.filter(pk=int(source)).values_list("name", flat=True).first() or source


def _worded(name: str, value: str) -> str:
    if name == "source":
        return _named(value)
    return (
        country_names.name_of(value)
        if name == "country"
        else value
        if name in ("admin1", "actor", "claimant")
        else values.label(value)
    )


# What stands in a chip beside its label, which the words of the sentence would say again.
SINGLES: dict[str, Callable[[dict[str, Any]], str]] = {
    "since": _when,
    "until": _when,
    "outcome": _toll,
    "min": _toll,
    "near": lambda asked: _("%(km)g km around %(lat)g, %(lon)g") % _point(asked),
    "bbox": lambda asked: _("chosen part"),
    "role": lambda asked: values.label(asked["role"]),
    "placed": lambda asked: _("yes") if asked["placed"] == "yes" else _("no"),
    "confidence": lambda asked: _("%g or more") % asked["confidence"],
    "precision": lambda asked: _("at least to: %s") % _(values.PLACE_PRECISIONS[asked["precision"]]),
    "q": lambda asked: f"“{asked['q']}”",
    "background": lambda asked: _("alone") if asked["background"] == "only" else _("let in"),
}


def _without(query: QueryDict, names: tuple[str, ...], value: str | None = None) -> str:
    """Return the query string without the parameters (or this one value of it), back on the first page."""
    kept = query.copy()
    for name in ("page", "cursor"):
        kept.pop(name, None)
    for name in names:
        given = kept.pop(name, [])
        if value is not None:
            parts = [part for item in given for part in ([item] if value in given else item.split(","))]
            kept.setlist(name, [part for part in parts if part.strip() not in (value, value.lower())])
    return kept.urlencode(safe=",")
