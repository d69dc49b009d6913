"""`manage.py ingest`: news documents in, incidents out."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from incidents.ingesting import Line, NoWorkerError, Report, lines, process_by_workers, process_here, store_targets
from incidents.management.quiet import quiet_log
from sources.dates import written_date
from sources.incoming import Given
from sources.models import Article

LONGEST_TABLE = 200  # rows; a table of thousands nobody reads


class Command(BaseCommand):
    help = "Take in news documents: .txt, .html, .jsonl and .xml (feed) files, folders of them, addresses of pages and feeds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("targets", nargs="+", metavar="TARGET", help="a file, a folder, or an address")
        parser.add_argument("--published", metavar="DATE", help="publication date of all of them, as YYYY-MM-DD")
        parser.add_argument(
            "--source", default="", metavar="NAME", help="who published them (default: as they say, or their folder)"
        )
        parser.add_argument("--queue", action="store_true", help="let the workers read them, instead of this process")

    @quiet_log()  # what fails stands in the closing table
    def handle(self, *_args: Any, **options: Any) -> None:
        given = Given(published=_date(options["published"]), source=options["source"].strip()[:200])
        console = Console()
        try:
            _prepare_database(console)
            report = _ingest(console, options["targets"], given, queue=options["queue"])
            done = list(lines(report))
        except NoWorkerError as error:
            raise CommandError(str(error)) from None
        except OperationalError:
            raise CommandError("The broker (REDIS_URL) does not answer. What is stored is kept.") from None
        except DatabaseError as error:
            raise CommandError(f"The database refused: {str(error).splitlines()[0]}") from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. What is stored is kept; the workers or 'manage.py process' go on with it.") from None
        _tell(console, done, report)
        if all(line.article.state == Article.State.FAILED for line in done):
            raise CommandError("Nothing was ingested.")


def _date(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return written_date(written)[0]
    except ValueError:
        raise CommandError(f"--published {written!r}: not a date, write it as YYYY-MM-DD") from None


def _prepare_database(console: Console) -> None:
    """Make the tables of a database that has none; an older version's tables are left to the operator's own `migrate`."""
    if Article._meta.db_table not in connection.introspection.table_names():
        with console.status("Preparing the database"):
            call_command("migrate", verbosity=0, interactive=False)


def _ingest(console: Console, targets: list[str], given: Given, *, queue: bool) -> Report:
    with Progress(console=console) as progress:
        report = store_targets(targets, given, progress)
        (process_by_workers if queue else process_here)(report.to_process, progress)
    return report


def _tell(console: Console, done: list[Line], report: Report) -> None:
    if done:
        console.print(_table(done, console.width))
    if len(done) > LONGEST_TABLE:
        console.print(f"… and {len(done) - LONGEST_TABLE:,} more articles.")
    failed = [line.article for line in done if line.article.state == Article.State.FAILED]
    for article in failed:
        console.print(f"[bold]Failed[/bold] {escape(f'{article}: {article.error}')}", soft_wrap=True, highlight=False)
    for refused in report.refused:
        console.print(f"[bold]Refused[/bold] {escape(str(refused))}", soft_wrap=True, highlight=False)
    new = {incident for line in done for incident in line.new}
    joined = {incident for line in done for incident in line.joined}
    known = [line for line in done if line.outcome == "known"]
    told = [
        f"{len(done):,} articles ({len(known):,} known already)",
        f"{sum(line.events for line in done if line not in known):,} events",
        f"{len(new):,} incidents new",
        f"{len(joined):,} joined",
        f"{len(report.refused):,} refused",
    ]
    console.print(", ".join(told) + ".")


def _table(done: list[Line], width: int) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("Article", no_wrap=True, overflow="ellipsis", max_width=width // 2)
    table.add_column("")
    table.add_column("Events", justify="right")
    table.add_column("Incidents new")
    table.add_column("joined")
    for line in done[:LONGEST_TABLE]:
        article = line.article
        title = article.title or article.text[:60]
        outcome = "failed" if article.state == Article.State.FAILED else line.outcome
        new, joined = (" ".join(incident.number for incident in incidents) for incidents in (line.new, line.joined))
        table.add_row(escape(" ".join(title.split())), outcome, str(line.events), new, joined)
    return table
