"""Articles as programs are shown them: with the incidents they report, the main one first, and the sentences read."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

import orjson

from incidents import prepared
from incidents.told import Library

NAMES = (
    "id", "external_id", "url", "title", "text", "source_id", "origin_id", "language", "published_on", "published_at",
    "retrieved_at", "read_at", "state", "relevant", "extractor",
)  # fmt: skip
BY_ID = f"""SELECT {", ".join(f"a.{name}" for name in NAMES)}, s.name,
    (SELECT coalesce(json_agg(json_build_object('id', i.id, 'number', 'I-' || i.id, 'headline', i.headline, 'type', i.type,
        'background', i.background) ORDER BY e.ordinal), '[]')
     FROM incidents_event AS e JOIN incidents_incident AS i ON i.id = e.incident_id
     WHERE e.article_id = a.id AND i.merged_into_id IS NULL AND i.deleted_at IS NULL)::text,
    (SELECT coalesce(json_agg(e.evidence ORDER BY e.ordinal), '[]') FROM incidents_event AS e WHERE e.article_id = a.id)::text
FROM sources_article AS a JOIN sources_source AS s ON s.id = a.source_id WHERE a.id = ANY(%s::bigint[])"""  # noqa: S608


class ToldArticle(NamedTuple):
    """One article; the fields up to `publisher` are the database's."""

    id: int
    external_id: str
    url: str
    title: str
    text: str
    source: int
    origin: int | None
    language: str
    published_on: date | None
    published_at: datetime | None
    retrieved_at: datetime
    read_at: datetime | None
    state: str
    relevant: bool | None
    extractor: str
    publisher: str
    incidents: list[dict[str, Any]]
    excerpts: list[str]


def by_id(numbers: Collection[int], library: Library) -> list[ToldArticle]:
    """Return these articles in this order; those that are not there are left out."""
    found = {row[0]: _told(row, library) for row in prepared.rows(BY_ID, (list(numbers),))} if numbers else {}
    return [found[number] for number in numbers if number in found]


def _told(row: tuple[Any, ...], library: Library) -> ToldArticle:
    *columns, incidents, evidence = row
    article = ToldArticle._make([*columns, [], []])
    printed = library.printed(article.id, article.origin or -article.id, article.published_on, article.title, article.text)
    located = (one for lists in orjson.loads(evidence) for one in lists or ())
    quoted = dict.fromkeys(words for one in located if (words := printed.sentence(one)))
    named = {incident["id"]: incident for incident in orjson.loads(incidents)}
    return article._replace(incidents=list(named.values()), excerpts=list(quoted))
