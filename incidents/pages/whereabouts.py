"""Where an incident happened: what the small map draws, and the same in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from incidents.models import Incident
from incidents.pages import words
from incidents.pages.dossier import Dossier

PINNED = ("site", "settlement")
NEVER_DRAWN = ("none", "country")
DRAWN = {
    "site": gettext_noop("A site, drawn as a pin."),
    "settlement": gettext_noop("A settlement, drawn as a pin."),
    "near": gettext_noop("Near this place: the dashed ring is the distance that is left open."),
    "adm2": gettext_noop("Only the district is known: the hatched disc is its extent."),
    "adm1": gettext_noop("Only the province is known: the hatched disc is its extent."),
    "area": gettext_noop("Only the area is known: the hatched disc is its extent."),
    "sea": gettext_noop("At sea: the hatched disc is the extent of the waters."),
    "country": gettext_noop("Only the country is known, so nothing is drawn on the map."),
    "none": gettext_noop("No article says where it happened, so nothing is drawn on the map."),
}
USUAL_KM = {"near": 10.0, "adm2": 30.0, "adm1": 80.0, "area": 80.0, "sea": 150.0}  # where the gazetteer has no extent


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Name, how it is drawn, and the point in degrees, in words."""

    name: str
    drawn: str
    point: str


def locator(incident: Incident) -> dict[str, Any] | None:
    """Return what the small map draws: the point, how exactly it is known and its radius in km; None without a point."""
    precision = incident.place_precision
    if incident.lat is None or incident.lon is None or precision in NEVER_DRAWN:
        return None
    radius = incident.radius_km or (incident.place.radius_km if incident.place else None) or USUAL_KM.get(precision)
    return {
        "lat": round(incident.lat, 5), "lon": round(incident.lon, 5), "precision": precision, "family": incident.family,
        "name": incident.place_name, "radius_km": None if precision in PINNED else radius,
    }  # fmt: skip


def in_words(dossier: Dossier) -> Whereabouts:
    """Return the caption of the map."""
    incident = dossier.incident
    name = words.place(incident.place_name, dossier.country_name, incident.place_precision, incident.admin1)
    drawn = _(DRAWN.get(incident.place_precision, DRAWN["none"]))
    if locator(incident) is None:
        pointless = incident.place_precision not in NEVER_DRAWN
        return Whereabouts(name, _("The gazetteer has no point for it, so nothing is drawn.") if pointless else drawn, "")
    return Whereabouts(name[:1].upper() + name[1:], drawn, _point(incident.lat or 0.0, incident.lon or 0.0))


def _point(lat: float, lon: float) -> str:
    return f"{abs(lat):.2f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.2f}° {'E' if lon >= 0 else 'W'}"
