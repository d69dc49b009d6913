#!/usr/bin/env python
"""Run a management command; start the embedded servers first where the command needs them and none are configured."""

import os
import sys

# These read and write no rows. Everything else gets its servers without asking.
WITHOUT_SERVERS = {"extract", "help", "version", "collectstatic", "spectacular", "makemessages", "compilemessages", "check"}


def main() -> None:
    """Run the command in `sys.argv`."""
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
