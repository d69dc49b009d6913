"""What JSON Schema cannot say of a request, put right in made-up ones that should succeed; read by schemathesis, not by pytest.

A cursor is what the desk gave; an end does not lie before its beginning, nor a box's south above its north; a page with includes
is not longer than a hundred rows, and GeoJSON comes whole.
"""

from typing import Any

import schemathesis

ENDS = (("since", "until"), ("from", "to"))
BOXES = ("bbox", "view")


@schemathesis.hook
def map_case(context: Any, case: Any) -> Any:
    if case.meta is None or case.meta.generation.mode.is_negative or not isinstance(case.query, dict):
        return case
    query = case.query
    query.pop("cursor", None)
    for first, last in ENDS:
        if isinstance(query.get(first), str) and isinstance(query.get(last), str):
            query.pop(last)
    for name in BOXES:
        if isinstance(query.get(name), str) and query[name].count(",") == 3:
            west, south, east, north = query[name].split(",")
            south, north = sorted((south, north), key=float)
            query[name] = f"{west},{south},{east},{north}"
    if "include" in query:
        query.pop("page_size", None)
    if "fields" in query:
        query.pop("format", None)
    return case
