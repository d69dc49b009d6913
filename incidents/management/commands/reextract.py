"""`manage.py reextract`: read articles again with the engine as it is now; what people set stays."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from incidents import reextraction
from incidents.management.quiet import quiet_log
from incidents.models import ReadingRun
from incidents.pages.history import in_words
from incidents.reextraction import Outcome
from sources.models import Article

LONGEST_TABLE = 200  # rows


class Command(BaseCommand):
    help = "Read articles again with the engine as it is now. Overrides stay; events keep their identity; what changes is listed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--article", type=int, nargs="+", metavar="ID", help="these articles")
        which.add_argument("--all", action="store_true", help="all articles")
        which.add_argument("--resume", action="store_true", help="go on with the last run that was stopped")
        parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")

    @quiet_log()  # what fails stands in the closing table
    def handle(self, *_args: Any, **options: Any) -> None:
        console = Console()
        if options["dry_run"]:
            if options["resume"]:
                raise CommandError("--dry-run leaves nothing to resume: name articles, or --all.")
            outcomes = _each(console, _known(options["article"] or []), dry=True)
            _tell(console, outcomes, "would be read again")
            return
        run = _run(options)
        try:
            outcomes = _each(console, reextraction.left(run), dry=False)
        except KeyboardInterrupt:
            raise CommandError("Stopped. What was read is kept; 'manage.py reextract --resume' goes on with it.") from None
        reextraction.finish(run)
        _tell(console, outcomes, "read again")


def _run(options: dict[str, Any]) -> ReadingRun:
    if not options["resume"]:
        _known(options["article"] or [])
        return reextraction.begin(options["article"] or [])
    run = reextraction.unfinished()
    if run is None:
        raise CommandError("There is no stopped run to go on with.")
    return run


def _known(ids: list[int]) -> list[int]:
    """Return the articles to read; refuse numbers that no article has."""
    found = list(reextraction.chosen(ids).values_list("pk", flat=True))
    if missing := sorted(set(ids) - set(found)):
        raise CommandError(f"No article to read has the number {', '.join(map(str, missing))}.")
    return found


def _each(console: Console, ids: list[int], *, dry: bool) -> list[Outcome]:
    read = reextraction.would_change if dry else reextraction.read_again
    with Progress(console=console) as progress:
        return [read(number) for number in progress.track(ids, description="Reading")]


def _tell(console: Console, outcomes: list[Outcome], done: str) -> None:
    differing = [outcome for outcome in outcomes if outcome.differs]
    if differing:
        console.print(_table(differing))
    if len(differing) > LONGEST_TABLE:
        console.print(f"… and {len(differing) - LONGEST_TABLE:,} more articles.")
    kinds: Counter[str] = sum((outcome.changes for outcome in outcomes), Counter())
    incidents = ", ".join(f"{n:,} {kind}" for kind, n in sorted(kinds.items())) or "none changed"
    events = f"{_sum(outcomes, 'kept'):,} kept, {_sum(outcomes, 'new'):,} new, {_sum(outcomes, 'gone'):,} gone"
    failed = sum(bool(outcome.error) for outcome in outcomes)
    told = f"{len(outcomes):,} articles {done}; events: {events}; incidents: {incidents}"
    console.print(told + (f"; {failed:,} articles failed." if failed else "."), highlight=False, soft_wrap=True)


def _sum(outcomes: Iterable[Outcome], name: str) -> int:
    return sum(getattr(outcome, name) for outcome in outcomes)


def _table(outcomes: list[Outcome]) -> Table:
    titles = dict(Article.objects.filter(pk__in=[one.article for one in outcomes[:LONGEST_TABLE]]).values_list("pk", "title"))
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for name in ("Article", "Events", "Incidents"):
        table.add_column(name, overflow="fold")
    for one in outcomes[:LONGEST_TABLE]:
        events = f"{one.kept} kept" + (f", {one.new} new" if one.new else "") + (f", {one.gone} gone" if one.gone else "")
        table.add_row(escape(f"{one.article} {titles.get(one.article, '')}"[:60]), events, escape(_changes(one)))
    return table


def _changes(outcome: Outcome) -> str:
    if outcome.error:
        return f"failed: {outcome.error}"
    kinds = [f"{n} {kind}" for kind, n in sorted(outcome.changes.items()) if kind != "updated"]
    fields = [
        f"I-{number} {field}: {in_words(field, before) or '–'} → {in_words(field, after) or '–'}"
        for number, field, before, after in outcome.changed
    ]
    return "\n".join([", ".join(kinds)] * bool(kinds) + fields) or "no visible field"
