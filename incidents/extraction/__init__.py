"""Text in, events out. Knows no framework; every value carries the span it was read from."""

from incidents.extraction.reading import read
from incidents.extraction.record_json import record_json
from incidents.extraction.values import Document, Event, Record, Span

__all__ = ["Document", "Event", "Record", "Span", "read", "record_json"]
