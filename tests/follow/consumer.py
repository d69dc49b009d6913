"""A client as the guide describes one: starts from the list, follows the log, keeps what it holds and its cursor on disk.

    python tests/follow/consumer.py ADDRESS FILE

Everything that is held is in the file after each page, in one atomic step; whenever the process is killed, it goes on from there.
"""

import json
import sys
from pathlib import Path
from typing import Any

import httpx


def main(address: str, file: Path) -> None:
    with httpx.Client(base_url=address, timeout=90) as client:
        held, after = loaded(file) or snapshot(client)
        while True:
            kept(file, held, after)
            answer = client.get("/api/v1/changes/", params={"after": after, "include": "incident", "limit": 200, "wait": 20})
            page = answer.raise_for_status().json()
            for entry in page["results"]:
                if entry["number"] != after + 1:
                    sys.exit(f"after entry {after} came {entry['number']}")
                apply(held, entry)
                after = entry["number"]


def snapshot(client: httpx.Client) -> tuple[dict[str, Any], int]:
    """Return every incident there is, and the number from which to follow: the one of before the first page."""
    held: dict[str, Any] = {}
    after, address = None, "/api/v1/incidents/?background=1&page_size=100"
    while address:
        answer = client.get(address).raise_for_status()
        after = int(answer.headers["X-Change-Number"]) if after is None else after
        held |= {str(incident["id"]): incident for incident in answer.json()["results"]}
        address = answer.json()["next"]
    return held, after or 0


def apply(held: dict[str, Any], entry: dict[str, Any]) -> None:
    """Bring what is held up to an entry; one whose incident has changed again waits for that later entry."""
    if entry["latest"] > entry["number"]:
        return
    version = entry["state"]["version"] if entry["state"] else entry["latest"]
    if version != entry["number"]:
        sys.exit(f"entry {entry['number']} tells of version {version}")
    if entry["state"] is None:
        held.pop(str(entry["incident"]), None)
    else:
        held[str(entry["incident"])] = entry["state"]


def loaded(file: Path) -> tuple[dict[str, Any], int] | None:
    if not file.exists():
        return None
    kept = json.loads(file.read_text())
    return kept["held"], kept["after"]


def kept(file: Path, held: dict[str, Any], after: int) -> None:
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps({"held": held, "after": after}))
    draft.replace(file)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
