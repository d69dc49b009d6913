"""Full-text search over an incident: its headline, place and actors, and the sentences it was read from."""

from functools import reduce
from operator import add

from django.contrib.postgres.search import CombinedSearchVector, SearchVector
from django.db.models import Value

from geo import country_names
from incidents.models import SEARCH_CONFIG, Incident
from incidents.reports import Reported

LONGEST = 50_000  # characters of evidence; a search vector holds one megabyte


def save(incident: Incident, events: list[Reported]) -> None:
    """Save the incident with its search vector computed by the database; what is out of sight keeps the one it had."""
    if incident.deleted_at is not None:
        incident.save()
        return
    incident.search = vector(incident, events)
    incident.save()
    del incident.search  # an expression until it is read again


def vector(incident: Incident, events: list[Reported]) -> SearchVector | CombinedSearchVector:
    """Return the expression of the incident's search vector: headline first, then place and actors, then evidence."""
    place = " ".join([incident.place_name, incident.admin1, country_names.name_of(incident.country)])
    actors = " ".join(actor["name"] for actor in incident.actors)
    parts = [(incident.headline, "A"), (f"{place} {actors}", "B"), (evidence(events), "C")]
    return reduce(add, (SearchVector(Value(text), weight=weight, config=SEARCH_CONFIG) for text, weight in parts))


def evidence(events: list[Reported]) -> str:
    """Return the titles and evidence sentences of the events, each once."""
    texts: dict[str, None] = {}
    for one in events:
        article = one.event.article
        texts[article.title] = None
        for value in one.event.evidence or []:
            start, end = value.get("span") or (0, 0)
            texts[(article.title if value.get("in") == "title" else article.text)[start:end]] = None
    return "\n".join(texts)[:LONGEST]
