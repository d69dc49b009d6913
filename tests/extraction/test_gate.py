"""The figures of the labelled development sets must not drop by more than 0.01 below their floors in floors.json.

The sets and their scorer stay outside the repository; where they are absent these tests are skipped.

    python -m tests.extraction.test_gate    writes today's figures as floors, never lower than they are, except with --lower
"""

import importlib.util
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from incidents.extraction import Document, read, record_json

EVAL = Path(__file__).parents[3] / "shared" / "eval"
FLOORS = Path(__file__).with_name("floors.json")
TOLERANCE = 0.01
EVERY = {"muc4": 3}  # of a large set, every third document
PARTIAL = {"fakes_syria", "isaf", "gvc"}  # not every incident is labelled: the main event alone is scored
NULL_ZERO = {"isaf", "gvc"}  # gold 0 means "none reported"
SETS = ("muc4", "fakes_syria", "isaf", "gvc", "wikinews", "lgl", "trnews", "geovirus", "gwn")
SHOWN = {
    "relevance": "F1", "incident type": "R", "killed": "exact", "wounded": "exact", "captured": "within1", "date": "exact",
    "place name": "acc", "place@161km": "acc", "perpetrators (head)": "F1", "weapons (head)": "F1", "toponym exact": "F1",
    "toponym coords": "acc161_resolved", "evidence": "valid",
}  # fmt: skip
pytestmark = [pytest.mark.seed, pytest.mark.skipif(not EVAL.is_dir(), reason="the labelled sets are not here")]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EVAL / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(name: str) -> Iterator[dict[str, Any]]:
    lines = (EVAL / "dev" / f"{name}.jsonl").read_text("utf-8").rstrip("\n").split("\n")
    return (json.loads(line) for line in lines[:: EVERY.get(name, 1)])


def published(fields: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(fields.get("published"))[:10])
    except ValueError:
        return None


def figures(name: str) -> dict[str, float]:
    score, adapt = load("score"), load("adapt")
    gold = {str(fields["id"]): fields for fields in documents(name)}
    predictions = {}
    for key, fields in gold.items():
        record = record_json(read(Document(key, fields.get("title") or "", fields["text"], published(fields))))
        predictions[key] = adapt.prediction(json.loads(json.dumps(record)), fields)
    result = score.score(gold, predictions, null_zero=name in NULL_ZERO, main_only=name in PARTIAL)
    found = {metric: result.get(metric, {}).get(key) for metric, key in SHOWN.items()}
    return {metric: round(value, 3) for metric, value in found.items() if value is not None}


@pytest.mark.parametrize("name", SETS)
def test_no_figure_drops(name: str) -> None:
    floors: dict[str, float] = json.loads(FLOORS.read_text("utf-8"))[name]
    today = figures(name)
    dropped = {metric: (today.get(metric), floor) for metric, floor in floors.items() if today.get(metric, 0) < floor - TOLERANCE}
    assert not dropped, f"{name}: figure now, floor: {dropped}"


if __name__ == "__main__":
    known = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    for each in SETS:
        now = figures(each)
        before = {} if "--lower" in sys.argv else known.get(each, {})
        known[each] = {metric: max(value, before.get(metric, 0)) for metric, value in now.items()}
    FLOORS.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
