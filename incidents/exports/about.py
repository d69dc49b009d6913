"""What every export says of itself: the filter, the time, the version to follow from, and the licence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from incidents.exports.rows import licence
from incidents.filters import IncidentFilter
from incidents.filters.words import sentence

NO_PART = ("page", "page_size", "cursor", "format", "dictionary", "progress")  # of the query string: they do not choose incidents


@dataclass(frozen=True, slots=True)
class About:
    """`query` and `words` say the filter; `version` is the change log's number the rows stand at; `base` the desk's address."""

    query: str
    words: str
    at: datetime
    version: int
    total: int
    base: str

    @property
    def follow(self) -> str:
        """Where to ask for what changed after this export."""
        return f"{self.base}/api/v1/changes/?after={self.version}"

    @property
    def name(self) -> str:
        """A file name without its ending."""
        return f"incidents-{self.at:%Y-%m-%d}-{self.version}"

    def fields(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {
            "title": _("Incidents"),
            "filter": {"query": self.query, "words": self.words},
            "exported_at": self.at.isoformat(timespec="seconds"),
            "version": self.version,
            "follow": self.follow,
            "rows": self.total,
            "licence": licence(),
        }

    def lines(self) -> list[tuple[str, str]]:
        """Return it for people: names and values."""
        said = licence()
        return [
            (_("Filter"), self.words),
            (_("Query"), self.query or _("none")),
            (_("Exported at"), self.at.isoformat(timespec="seconds")),
            (_("Version"), _("%(n)s; what changed since: %(address)s") % {"n": self.version, "address": self.follow}),
            (_("Incidents"), str(self.total)),
            (_("Licence"), " ".join(part for part in (said["name"], said["url"]) if part) or _("not stated")),
            (_("Attribution"), said["attribution"] or _("not stated")),
        ]


def query_of(query: QueryDict) -> str:
    """Return the part of a query string that chooses and orders incidents."""
    kept = query.copy()
    for name in NO_PART:
        kept.pop(name, None)
    return kept.urlencode(safe=",")


def words_of(asked: IncidentFilter) -> str:
    return sentence(asked.asked)
