"""What is said of numbers of people: every statement of every article, and what the rule for best counts makes of it."""

from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import told
from incidents.api import shown
from incidents.api.parameters import of_filter, of_form
from incidents.api.reports import ClaimShape, StatementShape
from incidents.api.views import List, Parameters, number_parameter
from incidents.models import Count, Incident
from incidents.told import Library


class StatementParameters(Parameters):
    incident = number_parameter("Of this incident.")
    article = number_parameter("In this article.")
    event = number_parameter("Of this event.")


PARAMETERS = [*of_filter(), *of_form(StatementParameters)]


@extend_schema(tags=["counts"])
class CountList(List):
    """Statements of numbers of people, as the articles make them."""

    queryset = Count.objects.values("id")
    serializer_class = StatementShape
    parameters = StatementParameters

    def written(self, rows: "list[Any]") -> "list[Any]":
        return told.statements([row["id"] for row in rows], Library())

    def reporting(self, incidents: QuerySet[Incident]) -> Q:
        return Q(event__incident__in=incidents.values("pk"))

    def narrowed(self, rows: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
        columns = {"incident": "event__incident_id", "article": "event__article_id", "event": "event_id"}
        return rows.filter(**{column: asked[name] for name, column in columns.items() if asked[name] is not None})

    @extend_schema(parameters=PARAMETERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List statements in the order they were read, each with its sentence."""
        return super().list(request, *args, **kwargs)


@extend_schema(tags=["claims"])
class ClaimList(CountList):
    """The same statements where they bear on an incident that stands, each judged beside its rivals."""

    queryset = Count.objects.values("id").filter(
        event__incident__isnull=False, event__incident__merged_into=None, event__incident__deleted_at=None
    )
    serializer_class = ClaimShape

    def written(self, rows: "list[Any]") -> "list[Any]":
        return shown.claims([row["id"] for row in rows], Library())

    @extend_schema(parameters=PARAMETERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List claims: statements with the claimant, the verdict of the rule for best counts, and its reason."""
        return super().list(request, *args, **kwargs)
