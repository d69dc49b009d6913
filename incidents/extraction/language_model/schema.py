"""The JSON schema sent with a request: the answer's own, less the keywords that strict structured output does not know."""

from typing import Any

from incidents.extraction.language_model.answer import Answer

# Lengths and ranges are checked when the answer comes back; servers refuse schemas that hold them.
_UNKNOWN_TO_SERVERS = {"maxLength", "minLength", "maxItems", "minItems", "minimum", "maximum", "format", "title", "default"}


def answer_schema() -> dict[str, Any]:
    """Return the schema of `Answer` for a strict structured output request."""
    schema: dict[str, Any] = _plain(Answer.model_json_schema(), in_properties=False)
    return schema


def _plain(node: Any, *, in_properties: bool) -> Any:
    if isinstance(node, list):
        return [_plain(item, in_properties=False) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if in_properties or key not in _UNKNOWN_TO_SERVERS}
    return {key: _plain(value, in_properties=key in ("properties", "$defs") and not in_properties) for key, value in kept.items()}
