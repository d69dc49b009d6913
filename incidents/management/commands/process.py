"""`manage.py process`: go on with whatever waits, without a worker; or read everything anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import Progress

from incidents import pipeline
from sources.models import Article


class Command(BaseCommand):
    help = "Take the articles that wait through the pipeline, in this process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="put all articles back first, to be read by the engine as it is now"
        )
        parser.add_argument("--failed", action="store_true", help="put the articles that failed back first")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["again"] or options["failed"]:
            pipeline.put_back(failed_only=not options["again"])
        waiting = pipeline.due(limit=Article.objects.count())
        console = Console()
        with Progress(console=console) as progress:
            for article_id, _state in progress.track(waiting, description="Processing"):
                pipeline.process(article_id)
        failed = Article.objects.filter(pk__in=[article_id for article_id, _state in waiting], state=Article.State.FAILED)
        console.print(f"{len(waiting) - failed.count():,} articles done.")
        for article in failed:
            console.print(f"article {article.pk} failed: {article.error}", markup=False, highlight=False, soft_wrap=True)
