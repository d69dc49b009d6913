"""How many incidents each value of each filter parameter would leave, under all the other parameters."""

from itertools import accumulate
from typing import Any

from django.db.models import Count, Func, JSONField
from django.db.models.fields.json import KeyTextTransform

from incidents.filters import IncidentFilter
from incidents.models import Count as Statement
from incidents.models import Event, Incident
from incidents.vocabulary import PLACE_PRECISIONS

COLUMNS = {
    "family": "family",
    "type": "type",
    "country": "country",
    "admin1": "admin1",
    "stage": "stage",
    "review": "review_status",
}
MOST = 40  # values of an open vocabulary
FACETS = (*COLUMNS, "precision", "placed", "background", "actor", "role", "source", "claimant")


def facets(asked: IncidentFilter) -> dict[str, dict[str, int]]:
    """Return parameter -> value -> number of incidents; of open vocabularies the most frequent values, in that order."""
    found: dict[str, dict[str, int]] = {name: _column(asked, name) for name in COLUMNS}
    found["precision"] = _precision(asked)
    found["placed"] = _placed(asked)
    found["background"] = _background(asked)
    found["actor"] = _in_actors(asked, "actor", "name")
    found["role"] = _in_actors(asked, "role", "role")
    found["source"] = _source(asked)
    found["claimant"] = _claimant(asked)
    return found


def _under_others(asked: IncidentFilter, name: str) -> Any:
    return asked.narrow(Incident.objects.visible(), without=(name,))


def _column(asked: IncidentFilter, name: str) -> dict[str, int]:
    rows = _under_others(asked, name).values_list(COLUMNS[name]).annotate(n=Count("pk")).order_by("-n", COLUMNS[name])
    return {value: n for value, n in rows if value}


def _precision(asked: IncidentFilter) -> dict[str, int]:
    """Cumulative: the place is known at least so well."""
    rows = dict(_under_others(asked, "precision").values_list("place_precision").annotate(n=Count("pk")))
    counts = accumulate(rows.get(precision, 0) for precision in PLACE_PRECISIONS)
    return dict(zip(PLACE_PRECISIONS, counts, strict=True))


def _placed(asked: IncidentFilter) -> dict[str, int]:
    row = _under_others(asked, "placed").aggregate(all=Count("pk"), yes=Count("lat"))
    return {"yes": row["yes"], "no": row["all"] - row["yes"], "": row["all"]}


def _background(asked: IncidentFilter) -> dict[str, int]:
    rows = dict(_under_others(asked, "background").values_list("background").annotate(n=Count("pk")))
    news, history = rows.get(False, 0), rows.get(True, 0)
    return {"": news, "1": news + history, "only": history}


class EachActor(Func):
    """The entries of an incident's list of actors, a row each."""

    function = "jsonb_array_elements"
    output_field = JSONField()
    set_returning = True


def _in_actors(asked: IncidentFilter, name: str, key: str) -> dict[str, int]:
    """Count in the lists of actors, each incident once a value."""
    each = _under_others(asked, name).annotate(value=KeyTextTransform(key, EachActor("actors")))
    rows = each.values_list("value").annotate(n=Count("pk", distinct=True)).order_by("-n", "value")
    return {value: n for value, n in rows[:MOST] if value}


def _source(asked: IncidentFilter) -> dict[str, int]:
    events = Event.objects.filter(incident__in=_under_others(asked, "source").values("pk"))
    rows = events.values_list("article__source__name").annotate(n=Count("incident", distinct=True))
    return dict(rows.order_by("-n", "article__source__name")[:MOST])


def _claimant(asked: IncidentFilter) -> dict[str, int]:
    said = Statement.objects.exclude(claimant="").filter(event__incident__in=_under_others(asked, "claimant").values("pk"))
    rows = said.values_list("claimant").annotate(n=Count("event__incident", distinct=True))
    return dict(rows.order_by("-n", "claimant")[:MOST])
