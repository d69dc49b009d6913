"""`manage.py purge`: erase an article or an incident for good. Everything else the desk does can be undone; this cannot."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from incidents.models import Incident, Tombstone
from incidents.purging import purge_article, purge_incident
from incidents.roles import Right, has
from sources.models import Article


class Command(BaseCommand):
    help = "Erase an article or an incident for good; a tombstone with its number, the time and the reason is left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--article", type=int, metavar="ID")
        what.add_argument("--incident", type=int, metavar="ID")
        parser.add_argument("--reason", required=True, help="why; it is kept")
        parser.add_argument("--as", dest="user", required=True, metavar="NAME", help="the administrator who does it")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None or not has(user, Right.PURGE):
            raise CommandError(f"{options['user']!r} is no administrator of this desk.")
        name = f"article {options['article']}" if options["article"] is not None else f"I-{options['incident']}"
        if not options["yes"] and not _agreed(name):
            raise CommandError("Nothing was erased.")
        try:
            stone = _purge(user, options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"Erased {name}. {Tombstone.objects.count()} tombstones now; this one says: {stone.reason}")


def _agreed(name: str) -> bool:
    """Whether whoever sits there types the name; nobody there agrees to nothing."""
    try:
        return input(f"Erase {name} for good? This cannot be undone. Type {name} to go on: ") == name
    except EOFError:
        return False


def _purge(user: User, options: dict[str, Any]) -> Tombstone:
    if options["article"] is not None:
        article = Article.objects.filter(pk=options["article"]).first()
        if article is None:
            raise CommandError(f"There is no article {options['article']}.")
        return purge_article(article=article, user=user, reason=options["reason"])
    incident = Incident.objects.defer("search").filter(pk=options["incident"]).first()
    if incident is None:
        raise CommandError(f"There is no incident I-{options['incident']}.")
    return purge_incident(incident=incident, user=user, reason=options["reason"])
