"""`manage.py load_gazetteer`: the places the desk knows, as rows and as the engine's index."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from geo.index import default_index
from geo.loading import is_loaded, load_places


class Command(BaseCommand):
    help = (
        "Load the gazetteer (GeoNames cities and divisions, countries, the desk's own places). Running it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--full", metavar="FILE", help="also load a GeoNames dump: allCountries.txt or .zip, or one country's"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["full"]:
            _use_dump(Path(options["full"]))
        console = Console()
        with Progress(console=console) as progress:
            try:
                known, changed = _load(progress)
            except (OSError, ValueError, StopIteration, BadZipFile) as error:
                raise CommandError(f"{options['full'] or 'the gazetteer'}: not readable as places ({error})") from None
        console.print(f"{known:,} places, {changed:,} of them new or changed.")
        if options["full"]:
            console.print(
                f"Set GEONAMES_DUMP={os.environ['GEONAMES_DUMP']} for every process, so that all of them find these places."
            )


def _use_dump(path: Path) -> None:
    if not path.is_file():
        raise CommandError(f"{path}: no such file")
    os.environ["GEONAMES_DUMP"] = str(path.resolve())


def _load(progress: Progress) -> tuple[int, int]:
    building = progress.add_task("Compiling the gazetteer", total=1)
    index = default_index(lambda done, of: progress.update(building, completed=done, total=of))
    progress.update(building, completed=1, total=1)
    if is_loaded(index.version):
        return len(index), 0
    records = progress.track(index.records(), total=len(index), description="Loading places")
    return len(index), load_places(records, index.version)
