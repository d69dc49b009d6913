"""The cascade: words, tags, triggers, mentions, happenings, events. Each stage reads only what the stages before it wrote."""

import gc
from dataclasses import replace
from typing import Final

from incidents.extraction import counts, locating, mentions, tagging, times, toponyms
from incidents.extraction.attachment import attach
from incidents.extraction.clusters import Cluster
from incidents.extraction.events import events_of
from incidents.extraction.joining import clusters_of
from incidents.extraction.language import language_of
from incidents.extraction.tokens import MAX_WORD, Reading, tokenize
from incidents.extraction.toponyms import ToponymMention
from incidents.extraction.values import Document, Record
from incidents.extraction.versions import EXTRACTOR, VERSION

# Characters. Articles have a tenth of this at most; books and logs sent by mistake are not read to their end.
LONGEST_TEXT: Final = 100_000
LONGEST_TITLE: Final = 2_000


def happenings(document: Document) -> tuple[Reading, list[Cluster]]:
    """Return a document's words and the happenings told in them, before any is judged."""
    reading = tokenize(document)
    tagging.tag(reading)
    return reading, _happenings(reading, toponyms.find(reading))


def _happenings(reading: Reading, places: list[ToponymMention]) -> list[Cluster]:
    """Find the mentions, their days, places and counts, and join what is one happening."""
    found = mentions.find(reading)
    if not found:
        return []
    counted = counts.find(reading)
    stated = times.find(reading, reading.document.published)
    mentions.add_counts(found, counted)
    locating.state(found, reading, stated, places)
    clusters = clusters_of(found)
    locating.settle(clusters, reading, stated, places)
    attach(clusters, counted)
    return clusters


def read(document: Document) -> Record:
    """Read one document. Never fails, whatever the text holds; text that is not English is marked and left unread.

    Of a text longer than LONGEST_TEXT the beginning is read and the record says so in `truncated`.
    """
    collecting = gc.isenabled()
    gc.disable()  # a reading makes no circles, and looking for some takes 2 to 3 % of its time
    try:
        return _read(document)
    finally:
        if collecting:
            gc.enable()


def _read(document: Document) -> Record:
    whole, document = document, _bounded(document)
    reading = tokenize(document)
    language = language_of(reading)
    if language != "en":
        return Record(
            document.id,
            relevant=False,
            events=(),
            toponyms=(),
            language=language,
            extractor=EXTRACTOR,
            version=VERSION,
            truncated=document is not whole,
        )
    tagging.tag(reading)
    places = toponyms.find(reading)
    relevant, events = events_of(reading, _happenings(reading, places))
    return Record(
        document.id,
        relevant=relevant,
        events=events,
        toponyms=toponyms.toponyms(places),
        language=language,
        extractor=EXTRACTOR,
        version=VERSION,
        truncated=document is not whole,
    )


def _bounded(document: Document) -> Document:
    """The document, or its beginning where it is longer than an article ever is, cut between two words."""
    text, title = document.text, document.title
    if len(text) <= LONGEST_TEXT and len(title) <= LONGEST_TITLE:
        return document
    return replace(document, text=_beginning(text, LONGEST_TEXT), title=_beginning(title, LONGEST_TITLE))


def _beginning(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    gap = max(text.rfind(mark, longest - MAX_WORD, longest) for mark in " \n")
    return text[: gap if gap > 0 else longest]
