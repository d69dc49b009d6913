"""What people add by hand: an incident that no article reports, and places that the gazetteer lacks."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from geo.models import Place
from incidents import corrections
from incidents.editing.acting import Kind, acting
from incidents.editing.evidence import checked_evidence
from incidents.editing.fields import put
from incidents.editing.reports import begin
from incidents.editing.splitting import Made

Json = dict[str, Any]
OWN = "own"  # the kind of place that people added


def add_incident(*, values: Mapping[str, Any], user: User, reason: str = "", evidence: Sequence[Json] = ()) -> Made:
    """Add an incident by its fields (keys of FIELDS, at least its type); each stands as a person's value.

    Raises ValidationError, whose message names the field, for impossible values.
    """
    if "type" not in values:
        raise ValidationError(_("Choose the type."), code="type")
    checked = {field: corrections.checked(field, value) for field, value in values.items()}
    shown = checked_evidence(evidence)
    with acting(Kind.ADD_INCIDENT, user, reason, moves_events=True) as act:
        row = begin(act, checked["type"])
        for field, value in checked.items():
            put(act, row, field, value, shown)
    row.refresh_from_db()
    return Made(act.action, row)


def add_place(*, name: str, lat: float, lon: float, country: str = "", admin1: str = "", radius_km: float | None = None) -> Place:
    """Add a place of the desk's own to the gazetteer, degrees and kilometres; return it. Raises ValidationError."""
    parts = {"name": name, "country": country, "admin1": admin1, "lat": lat, "lon": lon}
    checked = corrections.own_place(parts)
    if checked["lat"] is None:
        raise ValidationError(_("A point needs both latitude and longitude."))
    radius = corrections.number(radius_km, _("The radius"), 0, corrections.WIDEST_KM)
    del checked["place_id"]
    same = Place.objects.filter(kind=OWN, **checked).first()
    return same or Place.objects.create(id=f"{OWN}:{uuid4().hex[:12]}", kind=OWN, radius_km=radius, **checked)
