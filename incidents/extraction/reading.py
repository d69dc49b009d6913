"""The cascade: words, tags, triggers, mentions, happenings, events. Each stage reads only what the stages before it wrote."""

from incidents.extraction import counts, mentions, tagging
from incidents.extraction.attachment import attach
from incidents.extraction.clusters import Cluster, clusters_of
from incidents.extraction.events import events_of
from incidents.extraction.language import language_of
from incidents.extraction.tokens import Reading, tokenize
from incidents.extraction.values import Document, Record
from incidents.extraction.versions import EXTRACTOR, VERSION


def happenings(document: Document) -> tuple[Reading, list[Cluster]]:
    """Return a document's words and the happenings told in them, before any is judged."""
    reading = tokenize(document)
    return reading, _happenings(reading)


def _happenings(reading: Reading) -> list[Cluster]:
    """Tag the words, find the mentions, their days and their counts, and join what is one happening."""
    tagging.tag(reading)
    found = mentions.find(reading)
    if not found:
        return []
    counted = counts.find(reading)
    mentions.add_counts(found, counted)
    mentions.add_dates(found, reading)
    clusters = clusters_of(found)
    attach(clusters, counted)
    return clusters


def read(document: Document) -> Record:
    """Read one document. Never fails, whatever the text holds; text that is not English is marked and left unread."""
    reading = tokenize(document)
    language = language_of(reading)
    if language != "en":
        return Record(document.id, relevant=False, events=(), toponyms=(), language=language, extractor=EXTRACTOR, version=VERSION)
    relevant, events = events_of(reading, _happenings(reading))
    return Record(document.id, relevant=relevant, events=events, toponyms=(), language=language, extractor=EXTRACTOR, version=VERSION)
