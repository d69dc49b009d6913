"""Pages by a cursor that names the last row seen: rows that come in meanwhile shift nothing, and deep pages cost no more."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from incidents import stored
from incidents.columns import ordering
from incidents.columns.choosing import chosen
from incidents.columns.ordering import Last

PAGE_SIZE = 50
MOST = 500
LONGEST_CURSOR = 500


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order. Unknown values come last, whatever the direction."""

    column: str
    descending: bool = False
    kind: type = int

    def beyond(self, value: Any) -> Q:
        """Return the rows that come after the value in this column alone."""
        if value is None:
            return Q(pk__in=[])
        lookup = "lt" if self.descending else "gt"
        return Q(**{f"{self.column}__{lookup}": value}) | Q(**{f"{self.column}__isnull": True})

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.column}__isnull": True}) if value is None else Q(**{self.column: value})

    def read(self, value: Any) -> Any:
        """Return a cursor's value as the column's; raises ValueError or TypeError."""
        if value is None:
            return None
        if issubclass(self.kind, date):
            return self.kind.fromisoformat(value)
        if type(value) is not self.kind or (isinstance(value, int) and abs(value) >= 2**63):
            raise ValueError(value)
        return storable(value) if isinstance(value, str) else value


def storable(text: str) -> str:
    """Return the text; raises ValueError where no database holds it: NUL, half a surrogate pair."""
    text.encode()
    if "\0" in text:
        raise ValueError(text)
    return text


ORDERS: dict[str, tuple[Key, ...]] = {
    "id": (Key("pk"),),
    "newest": (Key("pk", descending=True),),
    "place": (Key("pk", kind=str),),
    "date": (Key("day", descending=True, kind=date), Key("pk", descending=True)),
    "oldest": (Key("day", kind=date), Key("pk")),
    "killed": (Key("killed_best", descending=True), Key("pk", descending=True)),
    "origins": (Key("origin_count", descending=True), Key("pk", descending=True)),
    "changed": (Key("changed_at", descending=True, kind=datetime), Key("pk", descending=True)),
}


class StableCursor(BasePagination):
    """Answers with `results` and `next`, an address or null. The queryset must come in the view's order."""

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        self.request = request
        self.order: str = view.order_name if view is not None and hasattr(view, "order_name") else "id"
        size = page_size(request)
        cursor = request.query_params.get("cursor")
        rows = self.rows(queryset, view, read(cursor, self.order) if cursor else None, size + 1)
        self.more = len(rows) > size
        self.last = rows[size - 1] if self.more else None
        return rows[:size]

    def rows(self, queryset: Any, view: APIView | None, last: list[Any] | None, number: int) -> list[Any]:
        """Return so many rows after the last one seen."""
        return list((queryset if last is None else queryset.filter(after(self.order, last)))[:number])

    def place_of(self, row: Any) -> list[Any]:
        """Return the values by which a row stands in the order: its key alone."""
        return [row["id"]]

    def get_next_link(self) -> str | None:
        if self.last is None:
            return None
        return replace_query_param(self.request.build_absolute_uri(), "cursor", written(self.place_of(self.last), self.order))

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.get_next_link(), "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri", "description": "The following page; null on the last."}
        return {"type": "object", "required": ["next", "results"], "properties": {"next": link, "results": schema}}

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE_SIZE}
        return [
            {"name": "cursor", "in": "query", "schema": {"type": "string"}, "description": "Where to go on: from `next`."},
            {"name": "page_size", "in": "query", "schema": size, "description": "Results on a page."},
        ]


class IncidentCursor(StableCursor):
    """The same over incidents, which the copy in memory puts in order."""

    def rows(self, queryset: Any, view: Any, last: list[Any] | None, number: int) -> list[Any]:
        with chosen(view.asked.asked) as found:
            ids = ordering.page(found, self.order, number, after=Last(*last) if last else None)
        return list(stored.in_order(ids))

    def place_of(self, row: Any) -> list[Any]:
        return [getattr(row, key.column) for key in ORDERS[self.order]]


def page_size(request: Request) -> int:
    """Return the size of page asked for; raises ValidationError."""
    given = request.query_params.get("page_size")
    if given is None:
        return PAGE_SIZE
    if not (given.isascii() and given.isdecimal()) or len(given) > 6 or not 1 <= int(given) <= MOST:
        raise ValidationError(
            {"page_size": [_("This must be a whole number from %(least)s to %(most)s.") % {"least": 1, "most": MOST}]}
        )
    return int(given)


def written(values: Sequence[Any], order: str) -> str:
    """Return the cursor that stands after the row with these values."""
    text = json.dumps([order, *(value.isoformat() if isinstance(value, date) else value for value in values)])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(cursor: str, order: str) -> list[Any]:
    """Return the values a cursor holds; raises ValidationError where it is none, or one of another order."""
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError(cursor)
        name, *values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        keys = ORDERS[order]
        if name == order and len(values) == len(keys) and values[-1] is not None:
            return [key.read(value) for key, value in zip(keys, values, strict=True)]
    except (ValueError, TypeError, RecursionError, binascii.Error):
        pass
    raise ValidationError({"cursor": [_("This is no cursor of this list in this order; start without one.")]})


def after(order: str, values: Sequence[Any]) -> Q:
    """Return the rows that come after these values in the order."""
    found, tied = Q(pk__in=[]), Q()
    for key, value in zip(ORDERS[order], values, strict=True):
        found |= tied & key.beyond(value)
        tied &= key.same(value)
    return found
