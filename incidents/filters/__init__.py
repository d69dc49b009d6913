"""The one filter: map, timeline, list, charts, API, export, alert and feed all answer to the same query string."""

from incidents.filters.form import IncidentFilter
from incidents.filters.words import Chip, Numbers

__all__ = ["Chip", "IncidentFilter", "Numbers"]
