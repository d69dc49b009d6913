"""The cascade: words, tags, triggers, mentions, happenings, events. Each stage reads only what the stages before it wrote."""

from incidents.extraction import mentions, tagging
from incidents.extraction.clusters import clusters_of
from incidents.extraction.events import events_of
from incidents.extraction.language import language_of
from incidents.extraction.tokens import tokenize
from incidents.extraction.values import Document, Record
from incidents.extraction.versions import EXTRACTOR, VERSION


def read(document: Document) -> Record:
    """Read one document. Never fails, whatever the text holds; text that is not English is marked and left unread."""
    reading = tokenize(document)
    language = language_of(reading)
    if language != "en":
        return Record(
            document.id, relevant=False, events=(), toponyms=(), language=language, extractor=EXTRACTOR, version=VERSION
        )
    tagging.tag(reading)
    found = mentions.find(reading)
    relevant, events = (
        events_of(clusters_of(found), mentions.setting_shares(reading), document.published) if found else (False, ())
    )
    return Record(
        document.id, relevant=relevant, events=events, toponyms=(), language=language, extractor=EXTRACTOR, version=VERSION
    )
