"""`manage.py export csv "country=SY&since=2022" -o incidents.csv`: any filter as a file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from rich.console import Console
from rich.progress import Progress

from incidents.desk_address import base_of
from incidents.exports.about import About
from incidents.exports.files import beside, whole
from incidents.exports.formats import FORMATS, Format
from incidents.exports.rows import Fetched
from incidents.exports.snapshot import Snapshot, said_of
from incidents.filters import IncidentFilter


class Command(BaseCommand):
    help = "Write the incidents of a filter to a file or to standard output."
    requires_system_checks: list[str] = []  # they load every page and its parts: 75 MB for nothing

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", choices=sorted(FORMATS))
        parser.add_argument("query", nargs="?", default="", help="the filter, as in the desk's address: country=SY&since=2022")
        parser.add_argument(
            "-o", "--output", metavar="FILE", help="with a dictionary beside it where the format cannot say what it is"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        form = FORMATS[options["format"]]
        asked = _asked(options["query"])
        output = options["output"]
        console = Console(stderr=True)
        try:
            with Snapshot(asked, limited=False) as snapshot, Progress(console=console) as progress:
                about = said_of(asked, snapshot, base_of())
                rows = progress.track(snapshot.rows(about.base), total=about.total, description="Exporting")
                _write(form, rows, about, output)
        except OSError as error:
            raise CommandError(f"{output or 'standard output'}: {error.strerror or error}") from None
        console.print(f"{about.words}: {about.total:,} incidents, version {about.version}" + (f", in {output}" if output else ""))


def _asked(query: str) -> IncidentFilter:
    asked = IncidentFilter(QueryDict(query.removeprefix("?")))
    reasons = [f"{name}: {reason}" for name, found in asked.errors.items() for reason in found]
    if reasons or asked.unknown:
        raise CommandError("; ".join([*reasons, *([asked.notice()] if asked.unknown else [])]))
    return asked


def _write(form: Format, rows: Any, about: About, output: str | None) -> None:
    if output is None:
        _pour(form, rows, about, sys.stdout.buffer)
        return
    path = Path(output)
    with whole(path) as file:
        _pour(form, rows, about, file)
    if form.described:
        beside(path, form, about)


def _pour(form: Format, rows: "Any | list[Fetched]", about: About, file: IO[bytes]) -> None:
    for piece in form.write(rows, about):
        file.write(piece)
