"""The nightly dump: every incident as NDJSON, packed, with its checksum, under DATA_DIR/dumps. Whole or not there."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from incidents.desk_address import base_of
from incidents.exports.about import About
from incidents.exports.files import whole
from incidents.exports.json_files import write_ndjson
from incidents.exports.rows import Fetched
from incidents.exports.snapshot import Snapshot, said_of
from incidents.filters import IncidentFilter

EVERYTHING = "background=1"
ENDING = ".ndjson.gz"
LOCK = 7_203_944_519  # one dump at a time, over all workers

Manifest = dict[str, Any]


def folder() -> Path:
    return settings.DATA_DIR / "dumps"


def dumps() -> list[Manifest]:
    """Return what is there, the newest first: {"file", "sha256", "bytes"} beside what every export says of itself."""
    found = (json.loads(path.read_text()) for path in folder().glob("*.json"))
    return sorted(found, key=lambda manifest: (manifest["exported_at"], manifest["version"]), reverse=True)


def path_of(name: str) -> Path | None:
    """Return the path of a dump or its checksum by file name, None for any other name."""
    known = {file for manifest in dumps() for file in (manifest["file"], f"{manifest['file']}.sha256")}
    return folder() / name if name in known else None


def write_dump(track: Any = None) -> Manifest:
    """Write a dump of all incidents and drop the oldest beyond DUMPS_KEPT. `track(rows, total)` may show the progress."""
    folder().mkdir(parents=True, exist_ok=True)
    with Snapshot(IncidentFilter(QueryDict(EVERYTHING)), limited=False) as snapshot:
        about = said_of(IncidentFilter(QueryDict(EVERYTHING)), snapshot, base_of())
        rows: Iterable[Fetched] = snapshot.rows(about.base)
        manifest = _write(track(rows, about.total) if track else rows, about)
    _keep(settings.DUMPS_KEPT)
    return manifest


def _write(rows: Iterable[Fetched], about: About) -> Manifest:
    name = f"{about.name}{ENDING}"
    path = folder() / name
    # No file name and no time inside: the same rows give the same bytes.
    with whole(path) as file, gzip.GzipFile(filename="", mode="wb", compresslevel=5, fileobj=file, mtime=0) as packed:
        for piece in write_ndjson(rows, about):
            packed.write(piece)
    with path.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    with whole(path.with_name(f"{name}.sha256")) as file:
        file.write(f"{digest}  {name}\n".encode())
    manifest: Manifest = {"file": name, "sha256": digest, "bytes": path.stat().st_size} | about.fields()
    with whole(path.with_name(f"{about.name}.json")) as file:  # last: what has a manifest is complete
        file.write(json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    return manifest


def _keep(number: int) -> None:
    for old in dumps()[max(number, 1) :]:
        path = folder() / old["file"]
        for each in (path.with_name(f"{old['file'].removesuffix(ENDING)}.json"), path.with_name(f"{old['file']}.sha256"), path):
            each.unlink(missing_ok=True)


def due(now: datetime) -> bool:
    """Whether there is no dump yet since DUMP_HOUR (UTC) last struck."""
    struck = now.astimezone(UTC).replace(hour=settings.DUMP_HOUR, minute=0, second=0, microsecond=0)
    struck = struck if struck <= now else struck - timedelta(days=1)
    newest = next(iter(dumps()), None)
    return newest is None or datetime.fromisoformat(newest["exported_at"]) < struck


def dump_if_due() -> None:
    """Write tonight's dump unless it is there or another worker is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (mine,) = cursor.fetchone() or (False,)
        if not mine:
            return
        try:
            if due(timezone.now()):
                write_dump()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
