"""An event's statements and parties as plain lists, so that an action can write down what they were and put them back."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from incidents.models import Count, Participation

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A list of rows that belongs to an event, read and written as if it were one of its columns."""

    model: type[Count] | type[Participation]

    def read(self, event: Model) -> list[Json]:
        """Return the rows, ids included, in the order they were made."""
        columns = [field.attname for field in self.model._meta.concrete_fields if field.name != "event"]
        return list(self.model._default_manager.filter(event=event.pk).order_by("pk").values(*columns))

    def write(self, event: Model, rows: list[Json]) -> None:
        """Put these rows in place of the ones that are there; those with an id get it again."""
        self.model._default_manager.filter(event=event.pk).delete()
        for row in rows:
            self.model._default_manager.create(event_id=event.pk, **row)


PARTS: dict[str, Part] = {"counts": Part(Count), "participations": Part(Participation)}
