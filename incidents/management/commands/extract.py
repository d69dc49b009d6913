"""Read documents with the engine alone; nothing is written to the database and none is needed."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from incidents.extraction import Document, Record, read, record_json
from incidents.extraction.model_settings import settings_from_environment
from incidents.management.record_report import report
from sources.refusals import MAX_BYTES, Refused, in_megabytes
from sources.text import decode


class Command(BaseCommand):
    help = "Show what happened, where, when and to whom, as one document tells it."
    requires_system_checks = []
    requires_database = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="a text file; its first line is the title")
        parser.add_argument("--published", help="the day it appeared, YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="print the record as JSON")
        parser.add_argument(
            "--extractor", choices=["rules", "model"], default="rules", help="the engine (default) or the language model"
        )
        parser.add_argument(
            "--jsonl", metavar="FILE", help="read one JSON document a line (- for standard input), print one record a line"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        reader = _reader(options["extractor"])
        if options["jsonl"]:
            self._batch(options["jsonl"], reader)
        elif options["file"]:
            self._single(options["file"], options["published"], reader, as_json=options["json"])
        else:
            raise CommandError("Name a file, or give --jsonl FILE.")

    def _single(self, name: str, published: str | None, reader: Callable[[Document], Record], *, as_json: bool) -> None:
        title, _, text = _text_of(Path(name)).partition("\n")
        try:
            document = Document(Path(name).name, title.strip(), text, _day(published, "--published"))
            record = reader(document)
        except ValueError as error:
            raise CommandError(str(error)) from None
        if as_json:
            self.stdout.write(json.dumps(record_json(record), ensure_ascii=False, indent=1))
        else:
            report(record, document, Console(file=sys.stdout))

    def _batch(self, name: str, reader: Callable[[Document], Record]) -> None:
        lines: Iterable[bytes] = sys.stdin.buffer if name == "-" else _bytes_of(Path(name)).splitlines()
        refused = read_any = 0
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                document, warning = _document(line)
                if warning:
                    self.stderr.write(f"line {number}: {warning}; read without a date")
                record = reader(document)
            except ValueError as error:
                refused += 1
                self.stderr.write(f"line {number}: {error}")
                continue
            read_any += 1
            sys.stdout.write(json.dumps(record_json(record), ensure_ascii=False) + "\n")
        sys.stdout.flush()
        if refused and not read_any:
            raise CommandError(f"{name}: no line could be read")


def _document(line: bytes) -> tuple[Document, str]:
    """Return the document of one JSON line and what is wrong with its date, "" where nothing is; ValueError where it is none."""
    try:
        fields = json.loads(line)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"not JSON ({error})") from None
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise ValueError('no "text" in it')
    title, written = fields.get("title"), fields.get("published")
    published, warning = None, ""
    try:
        published = _day(str(written)[:10], '"published"') if written else None
    except ValueError as error:  # the text is worth reading all the same
        warning = str(error)
    name = title if isinstance(title, str) else ""
    return Document(id=str(fields.get("id", "")), title=name, text=fields["text"], published=published), warning


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
            raise CommandError(f"{path}: larger than {in_megabytes(MAX_BYTES)}")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}") from None


def _text_of(path: Path) -> str:
    try:
        return decode(_bytes_of(path), str(path)).replace("\r\n", "\n")
    except Refused as refused:
        raise CommandError(str(refused)) from None


def _reader(name: str) -> Callable[[Document], Record]:
    """Return what reads a document: the engine, or the language model that is configured."""
    if name == "rules":
        return read
    settings = settings_from_environment()
    if settings is None:
        raise CommandError("No language model is configured: set LLM_BASE_URL and LLM_MODEL.")
    from incidents.extraction.language_model import ModelError, read_with_model

    def ask(document: Document) -> Record:
        try:
            return read_with_model(document, settings).record
        except ModelError as error:
            raise ValueError(str(error)) from None

    return ask
