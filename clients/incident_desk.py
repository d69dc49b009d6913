"""A client of the desk's API in one file, to be copied into other projects. Needs Python 3.11 and httpx.

    python clients/incident_desk.py http://127.0.0.1:8000 copy.json     # hold what the desk holds, until it is stopped

docs/api.md says what the calls mean, /api/docs/ of a desk what every answer looks like.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

Json = dict[str, Any]
TRIES = 8
AGAIN = frozenset((429, 503))  # too many requests; starting
GONE = frozenset((409, 410))  # the cursor is of another log, or older than what the desk keeps
LONGEST_PAUSE = 60.0  # seconds


class Problem(Exception):
    """What the desk refused: its problem document (RFC 9457) is in `document`."""

    def __init__(self, status: int, document: Json) -> None:
        said = [str(document[part]) for part in ("title", "detail", "errors") if document.get(part)]
        super().__init__(" ".join([str(status), *said]))
        self.status, self.document = status, document


class Desk:
    """One desk. `key` is one of the page /account/keys/; an open desk is read without."""

    def __init__(self, address: str, key: str | None = None, timeout: float = 90.0) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        base = f"{address.rstrip('/')}/api/v1/"
        self._http = httpx.Client(base_url=base, headers=headers, timeout=timeout, follow_redirects=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._http.close()

    def get(self, path: str, **asked: Any) -> Json:
        """Return one answer: `get("incidents/7/")`, `get("facets/", country="SY")`."""
        found: Json = self._ask("GET", path, params=asked).json()
        return found

    def rows(self, path: str, **asked: Any) -> Iterator[Json]:
        """Yield all rows of a list under the filter: `rows("incidents/", type="shooting", since="2022-01")`."""
        page = self.get(path, **asked)
        while True:
            yield from page["results"]
            if not page["next"]:
                return
            page = self._ask("GET", page["next"]).json()

    def everything(self, **asked: Any) -> tuple[list[Json], int]:
        """Return the incidents under the filter, and the number from which to follow what changes after them."""
        with self._http.stream("GET", "export/ndjson/", params=asked) as answer:
            if answer.is_error:
                answer.read()
                raise Problem(answer.status_code, _document(answer))
            rows = [json.loads(line) for line in answer.iter_lines() if line]
            if len(rows) != int(answer.headers["X-Total-Count"]):
                raise httpx.RemoteProtocolError("The export ended before its last row.")
            return rows, int(answer.headers["X-Change-Number"])

    def changes(self, after: int, wait: int = 0) -> Json:
        """Return the entries after a number of the change log, each with its incident's state; waits up to so many seconds."""
        return self.get("changes/", after=after, wait=wait, include="incident", limit=200)

    def push(self, article: Json, once: str | None = None) -> Json:
        """Store an article, which the desk then reads; the same `once` again does nothing twice."""
        headers = {"Idempotency-Key": once} if once else {}
        stored: Json = self._ask("POST", "articles/", json=article, headers=headers).json()
        return stored

    def correct(self, incident: Json, field: str, value: Any, reason: str = "") -> Json:
        """Correct a field of an incident as it was read; raises Problem 412 where it has changed since."""
        body, headers = {"field": field, "value": value, "reason": reason}, {"If-Match": f'"{incident["version"]}"'}
        done: Json = self._ask("POST", f"incidents/{incident['id']}/corrections/", json=body, headers=headers).json()
        return done

    def undo(self, action: int, reason: str = "") -> Json:
        """Undo what was done, by the number that the answer to it gave."""
        undone: Json = self._ask("POST", f"actions/{action}/undo/", json={"reason": reason}).json()
        return undone

    def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        for tried in range(1, TRIES + 1):
            answer = self._http.request(method, path, **options)
            if answer.status_code not in AGAIN or tried == TRIES:
                break
            time.sleep(_pause(answer))
        if answer.is_error:
            raise Problem(answer.status_code, _document(answer))
        return answer


class Copy:
    """What a desk holds, incident by id, in a file that is whole whenever the process ends."""

    def __init__(self, file: Path) -> None:
        kept = json.loads(file.read_text("utf-8")) if file.exists() else {"held": {}, "after": None}
        self.file = file
        self.held: dict[str, Json] = kept["held"]
        self.after: int | None = kept["after"]

    def follow(self, desk: Desk, wait: int = 20) -> bool:
        """Take in one page of changes, everything the first time; return whether there was anything new."""
        before = self.after
        try:
            if self.after is None:
                self._start(desk)
            else:
                self._take_in(desk.changes(self.after, wait)["results"])
        except Problem as problem:
            if problem.status not in GONE or self.after is None:
                raise
            self._start(desk)
        if self.after == before:
            return False
        draft = self.file.with_suffix(".draft")
        draft.write_text(json.dumps({"held": self.held, "after": self.after}), "utf-8")
        draft.replace(self.file)
        return True

    def _start(self, desk: Desk) -> None:
        rows, self.after = desk.everything(background=1)
        self.held = {str(row["id"]): row for row in rows}

    def _take_in(self, entries: list[Json]) -> None:
        for entry in entries:
            if self.after is None or entry["number"] != self.after + 1:
                raise ValueError(f"After entry {self.after} came {entry['number']}.")
            if entry["latest"] == entry["number"]:  # else it is told again later, as it is now
                self.held.pop(str(entry["incident"]), None)
                if entry["state"]:
                    self.held[str(entry["incident"])] = entry["state"]
            self.after = entry["number"]


def _pause(answer: httpx.Response) -> float:
    """Return the seconds of Retry-After; a proxy before the desk may send a date instead, for which a moment will do."""
    given = answer.headers.get("Retry-After", "")
    return min(float(given), LONGEST_PAUSE) if given.isdecimal() else 1.0


def _document(answer: httpx.Response) -> Json:
    try:
        found = answer.json()
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"title": answer.reason_phrase}


def main(address: str, file: str) -> None:
    """Keep a file in step with a desk."""
    copy = Copy(Path(file))
    with Desk(address) as desk:
        while True:
            if copy.follow(desk):
                sys.stdout.write(f"{len(copy.held)} incidents, up to change {copy.after}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) != len(("program", "address", "file")):
        sys.exit(__doc__)
    try:
        main(sys.argv[1], sys.argv[2])
    except (Problem, httpx.HTTPError) as error:
        sys.exit(f"{sys.argv[1]}: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
