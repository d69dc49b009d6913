"""Examples in the schema: of bodies written by hand, of answers as the demo desk gives them (answers.json), of each problem.

`scripts/record_answers.py` records the answers anew; tests/api/test_schema.py holds all of them to the schema.
"""

import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

Json = dict[str, Any]
RECORDED = Path(__file__).with_name("answers.json")
REASON = "The governor corrected his figure on Friday."
BODIES: Json = {
    "Reason": {"reason": REASON},
    "Delete": {"reason": "It is an exercise, not an attack."},
    "Correction": {
        "field": "killed",
        "value": {"low": 120, "best": 121, "high": None},
        "evidence": [{"article": 7, "span": [210, 246]}],
        "reason": REASON,
    },
    "Merge": {"gone": 12, "gone_version": 5, "reason": "Both tell of the attack on the market."},
    "Split": {"events": [31, 32], "reason": "The second blast was a day later, in another town."},
    "EventCorrection": {"values": {"type": "shelling", "background": False}, "reason": "The sentence speaks of mortars."},
    "PushedArticle": {
        "title": "Blast at market in Baidoa kills four",
        "text": "BAIDOA, Jan 20 (Gulf Wire) - A bomb hidden in a cart killed four people at a market on Thursday, police said.",
        "source": "Gulf Wire",
        "external_id": "wire-2022-4711",
        "published": "2022-01-20",
    },
}


@cache
def answers() -> Json:
    """Return path -> the answer of GET, as it was recorded."""
    found: Json = json.loads(RECORDED.read_text("utf-8"))
    return found


def add(path: str, method: str, operation: Json) -> None:
    """Put the examples of one operation into it."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        content["examples"] = {"example": {"value": BODIES[_name(content)]}}
    for status in ("200", "201"):
        content = operation["responses"].get(status, {}).get("content", {}).get("application/json")
        shown = (answers().get(path) if method == "get" else _done(_name(content))) if content else None
        if content and shown:
            content["examples"] = {"example": {"value": shown}}


def _name(content: Json) -> str:
    return str(content["schema"]["$ref"]).rpartition("/")[2]


def _done(name: str) -> Json:
    if name == "PushAnswer":
        return {"outcome": "new", "article": answers().get("/api/v1/articles/{id}/")}
    listed = answers().get("/api/v1/incidents/", {"results": [None]})
    return {"action": 812, "incident": listed["results"][0], "correction": 64}


def problem(status: str, words: str) -> Json:
    """Return a problem document of this status."""
    found: Json = {"type": "about:blank", "title": HTTPStatus(int(status)).phrase, "status": int(status), "detail": words}
    if status == "400":
        found["errors"] = {"type": ["“bombin” is not known; did you mean “bombing”?"]}
    return found
