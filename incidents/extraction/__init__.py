"""Text in, events out. Knows no framework; every value carries the span it was read from."""

from compiled import use

use(__name__, __path__)

from incidents.extraction.reading import read  # noqa: E402 -- after `use`, which says where it lies
from incidents.extraction.record_json import record_json  # noqa: E402
from incidents.extraction.values import Document, Event, Record, Span  # noqa: E402

__all__ = ["Document", "Event", "Record", "Span", "read", "record_json"]
