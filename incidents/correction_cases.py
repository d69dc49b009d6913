"""People's corrections as labelled cases in the engine's own format (tests/extraction/cases/README.md), to measure engines on.

A correction is about an incident, a case about one article: a correction becomes a case of the article that its evidence stands
in, or of the only article that reports the incident. Where several articles report it and nothing says which one shows the value,
there is no case: another article may say something else, and rightly.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from geo.models import Place
from incidents.extraction.values import OUTCOMES
from incidents.models import Event, Override

Expectation = dict[str, Any]
NOT_SAID = "none"


def cases(*, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Yield `{"number", "title", "text", "published", "expect"}` for every article with corrections made since then."""
    rows = Override.objects.filter(taken_back_at=None, incident__merged_into=None, incident__deleted_at=None)
    if since:
        rows = rows.filter(made_at__gte=since)
    events = Prefetch("incident__events", Event.objects.select_related("article").order_by("article_id", "ordinal"))
    found: dict[int, dict[int, tuple[Event, Expectation]]] = {}
    for override in rows.select_related("incident").prefetch_related(events).order_by("incident_id", "field"):
        if (event := _shown_by(override)) and (label := expected(override.field, override.value)) is not None:
            found.setdefault(event.article_id, {}).setdefault(event.pk, (event, {}))[1].update(label)
    for number in sorted(found):
        labelled = list(found[number].values())
        article = labelled[0][0].article
        yield {
            "number": number,
            "title": article.title,
            "text": article.text,
            "published": article.published_on,
            "expect": _expectation(labelled),
        }


def _shown_by(override: Override) -> Event | None:
    """Return the event that the correction is of, None where that is not certain."""
    events = list(override.incident.events.all())
    named = {one.get("article") for one in override.evidence or [] if isinstance(one, dict)}
    own = [event for event in events if event.article_id in named] if named else events
    return own[0] if own and len({event.article_id for event in own}) == 1 else None


def _expectation(labelled: list[tuple[Event, Expectation]]) -> Expectation:
    """Put the labels of an article's events together: its main event's on their own, the others' in sub-tables."""
    expect: Expectation = {}
    for event, label in labelled:
        in_passing = label.pop("background", event.background)
        if not label:
            label = {"type": event.type}
        if in_passing:
            expect.setdefault("background", []).append(label)
        elif event.ordinal == 0:
            expect |= label
        else:
            expect.setdefault("events", []).append(label)
    return expect


def expected(field: str, value: Any) -> Expectation | None:
    """Return what a case expects for a person's value of a field; None for a field that cases do not judge."""
    if field in ("type", "stage", "background"):
        return {field: value}
    if field == "date":
        return _date(value)
    if field == "place":
        return _place(value)
    return {field: _people(value)} if field in OUTCOMES else None


def _date(value: Any) -> Expectation:
    if not value or not (value.get("earliest") or value.get("latest")):
        return {"date": NOT_SAID}
    first, last = value.get("earliest") or "", value.get("latest") or value.get("earliest")
    return {"date": first if first == last else f"{first}..{last}", "date_precision": value.get("precision") or "day"}


def _place(value: Any) -> Expectation:
    if not value or value.get("precision") in (None, "", NOT_SAID):
        return {"place": NOT_SAID}
    entry = Place.objects.filter(pk=value.get("place_id")).first() if value.get("place_id") else None
    name, country = (entry.name, entry.country) if entry else (value.get("name"), value.get("country"))
    return {"place": name, "place_precision": value["precision"]} | ({"country": country} if country else {})


def _people(value: Any) -> Any:
    known = {bound: number for bound, number in (value or {}).items() if number is not None}
    if not known:
        return NOT_SAID
    return known["best"] if set(known.values()) == {known.get("best")} else known


def as_toml(found: Iterable[dict[str, Any]], stem: str) -> Iterator[str]:
    """Yield the file piece by piece; `stem` is its name, with which every id begins."""
    yield "# Corrections that people made, as labelled cases. The texts are their publishers'.\npublished = 1970-01-01\n"
    none = True
    for case in found:
        none = False
        published = case["published"]
        yield "\n[[case]]\n"
        yield f"id = {_toml(stem + '-' + str(case['number']))}\n"
        yield f"title = {_toml(case['title'])}\ntext = {_toml(case['text'])}\n"
        yield f"published = {published.isoformat() if isinstance(published, date) else 'false'}\n"
        yield f"expect = {_toml(case['expect'])}\n"
    if none:
        yield "case = []\n"


def _toml(value: Any) -> str:
    """Write a value on one line. JSON's strings are TOML's, but for the delete sign; halves of pairs have no place in either."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml(key)} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, str):
        whole = value.encode("utf-8", "replace").decode("utf-8")
        return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)
