"""JSON lines: a document a line, with id, title, text, published, url and source, of which only the text must be there. Pure."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sources.dates import written_date
from sources.incoming import MAX_ID, Found, Given, IncomingDocument
from sources.refusals import MAX_BYTES, Refused, in_megabytes
from sources.text import decode, storable


def documents_in_lines(path: Path, given: Given, *, folder: str) -> Iterator[Found]:
    """Yield a document a line, one line in memory at a time: a file of many may be of any size. A refusal names its line."""
    found = False
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(MAX_BYTES), b""), start=1):
            if not line.strip():
                continue
            found = True
            try:
                yield _line(line, f"{path} line {number}", given, folder)
            except Refused as refused:
                yield refused
                if len(line) >= MAX_BYTES:
                    return  # what follows is the rest of the same line
    if not found:
        raise Refused(str(path), "empty")


def _line(line: bytes, name: str, given: Given, folder: str) -> IncomingDocument:
    if len(line) >= MAX_BYTES:
        raise Refused(name, f"larger than {in_megabytes(MAX_BYTES)}")
    try:
        fields = json.loads(decode(line, name))
    except (json.JSONDecodeError, RecursionError) as error:
        raise Refused(name, f"not JSON ({getattr(error, 'msg', 'nested too deeply')})") from None
    if not isinstance(fields, dict):
        raise Refused(name, "not a JSON object with id, title, text, published, url")
    title, text = storable(_string(fields, "title", name)), storable(_string(fields, "text", name))
    if not text:
        raise Refused(name, "empty: no text")
    day, moment = _published(fields, name)
    return IncomingDocument(
        name=name,
        source=given.source or _string(fields, "source", name).strip() or folder,
        title=" ".join(title.split()),
        text=text,
        published=given.published or day,
        published_at=None if given.published else moment,
        external_id=storable(_string(fields, "id", name))[:MAX_ID],
        url=storable(_string(fields, "url", name))[:2000],
    )


def _string(fields: dict[str, Any], key: str, name: str) -> str:
    value = fields.get(key)
    if value is None:
        return ""
    if isinstance(value, int) and key == "id":
        return str(value)
    if not isinstance(value, str):
        raise Refused(name, f"{key} is not a text")
    return value


def _published(fields: dict[str, Any], name: str) -> tuple[date | None, datetime | None]:
    written = _string(fields, "published", name).strip()
    if not written:
        return None, None
    try:
        return written_date(written)
    except ValueError:
        raise Refused(name, f"published {written[:40]!r} is not a date (YYYY-MM-DD)") from None
