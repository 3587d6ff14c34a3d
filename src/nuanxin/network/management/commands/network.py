"""``nuanxin network WHAT …``: one row in ``nuanxin.network.commands`` for each."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from nuanxin.network.commands import COMMANDS


class Command(BaseCommand):
    help = "The service network: what is near, how far it reaches, what is on file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Each command brings its own."""
        what = parser.add_subparsers(dest="what", required=True)
        for name, command in COMMANDS.items():
            command.arguments(what.add_parser(name, help=command.SUMMARY))

    def handle(self, *_: Any, **options: Any) -> None:
        """Run one; what it finds wanting ends the process with 1, bad arguments with 2 (CommandError)."""
        code = COMMANDS[options["what"]].run(options, self.stdout.write)
        if code:
            sys.exit(code)
