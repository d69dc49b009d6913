"""The incidents before and after one under the reader's filter, in the filter's own order."""

from dataclasses import dataclass

from django.db.models import F, Q

from incidents.filters import IncidentFilter
from incidents.filters.words import sentence
from incidents.models import Incident

OWN = ("claims", "history", "origins")  # what the incident's page itself reads from the query string
COLUMNS = {"date": "day", "oldest": "day", "killed": "killed_best", "origins": "origin_count", "changed": "changed_at"}


@dataclass(frozen=True, slots=True)
class Along:
    """`words` says the filter, `query` is its query string with "?" ("" for none); None where the list ends."""

    words: str
    query: str
    before: Incident | None
    after: Incident | None


def along(incident: Incident, asked: IncidentFilter) -> Along:
    """Return the neighbours of an incident in the list, wherever in it the incident would stand."""
    query = asked.query.copy()
    for name in (*OWN, "page", "cursor"):
        query.pop(name, None)
    words = sentence(asked.asked) if asked.chips() else ""
    text = query.urlencode(safe=",")
    return Along(words, f"?{text}" if text else "", _next(incident, asked, back=True), _next(incident, asked, back=False))


def _next(incident: Incident, asked: IncidentFilter, *, back: bool) -> Incident | None:
    """Return the first incident after this one, or with `back` the last before it; what has no value stands last."""
    column = COLUMNS[asked.ordering]
    value = getattr(incident, column)
    rising = (asked.ordering == "oldest") != back  # the way values go in the direction asked for
    further = Q(**{f"{column}__{'gt' if rising else 'lt'}": value}) if value is not None else Q(pk__in=())
    level = Q(**{column: value, f"pk__{'gt' if rising else 'lt'}": incident.pk})
    if value is None:
        beyond = Q(**{f"{column}__isnull": False}) if back else Q(pk__in=())
    else:
        beyond = Q(pk__in=()) if back else Q(**{f"{column}__isnull": True})
    last = {"nulls_first": True} if back else {"nulls_last": True}
    order = F(column).asc(**last) if rising else F(column).desc(**last)
    found = asked.narrow(Incident.objects.visible()).filter(further | level | beyond).defer("search")
    return found.order_by(order, "pk" if rising else "-pk").first()
