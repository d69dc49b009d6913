"""What articles report, read as JSON that the database puts together: events with their statements and actors.

One statement gives everything an answer needs of an event; keys stand in the order in which the API shows them, with room (null)
for the sentences, which are cut here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import orjson
from django.conf import settings

from incidents import prepared
from incidents.evidence import Page, span_of
from incidents.extraction.totals import Claim, Judgement, toll
from incidents.tolls import statement

Json = dict[str, Any]
COUNT = """json_build_object('id', c.id, 'outcome', c.outcome, 'low', c.low, 'best', c.best, 'high', c.high,
    'quantifier', c.quantifier, 'who', c.who, 'who_class', c.who_class, 'claimant', c.claimant, 'span', c.span, 'sentence', NULL,
    'part_of_whole', c.part_of_whole, 'supersedes', c.supersedes, 'cumulative', c.cumulative, 'further', c.further,
    'replaced', c.replaced)"""
EVENT = f"""json_build_object('id', e.id, 'article', e.article_id, 'incident', e.incident_id, 'ordinal', e.ordinal,
    'type', e.type, 'stage', e.stage, 'background', e.background, 'confidence', e.confidence, 'date', e.date,
    'place', e.place_read,
    'actors', (SELECT coalesce(json_agg(json_build_object('actor', p.actor_id, 'name', n.name, 'role', p.role,
        'claimant', p.claimant, 'denied', p.denied, 'span', p.span) ORDER BY p.id), '[]')
        FROM incidents_participation AS p JOIN incidents_actor AS n ON n.id = p.actor_id WHERE p.event_id = e.id),
    'counts', (SELECT coalesce(json_agg({COUNT} ORDER BY c.ordinal), '[]') FROM incidents_count AS c WHERE c.event_id = e.id),
    'totals', e.totals, 'weapons', e.weapons, 'trigger', e.trigger, 'evidence', e.evidence, 'extractor', e.extractor)"""  # noqa: S608 -- our own names, here and below
WHERE = "a.id, coalesce(a.origin_id, -a.id), a.published_on, a.title, a.text"
OLDEST_FIRST = "a.published_on, a.id, e.ordinal"
FROM = "incidents_event AS e JOIN sources_article AS a ON a.id = e.article_id"
# fmt: off
OF_INCIDENTS = f"SELECT {EVENT}::text, {WHERE} FROM {FROM} WHERE e.incident_id = ANY(%s::bigint[]) ORDER BY {OLDEST_FIRST}"  # noqa: S608
BY_ID = f"SELECT {EVENT}::text, {WHERE} FROM {FROM} WHERE e.id = ANY(%s::bigint[])"  # noqa: S608
COUNTS = f"""SELECT {COUNT}::text, {WHERE}, e.id, e.incident_id
FROM incidents_count AS c JOIN incidents_event AS e ON e.id = c.event_id JOIN sources_article AS a ON a.id = e.article_id
WHERE c.id = ANY(%s::bigint[])"""  # noqa: S608
# fmt: on


@dataclass(slots=True)
class Printed:
    """An article as statements are quoted from it: the report it stands for, its day, its sentences."""

    id: int
    origin: int
    said: date | None
    page: Page

    def sentence(self, located: Any) -> str | None:
        """Return the sentence around a stored span."""
        quotation = self.page.quote(span_of(located))
        return str(quotation) if quotation else None


@dataclass(slots=True)
class Told:
    """An event as the API shows it, sentences included, and its article. `counts` are its statements with all the rule asks."""

    shown: Json
    printed: Printed
    counts: list[Json] = field(default_factory=list)


class Library:
    """The articles of one answer: each is cut into sentences once."""

    def __init__(self) -> None:
        self._known: dict[int, Printed] = {}

    def printed(self, number: int, origin: int, said: date | None, title: str, text: str) -> Printed:
        if number not in self._known:
            self._known[number] = Printed(number, origin, said, Page(title, text, settings.EXCERPT_LENGTH))
        return self._known[number]


def of_incidents(numbers: Collection[int], library: Library) -> dict[int, list[Told]]:
    """Return incident -> its events, the oldest article's first."""
    found: dict[int, list[Told]] = defaultdict(list)
    for told in _told(OF_INCIDENTS, numbers, library):
        found[told.shown["incident"]].append(told)
    return found


def events(numbers: Collection[int], library: Library) -> list[Json]:
    """Return these events as they are shown, in this order."""
    found = {told.shown["id"]: told.shown for told in _told(BY_ID, numbers, library)}
    return [found[number] for number in numbers if number in found]


def statements(numbers: Collection[int], library: Library) -> list[Json]:
    """Return these statements with where they stand, in this order."""
    found: dict[int, Json] = {}
    for text, *where, event, incident in prepared.rows(COUNTS, (list(numbers),)):
        count, printed = orjson.loads(text), library.printed(*where)
        count["sentence"] = printed.sentence(count["span"])
        found[count["id"]] = _public(count) | {"event": event, "article": printed.id, "incident": incident}
    return [found[number] for number in numbers if number in found]


def claims(events: Iterable[Told]) -> list[Json]:
    """Return everything that is said of the people of one incident, by outcome, with what the rule makes of it and why."""
    found = []
    for told, count, judgement in judged(events):
        shown = _public(count)
        where = {"event": told.shown["id"], "article": told.printed.id, "incident": told.shown["incident"]}
        found.append(shown | where | verdict(judgement))
    return found


def _public(count: Json) -> Json:
    """Return a statement without the marks that serve the rule alone: its verdict says what they came to."""
    return {name: value for name, value in count.items() if name not in ("further", "replaced")}


def verdict(judgement: Judgement | None) -> Json:
    return {"verdict": judgement and str(judgement.verdict), "reason": judgement and judgement.words}


def judged(events: Iterable[Told]) -> Iterator[tuple[Told, Json, Judgement]]:
    """Yield every statement behind one incident with what the rule for best counts makes of it, by outcome."""
    by_outcome: dict[str, list[tuple[Told, Json]]] = defaultdict(list)
    for told in events:
        for count in told.counts:
            by_outcome[count["outcome"]].append((told, count))
    for said in by_outcome.values():
        judgements = toll([_claim(told, count) for told, count in said]).judgements
        for (told, count), judgement in zip(said, judgements, strict=True):
            yield told, count, judgement


def _claim(told: Told, count: Json) -> Claim:
    return Claim(statement(SimpleNamespace(**count)), told.printed.origin, told.printed.id, told.printed.said)


def _told(statement: str, numbers: Collection[int], library: Library) -> Iterator[Told]:
    for text, *where in prepared.rows(statement, (list(numbers),)) if numbers else ():
        shown, printed = orjson.loads(text), library.printed(*where)
        counts = shown["counts"]
        for count in counts:
            count["sentence"] = printed.sentence(count["span"])
        shown["counts"] = [_public(count) for count in counts]
        shown["evidence"] = [one | {"sentence": printed.sentence(one)} for one in shown["evidence"] or []]
        yield Told(shown, printed, counts)
