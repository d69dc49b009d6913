"""An incident as one row of a list: what, when, how precisely where, how many killed, what is new."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geo import country_names
from incidents.consensus import When
from incidents.headlines import brief
from incidents.models import Incident
from incidents.pages import words

NOT_PINNED = ("country", "none", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One incident in words. `figure` is "" where no number killed is known; `note` then says which kind of unknown it is."""

    id: int
    url: str
    headline: str
    type: str
    family: str
    when: str
    where: str
    precision: str
    origins: str
    figure: str
    note: str
    sign: str  # "new", "changed" or "" since the reader's last visit
    change: str
    earliest: str
    latest: str
    point: str  # "lat,lon" in degrees, "" where there is none
    bars: str  # JSON: the chart rows it counts in, "type:raid", "country:IQ", "actor:…"


def row(incident: Incident, *, since: datetime | None = None, change: str = "") -> Row:
    """Put one incident into words; `since` is the reader's last visit, `change` what changed after it."""
    figure, note = toll(incident)
    days = When(incident.earliest, incident.latest, incident.date_precision, incident.date_basis)
    return Row(
        id=incident.pk,
        url=incident.get_absolute_url(),
        headline=brief(incident.headline, days),
        type=incident.type,
        family=incident.family,
        when=words.days(incident.earliest, incident.latest, incident.date_precision, incident.time_of_day),
        where=where(incident),
        precision=incident.place_precision,
        origins=origins(incident.origin_count),
        figure=figure,
        note=note,
        sign=sign(incident, since),
        change=change,
        earliest=str(incident.earliest or ""),
        latest=str(incident.latest or ""),
        point="" if incident.lat is None or incident.lon is None else f"{incident.lat:.5f},{incident.lon:.5f}",
        bars=json.dumps(bars(incident), ensure_ascii=False),
    )


def rows(incidents: Iterable[Incident], *, since: datetime | None = None, changes: Mapping[int, str] | None = None) -> list[Row]:
    """Put a page of incidents into words."""
    return [row(incident, since=since, change=(changes or {}).get(incident.pk, "")) for incident in incidents]


def toll(incident: Incident) -> tuple[str, str]:
    """Return the best number killed and what stands beside it: "13" and "9–13", "0" and "none, stated", "" and "not stated"."""
    low, best, high = incident.killed_low, incident.killed_best, incident.killed_high
    if best is None:
        known = words.between(low, high)
        return (known, "") if known else ("", words.total(incident.totals.get("killed")))
    if best == 0 and not high:
        return "0", _("none, stated")
    beside = words.between(low, high) if high is not None else _("%(n)s or more") % {"n": words.figure(low or best)}
    return words.figure(best), "" if beside == words.figure(best) else beside


def where(incident: Incident) -> str:
    """Return the place in few words, never said more exactly than it is known."""
    if incident.place_precision == "country":
        return _("%(country)s, somewhere") % {"country": country_names.name_of(incident.country)}
    if incident.place_precision in NOT_PINNED or not incident.place_name:
        return _("no place stated")
    name = f"{incident.place_name}, {incident.country}" if incident.country else incident.place_name
    return _("near %(place)s") % {"place": name} if incident.place_precision == "near" else name


def bars(incident: Incident) -> list[str]:
    """Return the rows of the charts that count the incident, as the charts name them."""
    actors = [f"actor:{actor['name']}" for actor in incident.actors if actor.get("name")]
    return [f"type:{incident.type}", f"country:{incident.country}", *dict.fromkeys(actors)]


def origins(count: int) -> str:
    return ngettext("%(n)s origin", "%(n)s origins", count) % {"n": words.figure(count)}


def sign(incident: Incident, since: datetime | None) -> str:
    """Return whether the incident is new to the reader, or has changed."""
    if since is None:
        return ""
    if incident.created_at > since:
        return "new"
    return "changed" if incident.changed_at > since else ""
