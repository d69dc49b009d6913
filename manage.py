#!/usr/bin/env python
"""Run a management command; start the embedded servers first where the command needs them and none are configured."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

# These read and write no rows. Everything else gets its servers without asking.
WITHOUT_SERVERS = {"extract", "help", "version", "collectstatic", "spectacular", "makemessages", "compilemessages", "check"}


def _use_project_environment() -> None:
    """Go on in .venv where this Python lacks the requirements, so that `python manage.py` works without activating anything."""
    inside = Path(__file__).resolve().parent / ".venv" / "bin" / "python"
    if find_spec("django") is None:
        if not inside.exists():
            sys.exit("The requirements are not installed: run 'make setup' first.")
        os.execv(inside, [str(inside), *sys.argv])  # noqa: S606 -- our own interpreter


def main() -> None:
    """Run the command in `sys.argv`."""
    _use_project_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_SERVERS and not {"-h", "--help", "--version"} & set(sys.argv):
        from config import embedded

        try:
            embedded.start()
        except embedded.EmbeddedError as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
