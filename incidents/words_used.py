"""Words that an editor chose in an article, as values for the form of a field, with the words kept as evidence."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incidents import place_search, vocabulary
from incidents.extraction.chosen_words import ChosenWords
from incidents.extraction.place_values import KIND_PRECISION
from incidents.extraction.values import Document, Span
from sources.models import Article

LONGEST = 400  # characters that may be chosen at once
Json = dict[str, Any]


def chosen(article: Article, start: int, end: int, *, in_title: bool, seen: str) -> ChosenWords:
    """Return the words between two offsets; raises ValidationError where they are not there, or are no longer those `seen`."""
    text = article.title if in_title else article.text
    if not 0 <= start < end <= len(text):
        raise ValidationError(_("These words lie outside the text, which has %(n)s characters.") % {"n": len(text)})
    if end - start > LONGEST:
        raise ValidationError(_("Choose at most %(n)s characters.") % {"n": LONGEST})
    if seen.split() != text[start:end].split():
        raise ValidationError(_("The article was changed while you had it open: load the page again."))
    document = Document(str(article.pk), article.title, article.text, article.published_on)
    return ChosenWords(document, Span(start, end, in_title))


def use(words: ChosenWords, kind: str) -> Json:
    """Return `{"field", "values"}` for what the words say used as `kind`; raises ValidationError where they say no such thing."""
    if kind not in KINDS:
        raise ValidationError(_("Words can be used as: %(kinds)s.") % {"kinds": ", ".join(KINDS)})
    return KINDS[kind](words)


def _type(words: ChosenWords) -> Json:
    said = words.words.casefold()
    named = next((kind for kind in vocabulary.TYPES if vocabulary.noun(kind) in said), None)
    kind = words.act() or named
    if kind is None:
        raise ValidationError(_("The desk knows no type of event in “%(words)s”: choose one.") % {"words": words.words[:80]})
    return {"field": "type", "values": {"type": kind}}


def _event(words: ChosenWords) -> Json:
    return {"field": "event", "values": {"type": words.act() or "other"}}


def _date(words: ChosenWords) -> Json:
    value = words.day()
    if value is None or (value.earliest is None and value.latest is None):
        open_year = value is not None and value.month_day is not None
        raise ValidationError(
            _("“%(words)s” has no year, and the article no day of publication: enter the day.") % {"words": words.words[:80]}
            if open_year
            else _("No day can be read in “%(words)s”: enter it.") % {"words": words.words[:80]}
        )
    days = {"earliest": _iso(value.earliest), "latest": _iso(value.latest), "precision": value.precision}
    clock = {"time": value.time} if value.time else {}
    return {"field": "date", "values": days | clock}


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


def _place(words: ChosenWords) -> Json:
    mention = words.place()
    name = mention.name if mention else words.words.strip()
    ids = [mention.record.id, *(number for number, _score in mention.candidates)] if mention and mention.record else []
    found = place_search.entries(ids) or place_search.named(name) or place_search.suggested(name)
    if not found:
        raise ValidationError(_("The gazetteer has no place like “%(words)s”: set a point on the map.") % {"words": name[:80]})
    values: Json = {"place": name[:200], "precision": KIND_PRECISION.get(found[0].kind, "area"), "candidate": found[0].pk}
    return {"field": "place", "values": values, "candidates": [place_search.as_json(place) for place in found]}


def _number(words: ChosenWords) -> Json:
    count, plain = words.number()
    bounds = count or plain
    if bounds is None:
        raise ValidationError(_("No number can be read in “%(words)s”: enter it.") % {"words": words.words[:80]})
    if (bounds.low, bounds.best, bounds.high) == (None, None, None):
        values: Json = {"means": "unknown"}
    else:
        values = {"low": bounds.low, "best": bounds.best, "high": bounds.high, "means": "numbers"}
    return {"field": count.outcome if count else "killed", "values": values}


def _actor(words: ChosenWords) -> Json:
    return {"field": "actor", "values": {"name": " ".join(words.words.split())[:200]}}


def _claimant(words: ChosenWords) -> Json:
    return {"field": "count", "values": {"claimant": " ".join(words.words.split())[:200]}}


KINDS: Mapping[str, Callable[[ChosenWords], Json]] = {
    "type": _type, "date": _date, "place": _place, "count": _number, "actor": _actor, "claimant": _claimant,
    "event": _event,
}  # fmt: skip
