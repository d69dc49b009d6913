"""What the columns of a table mean, as CSV on the Web metadata (W3C, tabular-metadata) beside the file."""

from typing import Any

from incidents.exports.about import About
from incidents.exports.formats import Format

MEDIA_TYPE = "application/csvm+json"
KINDS = {
    "text": "string",
    "code": "string",
    "whole": "integer",
    "number": "number",
    "day": "date",
    "time": "dateTime",
    "yes_no": "boolean",
}


def dictionary(form: Format, about: About, url: str) -> dict[str, Any]:
    """Return the metadata of the table at `url`: its columns, and under "export" the filter, time, version and licence."""
    fields = about.fields()
    described: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": url,
        "dc:title": fields["title"],
        "dc:license": {"@id": fields["licence"]["url"]} if fields["licence"]["url"] else fields["licence"]["name"],
        "export": fields,
        "tableSchema": {
            "columns": [_column(form, column) for column in form.table.columns],
            "primaryKey": form.table.columns[0].name,
        },
    }
    return described | ({"dialect": {"headerRowCount": 2}} if form.name == "hxl" else {})


def _column(form: Format, column: Any) -> dict[str, Any]:
    titles = [column.name, column.hxl] if form.name == "hxl" else [column.name]
    return {"name": column.name, "titles": titles, "datatype": KINDS[column.kind], "dc:description": column.words}
