"""Read documents with the engine alone; nothing is written to the database and none is needed."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from incidents.extraction import Document, read, record_json
from incidents.management.record_report import report

MAX_BYTES = 20_000_000


class Command(BaseCommand):
    help = "Show what happened, where, when and to whom, as one document tells it."
    requires_system_checks = []
    requires_database = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="a text file; its first line is the title")
        parser.add_argument("--published", help="the day it appeared, YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="print the record as JSON")
        parser.add_argument(
            "--jsonl", metavar="FILE", help="read one JSON document a line (- for standard input), print one record a line"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["jsonl"]:
            self._batch(options["jsonl"])
        elif options["file"]:
            self._single(options["file"], options["published"], as_json=options["json"])
        else:
            raise CommandError("Name a file, or give --jsonl FILE.")

    def _single(self, name: str, published: str | None, *, as_json: bool) -> None:
        title, _, text = _text_of(Path(name)).partition("\n")
        try:
            day = _day(published, "--published")
        except ValueError as error:
            raise CommandError(str(error)) from None
        document = Document(Path(name).name, title.strip(), text, day)
        record = read(document)
        if as_json:
            self.stdout.write(json.dumps(record_json(record), ensure_ascii=False, indent=1))
        else:
            report(record, document, Console(file=sys.stdout))

    def _batch(self, name: str) -> None:
        lines: Iterable[bytes] = sys.stdin.buffer if name == "-" else _bytes_of(Path(name)).splitlines()
        refused = read_any = 0
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = read(_document(line))
            except ValueError as error:
                refused += 1
                self.stderr.write(f"line {number}: {error}")
                continue
            read_any += 1
            sys.stdout.write(json.dumps(record_json(record), ensure_ascii=False) + "\n")
        sys.stdout.flush()
        if refused and not read_any:
            raise CommandError(f"{name}: no line could be read")


def _document(line: bytes) -> Document:
    """Return the document of one JSON line; ValueError says what is wrong with it."""
    try:
        fields = json.loads(line)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"not JSON ({error})") from None
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise ValueError('no "text" in it')
    title = fields.get("title")
    published = fields.get("published")
    return Document(
        id=str(fields.get("id", "")),
        title=title if isinstance(title, str) else "",
        text=fields["text"],
        published=_day(str(published)[:10], '"published"') if published else None,
    )


def _day(value: str | None, name: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{name}: {value!r} is not a date (YYYY-MM-DD)") from None


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}") from None


def _text_of(path: Path) -> str:
    """Return a file's text, UTF-8 or Windows Latin."""
    found = _bytes_of(path)
    if b"\0" in found[:4096] and not found.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CommandError(f"{path}: not a text file")
    for encoding in ("utf-16",) if found.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            text = found.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.strip():
            return text.replace("\r\n", "\n")
    raise CommandError(f"{path}: no text in it")
