"""What leads on from an answer, for the schema: its headers, and the operations that take something of it (OpenAPI links)."""

from typing import Any

Json = dict[str, Any]
READ, PUSHED = ("get", "200"), ("post", "201")
FIRST = "$response.body#/results/0/id"
CHANGES = "/api/v1/changes/"
NUMBER = {"schema": {"type": "integer", "minimum": 0}}
STANDING = {"X-Change-Number": NUMBER | {"description": "Number of the change log that the answer stands at: follow from there."}}
EXPORTED = STANDING | {
    "X-Total-Count": NUMBER | {"description": "Rows the file will have."},
    "X-Exported-At": {"schema": {"type": "string", "format": "date-time"}, "description": "The moment all of it is of."},
    "X-Filter": {"schema": {"type": "string"}, "description": "The query string that chose it."},
}
HEADERS = {("/api/v1/incidents/", *READ): STANDING, ("/api/v1/export/{name}/", *READ): EXPORTED}
LISTS = ("incidents", "events", "counts", "claims", "articles", "places", "actors", "sources")
Leads = dict[str, tuple[str, str, Json]]
# path, method, status -> name of the link -> path, method and parameters of what it leads to
LINKS: dict[tuple[str, str, str], Leads] = {
    (f"/api/v1/{name}/", *READ): {"first": (f"/api/v1/{name}/{{id}}/", "get", {"id": FIRST})} for name in LISTS
}
LINKS["/api/v1/incidents/", *READ] |= {
    "follow": (CHANGES, "get", {"after": "$response.header.X-Change-Number"}),
    "events": ("/api/v1/events/", "get", {"incident": FIRST}),
}
LINKS |= {
    (CHANGES, *READ): {"next": (CHANGES, "get", {"after": "$response.body#/after"})},
    ("/api/v1/export/{name}/", *READ): {"follow": (CHANGES, "get", {"after": "$response.header.X-Change-Number"})},
    ("/api/v1/articles/", *PUSHED): {"article": ("/api/v1/articles/{id}/", "get", {"id": "$response.body#/article/id"})},
    ("/api/v1/incidents/{id}/corrections/", *PUSHED): {
        "undo": ("/api/v1/actions/{id}/undo/", "post", {"id": "$response.body#/action"}),
    },
}


def add(paths: Json) -> None:
    """Put headers and links into the answers they belong to."""
    for (path, method, status), headers in HEADERS.items():
        paths[path][method]["responses"][status]["headers"] = headers
    for (path, method, status), leads in LINKS.items():
        paths[path][method]["responses"][status]["links"] = {
            name: {"operationId": paths[target][verb]["operationId"], "parameters": parameters}
            for name, (target, verb, parameters) in leads.items()
        }
