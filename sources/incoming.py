"""What a document is before it is stored. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from sources.refusals import Refused

MAX_ID = 500  # characters, as sources.models.Article keeps them


@dataclass(frozen=True, slots=True)
class IncomingDocument:
    """One document on its way in. `external_id` is its publisher's own name for it, "" where it has none.

    `full` is False for a feed entry that carries only a summary of the page at `url`.
    """

    name: str  # as a person would find it: a path, a path with a line, an address
    source: str
    title: str
    text: str
    published: date | None = None
    published_at: datetime | None = None
    external_id: str = ""
    url: str = ""
    full: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says about all documents of a target."""

    published: date | None = None
    source: str = ""


Found = IncomingDocument | Refused
