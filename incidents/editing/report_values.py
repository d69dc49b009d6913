"""Whether a person's values for one report can stand: its parties, its statements of numbers, and the words that show them."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incidents import corrections
from incidents.corrections import mapping
from incidents.editing.evidence import checked_span, in_title
from incidents.extraction.values import WhoClass
from incidents.vocabulary import OUTCOMES
from sources.models import Article

Json = dict[str, Any]
MOST_STATEMENTS = 200
SPAN = frozenset({"span", "in"})
PARTY = frozenset({"name", "role", "claimant", "denied"}) | SPAN
MARKS = ("part_of_whole", "supersedes", "cumulative", "further", "replaced")
STATEMENT = frozenset({"outcome", "low", "best", "high", "quantifier", "who", "who_class", "claimant", *MARKS}) | SPAN
FIELDS = ("type", "stage", "background", "date", "place", "actors", "counts")


def checked(values: Mapping[str, Any], article: Article, default: Json) -> Json:
    """Return the values as a report keeps them; `default` is the span of what names none. Raises ValidationError."""
    if unknown := set(values) - set(FIELDS):
        raise ValidationError(_("“%s” is no field of a report.") % sorted(map(str, unknown))[0][:40])
    lists: dict[str, Callable[[Any], Json]] = {
        "actors": lambda value: _party(value, article, default),
        "counts": lambda value: _statement(value, article, default),
    }
    return {
        field: [lists[field](one) for one in _list(value)] if field in lists else corrections.checked(field, value)
        for field, value in values.items()
    }


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple) or len(value) > MOST_STATEMENTS:
        raise ValidationError(_("Give a list of at most %s.") % MOST_STATEMENTS)
    return list(value)


def _party(value: Any, article: Article, default: Json) -> Json:
    party: Json = dict(corrections.party(value, PARTY))
    denied, claimant = _yes(value.get("denied")), corrections.text(value.get("claimant"))
    return party | {"claimant": claimant, "denied": denied, "span": _located(value, article, default)}


def _statement(value: Any, article: Article, default: Json) -> Json:
    parts = mapping(value, STATEMENT)
    outcome, who_class = parts.get("outcome"), parts.get("who_class") or "unknown"
    if outcome not in OUTCOMES:
        raise ValidationError(_("“%s” is no outcome.") % str(outcome)[:40])
    if who_class not in get_args(WhoClass):
        raise ValidationError(_("“%s” is no class of people.") % str(who_class)[:40])
    numbers = corrections.people({bound: parts.get(bound) for bound in corrections.BOUNDS}) or {}
    if all(number is None for number in numbers.values()) and not parts.get("quantifier"):
        raise ValidationError(_("Give a number, or the words that stand for one."))
    words = {name: corrections.text(parts.get(name)) for name in ("quantifier", "who", "claimant")}
    words["quantifier"] = words["quantifier"][:60]
    marks = {name: _yes(parts.get(name)) for name in MARKS}
    return {"outcome": outcome, "who_class": who_class, "span": _located(parts, article, default)} | numbers | words | marks


def _located(value: Mapping[str, Any], article: Article, default: Json) -> Json:
    title = in_title(value)
    if value.get("span") is None:
        return default
    found = checked_span(value["span"], article, in_title=title)
    return {key: found[key] for key in ("span", "in") if key in found}


def _yes(value: Any) -> bool:
    if value not in (None, True, False):
        raise ValidationError(_("Say yes or no."))
    return bool(value)
