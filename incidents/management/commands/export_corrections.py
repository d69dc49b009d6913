"""`manage.py export_corrections FILE`: what people corrected, as labelled cases to measure engines on."""

import re
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from incidents.correction_cases import as_toml, cases


class Command(BaseCommand):
    help = (
        "Write standing corrections as labelled cases in the format of tests/extraction/cases (TOML), articles' texts included. "
        "Measure the engine on them with: python -m tests.extraction.cases --folder=FOLDER"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file to write, NAME.toml; its name begins every case's id")
        parser.add_argument("--since", help="only corrections made on this day or later, as 2026-01-31")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.suffix != ".toml" or not re.fullmatch(r"[a-z][a-z0-9_]*", path.stem):
            raise CommandError(f"{path}: name it like corrections.toml, in small letters, digits and underscores.")
        if not path.parent.is_dir():
            raise CommandError(f"{path.parent}: there is no such folder.")
        written = list(cases(since=_day(options["since"])))
        path.write_text("".join(as_toml(written, path.stem)), encoding="utf-8")
        self.stdout.write(f"{len(written):,} articles with corrections in {path}")


def _day(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC) if text else None
    except ValueError:
        raise CommandError(f"--since {text}: give a day as 2026-01-31.") from None
