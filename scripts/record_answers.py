"""Record what a demo desk answers, as the schema's examples: `python scripts/record_answers.py http://127.0.0.1:8000`."""

import json
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

KEPT = Path(__file__).resolve().parent.parent / "incidents" / "api" / "answers.json"
ROWS, WORDS = 1, 300  # of each list, and of each text


def _asked(address: str) -> Any:
    with urlopen(Request(address, headers={"Accept": "application/json"})) as answer:  # noqa: S310 -- the address is the user's
        return json.load(answer)


def _short(value: Any, rows: int = ROWS) -> Any:
    """Return a value with few rows in its lists and no long texts; what is no list of rows stays whole."""
    if isinstance(value, dict):
        return {name: _short(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_short(each) for each in (value if _is_tuple(value) else value[:rows])]
    return value[:WORDS] if isinstance(value, str) else value


def _is_tuple(value: list[Any]) -> bool:
    """Whether the list is a few numbers that belong together, or a few of those: a span, the corners of a box."""
    plain = (isinstance(each, int | float) or (isinstance(each, list) and _is_tuple(each)) for each in value)
    return len(value) <= 4 and all(plain)


def main(desk: str) -> None:
    """Ask every address of the schema that answers JSON."""
    found: dict[str, Any] = {}
    for path, operations in sorted(_asked(f"{desk}/api/v1/schema/")["paths"].items()):
        content = operations.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        if "application/json" not in content:
            continue
        listed = found.get(path.removesuffix("{id}/"), {})
        address = path.format(id=listed["results"][0]["id"]) if "{id}" in path else path
        found[path] = _short(_asked(f"{desk}{address}"))
    kept = json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True)
    KEPT.write_text(kept.replace(desk, "https://desk.example") + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
