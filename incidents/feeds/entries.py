"""What a feed holds, whatever its format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from geo import country_names
from incidents.filters import IncidentFilter
from incidents.filters.words import sentence
from incidents.models import Incident
from incidents.pages import words
from incidents.vocabulary import label, noun

SIZE = 50
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)  # a feed must say when it changed, and an empty one never did


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news. `id` is for ever; `updated` moves whenever what is said changes."""

    id: str
    url: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    tags: tuple[str, ...]
    point: tuple[float, float] | None  # latitude, longitude


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: `own` is its address, `page` what people read instead; the newest change comes first."""

    id: str
    title: str
    own: str
    page: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=NOTHING_YET)


def tag(base: str, path: str) -> str:
    """Return an identifier that stays when addresses change (RFC 4151)."""
    return f"tag:{urlsplit(base).hostname},2022:{path}"


def entry(incident: Incident, base: str) -> Entry:
    has_point = incident.place_precision in ("site", "settlement", "near") and incident.lat is not None
    return Entry(
        id=tag(base, f"incidents/{incident.pk}"),
        url=f"{base}{incident.get_absolute_url()}",
        title=incident.headline or incident.number,
        summary=summary(incident),
        published=incident.created_at,
        updated=incident.changed_at,
        tags=tuple(each for each in (label(incident.type), label(incident.family), incident.country) if each),
        point=(incident.lat or 0.0, incident.lon or 0.0) if has_point else None,
    )


def summary(incident: Incident) -> str:
    """Return what is known in a few words: what, where, when, the toll, how many say so."""
    country = country_names.name_of(incident.country) if incident.country else ""
    where = words.place(incident.place_name, country, incident.place_precision, incident.admin1)
    when = words.days(incident.earliest, incident.latest, incident.date_precision or "day", incident.time_of_day)
    killed = words.total(incident.totals.get("killed"))
    parts = [noun(incident.type), _("place: %s") % where, _("date: %s") % when, _("killed: %s") % killed]
    parts.append(_("independent origins: %s") % incident.origin_count)
    return "; ".join(parts) + "."


def of_filter(asked: IncidentFilter, base: str, own: str, page: str) -> Feed:
    """Return the feed of a filter: what changed last comes first."""
    found = asked.narrow(Incident.objects.visible()).defer("search").order_by("-changed_at", "-id")[:SIZE]
    words_of = sentence(asked.asked)
    return Feed(own, _("Incident Desk: %s") % words_of, own, page, [entry(incident, base) for incident in found])
