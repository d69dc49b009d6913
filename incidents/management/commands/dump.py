"""`manage.py dump`: every incident as one packed file with its checksum, as the nightly dump writes it."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from incidents import dumping


class Command(BaseCommand):
    help = "Dump all incidents as NDJSON with a checksum and a manifest, and drop the oldest dumps beyond DUMPS_KEPT."
    requires_system_checks: list[str] = []  # they load every page and its parts: 75 MB for nothing

    def handle(self, *_args: Any, **_options: Any) -> None:
        console = Console(stderr=True)
        with Progress(console=console) as progress:

            def track(rows: Iterable[Any], total: int) -> Iterable[Any]:
                return progress.track(rows, total=total, description="Dumping")

            try:
                manifest = dumping.write_dump(track)
            except OSError as error:
                raise CommandError(f"{dumping.folder()}: {error.strerror or error}") from None
        self.stdout.write(f"{dumping.folder() / manifest['file']}: {manifest['rows']:,} incidents, sha256 {manifest['sha256']}")
