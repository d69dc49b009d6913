"""`manage.py up`: everything on one machine."""

import errno
import os
import signal
import socket
import time
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from rich.console import Console

from config import embedded, statics
from config.processes import ProcessEnded, ProcessGroup
from geo.index import current_folder, data_folder, default_index, operator_sources
from geo.loading import is_loaded
from incidents.accounts import ensure_demo_editor, one_time_path
from incidents.ingesting import ingest_demo

WEB = ("--workers", "2", "--log-level", "warning", "--timeout-graceful-shutdown", "8")  # how the desk is served on one machine


class Command(BaseCommand):
    help = (
        "Run the desk on this machine: database and broker (embedded unless DATABASE_URL and REDIS_URL are set), worker, clock "
        "and web server. Ctrl-C ends them all."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes that read articles (default: 2)")
        parser.add_argument("--demo", action="store_true", help="ingest the demo corpus and print a one-time editor login")

    def handle(self, *_args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        console = Console()
        try:
            self._run(console, options)
        except KeyboardInterrupt:
            console.print("\nStopped. Everything is kept in", str(settings.DATA_DIR), style="dim")
        except ProcessEnded as error:
            raise CommandError(str(error)) from None
        finally:
            connections.close_all()
            embedded.stop_and_wait()

    def _run(self, console: Console, options: dict[str, Any]) -> None:
        host, port = options["host"], options["port"]
        _refuse_taken_port(host, port)
        with console.status("Preparing the database and static files"):
            call_command("migrate", verbosity=0, interactive=False)
            statics.collect()
        _load_gazetteer()
        if options["demo"]:
            os.environ.setdefault("ARTICLE_TEXT", "open")  # the demonstration's articles are our own: the web process shows them
        with ProcessGroup(settings.DATA_DIR / "logs") as group:
            group.start("web", "uvicorn", "config.asgi:application", "--host", host, "--port", str(port), *WEB)
            group.start("worker", "celery", "-A", "config", "worker", "-c", str(options["workers"]), "-l", "WARNING")
            schedule = str(settings.DATA_DIR / "beat-schedule")
            group.start("clock", "celery", "-A", "config", "beat", "-s", schedule, "--pidfile=", "-l", "WARNING")
            if options["demo"]:
                ingest_demo(console, check=group.check)
            _wait_for_web(host, port, group.check)
            self._welcome(console, f"http://{host}:{port}", demo=options["demo"])
            connections.close_all()
            group.watch()

    def _welcome(self, console: Console, address: str, *, demo: bool) -> None:
        console.print(f"\n  The desk is at [bold]{address}/[/bold]")
        if demo:
            login = address + one_time_path(ensure_demo_editor())
            console.print(f"  Sign in once as an editor: [bold]{login}[/bold]", soft_wrap=True)
        else:
            console.print("  Make an administrator with: python manage.py createsuperuser", style="dim")
        console.print(f"  Data and logs are in {settings.DATA_DIR}; Ctrl-C stops everything.\n", style="dim")


def _load_gazetteer() -> None:
    """Compile and load the places where that is not done: before the workers start, or each of them would compile its own."""
    if current_folder(data_folder(), *operator_sources()) is None or not is_loaded(default_index().version):
        call_command("load_gazetteer")


def _wait_for_web(host: str, port: int, check: Callable[[], None]) -> None:
    """Return once the web process listens: the address that is printed must open. `check` raises where a process has ended."""
    while True:
        check()
        with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.1)


def _refuse_taken_port(host: str, port: int) -> None:
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            hint = f"choose another: PORT={port + 1} make demo" if error.errno == errno.EADDRINUSE else "check --host and --port"
            raise CommandError(f"Cannot listen on {host}:{port}: {error.strerror}; {hint}") from None
