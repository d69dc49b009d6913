"""The formats incidents can be taken away in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from incidents.exports import acled, ged
from incidents.exports.about import About
from incidents.exports.columns import INCIDENTS, Table
from incidents.exports.csv_file import write_csv, write_hxl
from incidents.exports.json_files import write_geojson, write_ndjson
from incidents.exports.kml import write_kml
from incidents.exports.parquet import write_parquet
from incidents.exports.rows import Fetched
from incidents.exports.xlsx import write_xlsx

Write = Callable[[Iterable[Fetched], About], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `packed`: already compressed; `row_bytes`: what an incident takes, roughly, for an estimate of the size."""

    name: str
    label: Any
    words: Any
    media_type: str
    ending: str
    write: Write
    row_bytes: int
    table: Table = INCIDENTS
    packed: bool = False

    @property
    def described(self) -> bool:
        """Whether the file itself has no place for what it is: then the dictionary belongs beside it."""
        return self.ending in ("csv", "ndjson")


CSV = "text/csv; charset=utf-8; header=present"
FORMATS = {
    each.name: each
    for each in (
        Format("csv", _("CSV"), _("A table for any program; its dictionary of columns beside it."), CSV, "csv", write_csv, 420),
        Format("hxl", _("CSV with HXL tags"), _("The same with a row of humanitarian hashtags."), CSV, "csv", write_hxl, 420),
        Format("xlsx", _("Excel"), _("A workbook; on several sheets beyond 1,048,575 incidents."),
               "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", write_xlsx, 190, packed=True),
        Format("geojson", _("GeoJSON"), _("For maps. Only what has a point of its own gets one."),
               "application/geo+json", "geojson", write_geojson, 1900),
        Format("kml", _("KML"), _("For Google Earth and the like."),
               "application/vnd.google-earth.kml+xml", "kml", write_kml, 1800),
        Format("ndjson", _("NDJSON"), _("The API's incidents, one a line: start here, then follow the changes."),
               "application/x-ndjson", "ndjson", write_ndjson, 900),
        Format("parquet", _("Parquet"), _("Typed columns for pandas, DuckDB, Arrow and Spark."),
               "application/vnd.apache.parquet", "parquet", write_parquet, 90, packed=True),
        Format("acled", _("CSV in ACLED's shape"), _("Our incidents under ACLED's columns; every row says how well they fit."),
               CSV, "csv", acled.write_acled, 330, acled.TABLE),
        Format("ged", _("CSV in UCDP GED's shape"), _("Our incidents under GED's columns; every row says how well they fit."),
               CSV, "csv", ged.write_ged, 360, ged.TABLE),
    )
}  # fmt: skip
