"""KML 2.2 (OGC 07-147r2): a placemark an incident; only what has a point of its own gets one."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from incidents.api.geojson import POINTS
from incidents.exports.about import About
from incidents.exports.columns import INCIDENTS, plain
from incidents.exports.json_files import in_pieces
from incidents.exports.rows import Fetched
from incidents.exports.xml_text import allowed

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>{name}</name><description>{description}</description>
<ExtendedData>{data}</ExtendedData>
"""


def write_kml(rows: Iterable[Fetched], about: About) -> Iterator[bytes]:
    """Yield the document; what the export is stands in its description and data."""

    def lines() -> Iterator[str]:
        said = about.lines()
        description = "\n".join(f"{name}: {value}" for name, value in said)
        data = "".join(_datum(name, value) for name, value in said)
        yield HEAD.format(name=_text(said[0][1]), description=_text(description), data=data)
        for row in rows:
            yield _placemark(row)
        yield "</Document></kml>\n"

    return in_pieces(lines())


def _placemark(row: Fetched) -> str:
    point = f"<Point><coordinates>{row.lon},{row.lat}</coordinates></Point>" if _has_point(row) else ""
    data = "".join(_datum(name, value) for name, value in plain(INCIDENTS, row).items() if value not in (None, ""))
    head = f'<Placemark id="incident-{row.id}"><name>{_text(row.headline)}</name>'
    return f"{head}{_when(row)}<ExtendedData>{data}</ExtendedData>{point}</Placemark>\n"


def _has_point(row: Fetched) -> bool:
    return row.place_precision in POINTS and row.lat is not None


def _when(row: Fetched) -> str:
    if row.earliest and row.earliest == row.latest:
        return f"<TimeStamp><when>{row.earliest}</when></TimeStamp>"
    begin = f"<begin>{row.earliest}</begin>" if row.earliest else ""
    end = f"<end>{row.latest}</end>" if row.latest else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""


def _datum(name: str, value: Any) -> str:
    words = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return f"<Data name={quoteattr(name)}><value>{_text(words)}</value></Data>"


def _text(text: str) -> str:
    return escape(allowed(text))
