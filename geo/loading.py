"""The gazetteer's places into rows, by COPY."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from geo.models import GazetteerLoad, Place
from geo.records import PlaceRecord

COLUMNS = ("id", "name", "kind", "country", "admin1", "admin2", "lat", "lon", "population", "radius_km")


def row_of(record: PlaceRecord) -> dict[str, Any]:
    """Return a gazetteer record as the columns of its row."""
    return {
        "id": record.id,
        "name": record.name[:200],
        "kind": record.kind,
        "country": record.country or "",
        "admin1": (record.admin1 or "")[:200],
        "admin2": (record.admin2 or "")[:200],
        "lat": record.lat,
        "lon": record.lon,
        "population": record.population,
        "radius_km": record.radius_km,
    }


def is_loaded(version: str) -> bool:
    """Return whether the rows already agree with this compiled gazetteer."""
    return GazetteerLoad.objects.filter(version=version).exists()


def load_places(records: Iterable[PlaceRecord], version: str = "") -> int:
    """Make the rows agree with the records, in one transaction; return how many rows were made or changed.

    `version` names the compiled gazetteer the records come from; `is_loaded` knows it afterwards. Places that only the rows have
    stay: people added them, or events refer to them.
    """
    table, columns = Place._meta.db_table, ", ".join(COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE incoming (LIKE {table} INCLUDING DEFAULTS)")
        with cursor.copy(f"COPY incoming ({columns}) FROM STDIN") as copy:
            for record in records:
                copy.write_row(list(row_of(record).values()))
        changed = ", ".join(f"{column} = excluded.{column}" for column in COLUMNS[1:])
        cursor.execute(
            f"INSERT INTO {table} AS place ({columns}) SELECT DISTINCT ON (id) {columns} FROM incoming "  # noqa: S608 -- our own names
            f"ON CONFLICT (id) DO UPDATE SET {changed} "
            f"WHERE ({', '.join(f'place.{column}' for column in COLUMNS)}) "
            f"IS DISTINCT FROM ({', '.join(f'excluded.{column}' for column in COLUMNS)})"
        )
        made: int = cursor.rowcount
        cursor.execute("DROP TABLE incoming")
        GazetteerLoad.objects.all().delete()
        if version:
            GazetteerLoad.objects.create(version=version)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table}")
    return made
