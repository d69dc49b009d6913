"""What the generated schema lacks: every answer that is no success, who may ask, and examples."""

from collections.abc import Sequence
from typing import Any

from incidents.api import examples, geojson, links
from incidents.api.errors import MEDIA_TYPE
from incidents.api.sparse import INCLUDES

Json = dict[str, Any]
READS = ("get", "head")
# Rows of which `fields` may leave out anything, so that nothing in them is sure to be there.
NARROWED = (
    "IncludingShape", "IncidentDetail", "EventShape", "StatementShape", "ClaimShape", "ArticleShape", "PlaceShape", "ActorShape",
    "SourceShape",
)  # fmt: skip
BODIES = ("Reason", "Correction", "Delete", "Merge", "Split", "EventCorrection", "PushedArticle")  # what is not known is refused
PROBLEM: Json = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "Listed at /api/problems/.",
        },
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, in words."},
        "errors": {
            "type": "object",
            "description": "Parameter or field to what is wrong with it.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "reference": {"type": "string", "description": "Of a fault of the desk: the number that its log has it under."},
    },
}
ANSWERS = {
    "400": "Something in the request cannot be used; `errors` says what.",
    "401": "No key where one is needed, or one that is not known, revoked or over.",
    "403": "The account or its key may not do this.",
    "404": "There is nothing at this address.",
    "406": "Nothing here is of a kind that is accepted.",
    "429": "Too many requests; Retry-After says when to ask again.",
}
WRITING = {
    "409": "What is asked for does not fit what is there.",
    "412": "The incident is not at the version you saw.",
    "413": "The body is too large.",
    "415": "The body is not JSON.",
    "422": "It is well formed, and the desk's rules refuse it.",
    "428": "If-Match is missing.",
}
FOLLOWING = {
    "409": "The cursor lies beyond the log.",
    "410": "The log does not go back to the cursor.",
    "503": "As many clients wait as this desk takes.",
}


def complete(result: Json, generator: Any, request: Any, public: bool) -> Json:  # noqa: FBT001 -- drf-spectacular's own call
    """Add to the schema what holds for all of the API (a postprocessing hook of drf-spectacular)."""
    schemas = result["components"].setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    for name in NARROWED:
        schemas[name].pop("required", None)
    schemas["EntryShape"]["required"].remove("state")
    for name in BODIES:
        schemas[name]["additionalProperties"] = False
    _let_be_several(schemas)
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            _name_fields(operation, schemas)
            _complete(path, method, operation)
            examples.add(path, method, operation)
    links.add(result["paths"])
    return result


def _let_be_several(node: Any) -> None:
    """Let a value fit more than one of its shapes, as null fits {} and null, and "" a text and an address; {} says it all."""
    if isinstance(node, dict):
        if "oneOf" in node and {} not in (shapes := node.pop("oneOf")):
            node["anyOf"] = shapes
        node = list(node.values())
    for each in node if isinstance(node, list) else ():
        _let_be_several(each)


def _name_fields(operation: Json, schemas: Json) -> None:
    """Say which names `fields` takes: those of the rows that this operation answers with."""
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "fields":
            rows = next(iter(operation["responses"]["200"]["content"].values()))["schema"]
            rows = _resolved(_resolved(rows, schemas).get("properties", {}).get("results", {}).get("items", rows), schemas)
            names = list(rows["properties"])
            parameter["schema"] = _names(names)
            parameter["examples"] = {"example": {"value": ",".join(names[:3])}}
        elif parameter["name"] == "include" and "enum" not in parameter["schema"]:
            parameter["schema"] = _names(INCLUDES)


def _names(known: Sequence[str]) -> Json:
    one = f"(?:{'|'.join(known)})"
    return {"type": "string", "pattern": f"^{one}(?:,{one}){{0,30}}$"}


def _resolved(schema: Json, schemas: Json) -> Json:
    found: Json = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return found


def _complete(path: str, method: str, operation: Json) -> None:
    answers = operation.setdefault("responses", {})
    known = ANSWERS | (WRITING if method == "post" else {}) | (FOLLOWING if "/changes/" in path else {})
    for status, words in known.items():
        answers.setdefault(status, _problem(status, words))
    if method in READS:
        answers["304"] = {"description": "Nothing has changed since the ETag in If-None-Match."}
        if {} not in operation.get("security", []):
            operation.setdefault("security", []).append({})  # reading is free, unless the desk is closed
    if path.endswith("/incidents/") and method == "get":
        answers["200"]["content"][geojson.MEDIA_TYPE] = {"schema": {"type": "object", "description": "With format=geojson."}}
    if path.endswith("/incidents/{id}/"):
        answers["301"] = {"description": "It was merged: Location is the incident it is part of now."}
        answers["410"] = _problem("410", "It was deleted.")


def _problem(status: str, words: str) -> Json:
    shown = {"problem": {"value": examples.problem(status, words)}}
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": shown}}
    return {"description": words, "content": content}
